"""The worker: rounds of duties, from a form handed in to a name on the list."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone
from pytest_django import Settings

from tests.builders import desk, entry, published_letter, signed, tokens_in, worker_keys
from tests.letters.translating.offers import offered
from tests.panicking import panic
from tests.studio.people import somebody, team_called
from undersigned.config import forgetting
from undersigned.config import worker as module
from undersigned.config.heartbeat import Heartbeat
from undersigned.config.lease import Lease
from undersigned.config.sqlite.write_log import WriteLog
from undersigned.config.worker import Worker
from undersigned.letters.models import Letter, Translator, TranslatorState
from undersigned.mail.kept import KeepingBackend, read_kept
from undersigned.mail.models import Message, MessageState
from undersigned.mail.outbox import Mail
from undersigned.signatures.confirming import Choice, Outcome, confirm
from undersigned.signatures.counting import read_counts
from undersigned.signatures.erasing import erase
from undersigned.signatures.models import Signature, State
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key, prepare_studio_key
from undersigned.teams.models import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys, "letter")


@pytest.fixture
def worker(tmp_path: Path, keys: WorkerKeys) -> Any:
    """A worker that keeps its mail; its lease is given back."""
    work = Worker(tmp_path, KeepingBackend(folder=tmp_path / "outbox", alias="default"))
    yield work
    work._lease.give_back()


def finish(work: Worker) -> None:
    while work.round():
        pass


def test_from_a_form_to_a_name_on_the_list(worker: Worker, letter: Letter, tmp_path: Path) -> None:
    signed(letter, name="Ana Example", address="ana@example.org", country="UY")
    finish(worker)
    [kept] = read_kept(tmp_path / "outbox")
    assert kept.to == "ana@example.org"
    [token] = tokens_in(Mail(kept.to, kept.subject, kept.text, kept.language))
    assert confirm(Choice(token=token, visibility="public")) is Outcome.CONFIRMED
    finish(worker)
    signature = Signature.objects.get()
    assert (signature.state, signature.name) == (State.LISTED, "Ana Example")
    worker._counted_at = 0.0
    finish(worker)
    assert read_counts(letter).people == 1
    assert worker.round() == 0


def test_a_second_worker_sends_mail_and_leaves_the_rest_to_the_first(
    worker: Worker, letter: Letter, tmp_path: Path
) -> None:
    first = Lease("worker", tmp_path)
    assert first.hold()
    signed(letter)
    worker.round()
    assert Signature.objects.get().needs_mail
    first.give_back()
    finish(worker)
    assert not Signature.objects.get().needs_mail


def test_writes_the_journal(worker: Worker, letter: Letter, tmp_path: Path) -> None:
    row = signed(letter)
    erase([row.pk], timezone.now(), actor="signer")
    worker.round()
    lines = (tmp_path / "journal" / "journal.log").read_text().splitlines()
    assert [line.split()[1:] for line in lines] == [["begun", "-"], ["erase", str(row.pk)]]


def test_tidies_once_a_day(worker: Worker, letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    worker.round()
    old = signed(letter)
    Signature.objects.update(created_at=timezone.now() - timedelta(days=15), needs_mail=False)
    worker.round()
    assert Signature.objects.filter(pk=old.pk).exists()
    forgotten = worker._forgetter._swept_at
    assert forgotten is not None
    worker._forgetter._swept_at = forgotten - module.NIGHTLY
    worker.round()
    assert not Signature.objects.exists()


def test_recounts_once_a_day(
    worker: Worker, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = []
    monkeypatch.setattr(module, "recount", lambda: counted.append(1))
    for _ in range(2):
        worker.round()
    worker._tidied_at -= module.NIGHTLY
    worker.round()
    assert len(counted) == 2


def test_destroys_the_key_of_a_letter_on_its_end_date(
    worker: Worker, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within a minute of that day's beginning, and all that was sealed by and by."""
    worker.round()
    signed(letter)
    Letter.objects.update(addresses_until=timezone.now().date())
    finish(worker)
    assert not worker._keys.keyring.is_destroyed(letter.pk)
    worker._forgetter._looked_at -= forgetting.LOOK_EVERY_SECONDS
    worker._forgetter._went_on_at -= forgetting.GO_ON_EVERY_SECONDS
    finish(worker)
    assert worker._keys.keyring.is_destroyed(letter.pk)
    assert not Signature.objects.exists()


def run_until(work: Worker, done: Callable[[], bool]) -> None:
    """Let it work in this thread, and stop it as a signal would once `done`."""
    rounds = iter(range(500))
    original = work.round

    def look_after_each_round() -> int:
        result = original()
        if done() or next(rounds, None) is None:
            work.stop(15, None)
        return result

    work.round = look_after_each_round  # type: ignore[method-assign]
    work.run()
    assert done()


