from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F
from django.utils import timezone

from tests.builders import confirmed, listed, mails, published_letter, text, worker_keys
from tests.signatures.updating import mailing_of, update_of
from undersigned.letters.models import Letter, Mailing, MailingState
from undersigned.mail.models import Message, MessageState, Priority, Reason
from undersigned.mail.outbox import Mail
from undersigned.mail.suppression import suppress
from undersigned.signatures import writing_mailings
from undersigned.signatures.audiences import Audience, members
from undersigned.signatures.mailing import cancel_mailing, pause_mailing, resume_mailing
from undersigned.signatures.models import Signature
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_mailings import write_mailings


@pytest.fixture
def keys(tmp_path: Path, db: None) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys, "banned", texts=[text("en"), text("ar")])


@pytest.fixture
def readers(letter: Letter, keys: WorkerKeys) -> list[Signature]:
    """Five who asked for updates, in the order in which they are written to."""
    rows = [listed(letter, keys, consent_updates=True) for _ in range(5)]
    return sorted(rows, key=lambda row: row.pk)


def updates(keys: WorkerKeys) -> list[Mail]:
    return mails(keys, topic="update")


def write_all(keys: WorkerKeys) -> None:
    while write_mailings(keys):
        pass


def causes() -> list[str]:
    found = Message.objects.filter(topic="update").values_list("cause", flat=True)
    return sorted(cause.rpartition(" ")[2] for cause in found)


def deliver(count: int = 1000) -> None:
    """As if so many had left."""
    found = Message.objects.filter(topic="update", state=MessageState.QUEUED).order_by("cause")
    sent = list(found.values_list("pk", flat=True)[:count])
    Message.objects.filter(pk__in=sent).update(state=MessageState.SENT, sealed=b"", attempts=1)


def test_whoever_asked_gets_it_and_nobody_else(letter: Letter, keys: WorkerKeys) -> None:
    asked = listed(letter, keys, consent_updates=True, address="ana@example.org")
    held = confirmed(
        letter,
        keys,
        kind="organisation",
        name="Union",
        consent_updates=True,
        address="u@example.org",
    )
    listed(letter, keys, address="quiet@example.org")
    other = published_letter(keys, "other")
    listed(other, keys, consent_updates=True, address="other@example.org")
    mailing = mailing_of(letter)
    write_all(keys)
    assert sorted(mail.to for mail in updates(keys)) == ["ana@example.org", "u@example.org"]
    assert causes() == sorted([str(asked.pk), str(held.pk)])
    rows = Message.objects.filter(topic="update")
    assert {(row.priority, row.series, row.seal) for row in rows} == {
        (Priority.LATER, mailing.update_id, letter.pk)
    }
    mailing.refresh_from_db()
    assert (mailing.state, mailing.total, mailing.written) == (MailingState.RUNNING, 2, 2)
    deliver()
    write_all(keys)
    mailing.refresh_from_db()
    assert mailing.state == MailingState.DONE
    assert mailing.ended_at is not None


def test_a_mailing_waits_for_its_hour(letter: Letter, keys: WorkerKeys, readers: object) -> None:
    mailing = mailing_of(letter, starts_at=timezone.now() + timedelta(hours=1))
    assert write_mailings(keys) == 0
    assert updates(keys) == []
    Mailing.objects.update(starts_at=timezone.now())
    assert write_mailings(keys) == 5
    mailing.refresh_from_db()
    assert mailing.update.published_at is not None


def test_not_shown_unless_wished(letter: Letter, keys: WorkerKeys, readers: object) -> None:
    mailing = mailing_of(letter, shows=False)
    write_mailings(keys)
    mailing.update.refresh_from_db()
    assert mailing.update.published_at is None
    assert "/updates/" not in updates(keys)[0].text


def test_whoever_signs_after_the_start_is_not_written_to(
    letter: Letter, keys: WorkerKeys, readers: object
) -> None:
    mailing_of(letter)
    write_mailings(keys)
    listed(letter, keys, consent_updates=True)
    write_all(keys)
    assert len(updates(keys)) == 5


def test_only_some(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, consent_updates=True, country="FR", address="fr@example.org")
    listed(letter, keys, consent_updates=True, country="DE", address="de@example.org")
    mailing_of(letter, Audience(countries=("DE",)))
    write_all(keys)
    assert [mail.to for mail in updates(keys)] == ["de@example.org"]


@pytest.mark.parametrize(("at_once", "written"), [(1, [2, 1, 0]), (4, [3, 0, 0])])
def test_never_far_ahead(
    letter: Letter,
    keys: WorkerKeys,
    readers: list[Signature],
    monkeypatch: pytest.MonkeyPatch,
    at_once: int,
    written: list[int],
) -> None:
    monkeypatch.setattr(writing_mailings, "BATCH", 2)
    monkeypatch.setattr(writing_mailings, "AT_ONCE", at_once)
    monkeypatch.setattr(writing_mailings, "AHEAD", 3)
    mailing_of(letter)
    assert [write_mailings(keys) for _ in range(3)] == written
    deliver(1)
    assert write_mailings(keys) == 1
    # What a server put off does not stop the others.
    Message.objects.filter(topic="update", state=MessageState.QUEUED).update(attempts=1)
    assert write_mailings(keys) == 1
    assert causes() == [str(row.pk) for row in readers]


