"""Mail that came back is taken in from a mailbox."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.builders import published_letter, worker_keys
from tests.mail.imap_server import FakeMailbox, serving
from tests.mail.posting import FakeTransport, mail, open_noted, post
from tests.mail.reported import bounce
from tests.signatures.updating import mailing_of, many_readers
from undersigned.config import bouncing
from undersigned.config.bouncing import Mailbox, take_service_reports
from undersigned.mail.delivery import Terms, deliver_due
from undersigned.mail.models import CameBack, Message, ServiceReport
from undersigned.mail.suppression import suppressed_among
from undersigned.signatures.envelopes import envelopes
from undersigned.signatures.models import Signature
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_mailings import write_mailings

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def sent(keys: WorkerKeys, settings: Settings) -> Message:
    settings.BOUNCE_ADDRESS = "bounces@example.org"
    (message,) = post(mail(to="Ana+letters@example.org"))
    terms = Terms(envelopes(keys, settings.BOUNCE_ADDRESS))
    deliver_due(FakeTransport(), open_noted, terms)
    return message


def test_a_bounce_in_the_mailbox_ends_updates(
    keys: WorkerKeys, sent: Message, settings: Settings
) -> None:
    held = FakeMailbox()
    held.put(bounce(envelopes(keys, "bounces@example.org").sender(sent.pk)), b"Hello?")
    with serving(held) as settings.BOUNCE_IMAP_URL:
        assert Mailbox()(keys) == 2

    sent.refresh_from_db()
    assert sent.came_back == CameBack.BOUNCED
    ana = keys.index(b"mail", "ana@example.org")
    assert suppressed_among([ana]) == {ana}
    assert [found.raw for found in held.mails.values()] == [b"Hello?"]


def test_nobody_looks_where_there_is_no_mailbox(keys: WorkerKeys, settings: Settings) -> None:
    settings.BOUNCE_IMAP_URL = ""

    assert Mailbox()(keys) == 0


def test_it_looks_once_a_minute_unless_there_is_more(
    keys: WorkerKeys, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BOUNCE_ADDRESS = "bounces@example.org"
    for module in ("config.bouncing", "mail.mailbox"):
        monkeypatch.setattr(f"undersigned.{module}.BATCH", 2)
    held = FakeMailbox()
    held.put(b"1", b"2", b"3")
    look = Mailbox()
    with serving(held) as settings.BOUNCE_IMAP_URL:
        assert [look(keys), look(keys)] == [2, 1]
        held.put(b"4")
        assert look(keys) == 0
        look._look_at -= bouncing.LOOK_EVERY_SECONDS
        assert look(keys) == 1


def test_a_mailbox_out_of_reach_is_a_line_in_the_log(
    keys: WorkerKeys, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BOUNCE_IMAP_URL = "imap://bounces:canary@127.0.0.1:1/"

    assert Mailbox()(keys) == 0

    assert caplog.messages == [
        "The mailbox for returned mail cannot be read now (ConnectionRefusedError)."
    ]


# What a mail service says


def said(token: str, happened: str) -> None:
    ServiceReport.objects.create(token=token, happened=happened, at=timezone.now())


def test_a_service_that_reports_ends_updates(keys: WorkerKeys, sent: Message) -> None:
    assert take_service_reports(keys) == 0
    said(envelopes(keys, "").token(sent.pk), "hard")

    assert take_service_reports(keys) == 1

    sent.refresh_from_db()
    assert sent.came_back == CameBack.BOUNCED
    ana = keys.index(b"mail", "ana@example.org")
    assert suppressed_among([ana]) == {ana}


@pytest.mark.parametrize("is_there", [True, False])
def test_whoever_leaves_at_the_service_gets_no_more_updates(
    keys: WorkerKeys, sent: Message, is_there: bool
) -> None:
    letter = published_letter(keys)
    many_readers(letter, keys, 1)
    mailing_of(letter)
    write_mailings(keys)
    update = Message.objects.get(topic="update")
    for message in (update, sent):  # the other one is no update
        said(envelopes(keys, "").token(message.pk), "unsubscribed")
    if not is_there:
        Signature.objects.all().delete()

    assert take_service_reports(keys) == 2

    assert list(Signature.objects.values_list("consent_updates")) == [(False,)][: int(is_there)]