def test_survives_a_fault_of_the_database_and_goes_on_with_its_other_duties(
    worker: Worker,
    letter: Letter,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(module, "AFTER_A_FAULT_SECONDS", 0.01)
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.01)
    faults = iter([OperationalError("ana@example.org"), None])
    answer = module.answer_pending

    def stumble(keys: WorkerKeys) -> int:
        fault = next(faults, None)
        if fault is not None:
            raise fault
        return answer(keys)

    monkeypatch.setattr(module, "answer_pending", stumble)
    signed(letter)
    run_until(worker, lambda: Message.objects.filter(state=MessageState.SENT).exists())
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [record.getMessage() for record in errors] == [
        "A duty of the worker failed and is tried again."
    ]


def test_a_library_that_gives_up_is_a_fault_like_others(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "answer_pending", panic)
    worker.round()
    assert caplog.messages == ["A duty of the worker failed and is tried again."]


def test_its_second_thread_shows_that_it_is_alive(worker: Worker, tmp_path: Path) -> None:
    run_until(worker, lambda: Heartbeat(tmp_path, "errands").last() is not None)


def test_stops_within_a_moment_and_gives_its_lease_back(
    worker: Worker, letter: Letter, tmp_path: Path
) -> None:
    asleep = threading.Timer(0.2, worker.stop)
    asleep.start()
    worker.run()
    asleep.join()
    lease = Lease("worker", tmp_path)
    assert lease.hold()
    lease.give_back()


def test_more_connections_send_beside_it(
    keys: WorkerKeys, letter: Letter, tmp_path: Path, settings: Settings
) -> None:
    settings.MAIL_CONNECTIONS = 3
    settings.MAILERS = {
        "default": {
            "BACKEND": "undersigned.mail.kept.KeepingBackend",
            "OPTIONS": {"folder": tmp_path / "outbox"},
        }
    }
    work = Worker(tmp_path)
    assert len(work._posts) == 2
    signed(letter)
    run_until(work, lambda: Message.objects.filter(state=MessageState.SENT).exists())
    assert len(read_kept(tmp_path / "outbox")) == 1


def test_mail_whose_key_is_out_of_reach_waits(
    worker: Worker, letter: Letter, keys: WorkerKeys, tmp_path: Path
) -> None:
    signed(letter)
    module.answer_pending(keys)
    key = tmp_path / "keys" / "letters" / str(letter.pk)
    aside = key.rename(tmp_path / "aside")
    finish(worker)
    message = Message.objects.get()
    assert message.state == MessageState.QUEUED
    assert message.sealed
    assert not read_kept(tmp_path / "outbox")
    aside.rename(key)


def test_mail_that_was_altered_is_given_up(
    worker: Worker, letter: Letter, keys: WorkerKeys, tmp_path: Path
) -> None:
    signed(letter)
    module.answer_pending(keys)
    Message.objects.update(sealed=b"altered")
    finish(worker)
    assert Message.objects.get().state == MessageState.FAILED
    assert not read_kept(tmp_path / "outbox")


def test_without_a_mail_server_mail_is_kept(
    letter: Letter, tmp_path: Path, settings: Settings
) -> None:
    settings.MAILERS = {
        "default": {
            "BACKEND": "undersigned.mail.kept.KeepingBackend",
            "OPTIONS": {"folder": tmp_path / "outbox"},
        }
    }
    work = Worker(tmp_path)
    signed(letter, address="bo@example.org")
    finish(work)
    work._lease.give_back()
    assert [mail.to for mail in read_kept(tmp_path / "outbox")] == ["bo@example.org"]


def test_the_log_beside_the_database_is_emptied(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def empty(log: WriteLog) -> int:
        asked.append(log)
        return 0

    monkeypatch.setattr(WriteLog, "empty", empty)
    finish(worker)
    assert asked


def test_nothing_of_a_form_is_in_the_log(
    worker: Worker, letter: Letter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert entry(name="Ana Canary").details.name == "Ana Canary"
    assert desk(letter).is_open
    signed(letter, name="Ana Canary", address="canary@example.org")
    finish(worker)
    assert "anary" not in "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith("undersigned")
    )


def test_organisers_hear_of_offers_and_by_night_what_is_over_is_forgotten(
    worker: Worker, letter: Letter, tmp_path: Path
) -> None:
    prepare_mail_key(worker._keys.keyring)
    prepare_studio_key(settings.DATA / "web")
    Letter.objects.update(team=(team := team_called()))
    somebody("Ana", Role.OWNER, team)
    letter.refresh_from_db()
    volunteer = offered(letter)
    finish(worker)
    assert [mail.to for mail in read_kept(tmp_path / "outbox")] == ["ana@example.org"]

    Translator.objects.update(offered_at=timezone.now() - timedelta(days=91))
    worker._tidied_at -= timedelta(days=2)
    finish(worker)
    volunteer.refresh_from_db()
    assert (volunteer.state, volunteer.sealed_details) == (TranslatorState.DECLINED, None)