def test_suppressed_addresses_are_passed_over(
    letter: Letter, keys: WorkerKeys, readers: object
) -> None:
    listed(letter, keys, consent_updates=True, address="Gone+x@example.org")
    suppress(keys.index(b"mail", "gone@example.org"), Reason.HARD, timezone.now())
    mailing = mailing_of(letter)
    write_all(keys)
    assert "Gone+x@example.org" not in {mail.to for mail in updates(keys)}
    mailing.refresh_from_db()
    assert (mailing.written, mailing.passed_over) == (5, 1)


def test_an_altered_row_is_passed_over_and_said_without_words(
    letter: Letter,
    keys: WorkerKeys,
    readers: list[Signature],
    caplog: pytest.LogCaptureFixture,
) -> None:
    other = bytes(readers[1].sealed_address or b"")
    Signature.objects.filter(pk=readers[0].pk).update(sealed_address=other)
    mailing = mailing_of(letter)
    write_all(keys)
    mailing.refresh_from_db()
    assert (mailing.written, mailing.passed_over) == (4, 1)
    assert caplog.messages == [f"Signature {readers[0].pk} cannot be opened; it gets no updates."]


def test_a_missing_key_makes_it_wait(
    letter: Letter, keys: WorkerKeys, readers: object, tmp_path: Path
) -> None:
    path = tmp_path / "keys" / "letters" / str(letter.pk)
    path.rename(path.with_suffix(".away"))
    mailing = mailing_of(letter)
    fresh = WorkerKeys(keys.keyring)
    assert [write_mailings(fresh), write_mailings(fresh)] == [0, 0]
    mailing.refresh_from_db()
    assert (mailing.state, mailing.reached) == (MailingState.RUNNING, None)
    path.with_suffix(".away").rename(path)
    assert write_mailings(WorkerKeys(keys.keyring)) == 5


def test_a_crash_before_the_commit_changes_nothing(
    letter: Letter, keys: WorkerKeys, readers: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    mailing_of(letter)
    with monkeypatch.context() as patch:
        patch.setattr("undersigned.signatures.writing_mailings.outbox.save", killed)
        with pytest.raises(KeyboardInterrupt):
            write_mailings(keys)
    assert causes() == []
    write_all(keys)
    assert len(updates(keys)) == 5


def test_two_workers_write_a_batch_once(
    letter: Letter, keys: WorkerKeys, readers: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = mailing_of(letter)
    write = writing_mailings._open

    def meanwhile(*args: object) -> object:
        Mailing.objects.filter(pk=mailing.pk).update(reached=uuid.UUID(int=7))
        return write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(writing_mailings, "_open", meanwhile)
    assert write_mailings(keys) == 0
    assert causes() == []


def test_cancelled_just_before_it_starts(
    letter: Letter, keys: WorkerKeys, readers: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = mailing_of(letter)
    count = members

    def meanwhile(*args: object) -> object:
        Mailing.objects.filter(pk=mailing.pk).update(state=MailingState.CANCELLED)
        return count(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("undersigned.signatures.writing_mailings.members", meanwhile)
    assert write_mailings(keys) == 0
    assert causes() == []


def test_paused_it_is_taken_back_and_resumed_each_gets_it_once(
    letter: Letter, keys: WorkerKeys, readers: list[Signature]
) -> None:
    mailing = mailing_of(letter)
    write_mailings(keys)
    deliver(2)
    pause_mailing(mailing, actor="Ana")
    assert write_mailings(keys) == 3
    assert causes() == [str(row.pk) for row in readers[:2]]
    assert write_mailings(keys) == 0
    mailing.refresh_from_db()
    assert (mailing.written, mailing.is_taken_back) == (2, True)
    resume_mailing(mailing, actor="Ana")
    write_all(keys)
    assert causes() == [str(row.pk) for row in readers]
    mailing.refresh_from_db()
    assert mailing.written == 5
    assert len(updates(keys)) == 3


def test_what_is_just_leaving_is_waited_for(
    letter: Letter, keys: WorkerKeys, readers: list[Signature]
) -> None:
    mailing = mailing_of(letter)
    write_mailings(keys)
    leaving = Message.objects.filter(topic="update", cause__endswith=str(readers[0].pk))
    leaving.update(claimed_until=timezone.now() + timedelta(minutes=3))
    cancel_mailing(mailing, actor="Ana")
    assert [write_mailings(keys), write_mailings(keys)] == [4, 0]
    mailing.refresh_from_db()
    assert mailing.is_taken_back is False
    leaving.update(claimed_until=F("claimed_until") - timedelta(minutes=9))
    assert write_mailings(keys) == 1
    mailing.refresh_from_db()
    assert (mailing.is_taken_back, mailing.state) == (True, MailingState.CANCELLED)


def test_resumed_before_anything_was_taken_back(
    letter: Letter, keys: WorkerKeys, readers: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = mailing_of(letter)
    write_mailings(keys)
    pause_mailing(mailing, actor="Ana")
    stale = Mailing.objects.select_related("update").get()
    resume_mailing(mailing, actor="Ana")
    monkeypatch.setattr(writing_mailings, "_unwanted", lambda: [stale])
    assert write_mailings(keys) == 0
    assert len(causes()) == 5


def test_a_second_mailing_reaches_only_the_others(
    letter: Letter, keys: WorkerKeys, readers: list[Signature]
) -> None:
    update = update_of(letter)
    first = mailing_of(letter, update=update)
    write_mailings(keys)
    deliver(2)
    cancel_mailing(first, actor="Ana")
    write_all(keys)
    second = mailing_of(letter, update=update)
    write_all(keys)
    second.refresh_from_db()
    assert second.written == 3
    assert causes() == [str(row.pk) for row in readers]
