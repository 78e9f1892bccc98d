from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import listed, mails, published_letter, worker_keys
from tests.signatures.behind_links import unsubscribe_token
from tests.signatures.updating import mailing_of
from undersigned.letters.models import Letter, Mailing
from undersigned.mail.models import Message, Priority
from undersigned.signatures.erasing import erase
from undersigned.signatures.models import ConsentChange, Signature, UnsubscribeLink
from undersigned.signatures.unsubscribing import (
    find_subscriber,
    unsubscribe,
    unsubscribe_url,
)
from undersigned.signatures.wanting_updates import cause_of, signature_in, wanted_among
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_mailings import write_mailings


@pytest.fixture
def keys(tmp_path: Path, db: None) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys, "banned")


@pytest.fixture
def reader(letter: Letter, keys: WorkerKeys) -> Signature:
    return listed(letter, keys, consent_updates=True)


def test_the_same_way_out_in_every_update(reader: Signature, keys: WorkerKeys) -> None:
    token, again = (unsubscribe_token(reader, keys) for _ in range(2))
    assert token == again
    assert str(UnsubscribeLink.objects.get()) == str(reader.pk)
    assert len(token) == 22
    assert unsubscribe_url("banned", token) == f"http://127.0.0.1:8000/banned/unsubscribe/{token}/"
    assert find_subscriber("banned", token) == reader


def test_no_other_token_is_anybodys(reader: Signature, keys: WorkerKeys) -> None:
    token = unsubscribe_token(reader, keys)
    altered = ("A" if token[0] != "A" else "B") + token[1:]
    for slug, wrong in (("banned", altered), ("banned", token[:-1]), ("banned", ""), ("x", token)):
        assert find_subscriber(slug, wrong) is None


def test_the_database_has_no_token(reader: Signature, keys: WorkerKeys) -> None:
    token = unsubscribe_token(reader, keys)
    assert token.encode() not in bytes(UnsubscribeLink.objects.get().token_hash)


def test_once_and_written_down(reader: Signature) -> None:
    assert unsubscribe(reader) is True
    assert unsubscribe(reader) is False
    reader.refresh_from_db()
    assert (reader.consent_updates, reader.state) == (False, "listed")
    change = ConsentChange.objects.get()
    assert (change.purpose, change.is_given) == ("updates", False)


def test_counted_with_the_mailing_before(letter: Letter, reader: Signature) -> None:
    now = timezone.now()
    earlier, latest, planned = (mailing_of(letter) for _ in range(3))
    Mailing.objects.filter(pk=earlier.pk).update(started_at=now - timedelta(days=2))
    Mailing.objects.filter(pk=latest.pk).update(started_at=now)
    unsubscribe(reader)
    counts = dict(Mailing.objects.values_list("pk", "unsubscribed"))
    assert counts == {earlier.pk: 0, latest.pk: 1, planned.pk: 0}


def test_mail_that_waits_is_not_wanted_any_more(
    letter: Letter, reader: Signature, keys: WorkerKeys
) -> None:
    mailing_of(letter)
    write_mailings(keys)
    message = Message.objects.get(topic="update")
    assert wanted_among([message]) == {message.pk}
    unsubscribe(reader)
    assert wanted_among([message]) == set()


def test_whoever_left_or_was_struck_out_gets_nothing_that_waits(
    letter: Letter, reader: Signature, keys: WorkerKeys
) -> None:
    mailing_of(letter)
    write_mailings(keys)
    message = Message.objects.get(topic="update")
    Signature.objects.update(state="void", void_because="spam")
    assert wanted_among([message]) == set()


def test_other_mail_is_always_wanted(reader: Signature) -> None:
    other = Message(topic="confirm", cause="confirm x", priority=Priority.NOW)
    assert wanted_among([other]) == {other.pk}


def test_a_cause_says_whom_it_is_for(reader: Signature) -> None:
    assert signature_in(cause_of(reader.letter_id, reader.pk)) == reader.pk


def test_erased_nothing_leads_to_them(letter: Letter, reader: Signature, keys: WorkerKeys) -> None:
    mailing_of(letter)
    write_mailings(keys)
    assert len(mails(keys, topic="update")) == 1
    erase([reader.pk], timezone.now(), actor="Ana")
    assert Message.objects.filter(topic="update").count() == 0
    assert UnsubscribeLink.objects.count() == 0
