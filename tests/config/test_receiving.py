"""Mail that signs is taken in from a mailbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import dns.rcode
import pytest
from pytest_django import Settings

from tests.builders import published_letter, worker_keys
from tests.mail.imap_server import FakeMailbox, serving
from tests.mail.posting import FakeTransport, mail, open_noted, post
from tests.mail.reported import bounce
from tests.signatures.authority.nameserver import Nameserver, nameserver
from tests.signatures.receiving.letters import by_dkim, written, zone
from undersigned.config import bouncing, receiving
from undersigned.config.receiving import SignatureMailbox
from undersigned.mail.delivery import Terms, deliver_due
from undersigned.signatures.envelopes import envelopes
from undersigned.signatures.models import Signature
from undersigned.signatures.receiving import taking
from undersigned.signatures.receiving.slow_domains import SlowDomains
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Nameserver]:
    with nameserver(zone()) as known:
        monkeypatch.setattr(taking, "system_resolver", known.resolver)
        yield known


@pytest.fixture
def held(keys: WorkerKeys, settings: Settings, server: Nameserver) -> Iterator[FakeMailbox]:
    published_letter(keys, "banned")
    settings.SIGN_ADDRESS = "sign@letters.example"
    mailbox = FakeMailbox()
    with serving(mailbox) as settings.SIGN_IMAP_URL:
        yield mailbox


def flags(held: FakeMailbox) -> list[set[str]]:
    return [found.flags for found in held.mails.values()]


def test_what_signs_is_deleted_and_the_rest_is_left_to_people(
    keys: WorkerKeys, held: FakeMailbox
) -> None:
    huge = written("x" * 50_000_000)
    held.put(by_dkim(written()), b"Subject: Hello?\n\nWho are you?", huge)

    assert SignatureMailbox()(keys) == 3

    assert Signature.objects.count() == 1
    assert flags(held) == [{"\\Seen"}, {"\\Seen"}]


def test_nobody_looks_where_there_is_no_mailbox(keys: WorkerKeys, settings: Settings) -> None:
    settings.SIGN_IMAP_URL = ""
    assert SignatureMailbox()(keys) == 0


def test_a_mailbox_out_of_reach_is_a_line_in_the_log(
    keys: WorkerKeys, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SIGN_IMAP_URL = "imap://sign:canary@127.0.0.1:1/"
    assert SignatureMailbox()(keys) == 0
    assert caplog.messages == [
        "The mailbox for signatures cannot be read now (ConnectionRefusedError)."
    ]


def test_where_name_servers_are_silent_it_is_tried_again_and_then_left(
    keys: WorkerKeys, held: FakeMailbox, server: Nameserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1_000.0]
    monkeypatch.setattr("undersigned.config.receiving.time.monotonic", lambda: clock[0])
    server.rcode = dns.rcode.SERVFAIL
    held.put(by_dkim(written()))
    look = SignatureMailbox()
    assert look(keys) == 0
    asked = len(server.asked)
    for minutes in (0.5, 0.4, 0.2, 6, 21):
        clock[0] += 60 * minutes
        assert look(keys) == 0
    assert flags(held) == [set()]
    assert len(server.asked) == asked * 4
    clock[0] += 60 * 61
    assert look(keys) == 1
    assert flags(held) == [{"\\Seen"}]
    assert look._later == {}


def test_a_mail_that_had_to_wait_signs_in_the_end(
    keys: WorkerKeys, held: FakeMailbox, server: Nameserver
) -> None:
    server.rcode = dns.rcode.SERVFAIL
    held.put(by_dkim(written()))
    look = SignatureMailbox()
    look(keys)
    server.rcode = dns.rcode.NOERROR
    look._slow = SlowDomains()
    look._look_at, look._later = 0.0, dict.fromkeys(look._later, (1, 0.0))
    assert look(keys) == 1
    assert Signature.objects.count() == 1
    assert (held.mails, look._later) == ({}, {})


def test_a_long_look_is_cut_and_goes_on_at_once(
    keys: WorkerKeys, held: FakeMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1_000.0]
    monkeypatch.setattr("undersigned.config.receiving.time.monotonic", lambda: clock[0])

    def slow(*_: object) -> taking.Outcome:
        clock[0] += 21
        return taking.Outcome.LEFT

    monkeypatch.setattr(receiving, "take", slow)
    held.put(b"1", b"2", b"3")
    look = SignatureMailbox()
    assert [look(keys) for _ in range(4)] == [1, 1, 1, 0]


def test_one_mailbox_for_both(keys: WorkerKeys, held: FakeMailbox, settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = "bounces@letters.example"
    settings.BOUNCE_IMAP_URL = settings.SIGN_IMAP_URL
    (message,) = post(mail())
    ours = envelopes(keys, settings.BOUNCE_ADDRESS)
    deliver_due(FakeTransport(), open_noted, Terms(ours))
    held.put(bounce(ours.sender(message.pk)), by_dkim(written()), b"Subject: x\n\nHello")

    assert bouncing.Mailbox()(keys) == 0
    assert SignatureMailbox()(keys) == 3

    message.refresh_from_db()
    assert message.came_back == "bounced"
    assert Signature.objects.count() == 1
    assert flags(held) == [{"\\Seen"}]
