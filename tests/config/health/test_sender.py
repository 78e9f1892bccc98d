"""What DNS and the mailbox say of the sender."""

from __future__ import annotations

import dns.resolver
import pytest
from pytest_django import Settings

from tests.mail.imap_server import FakeMailbox, serving
from tests.signatures.authority.nameserver import Zone, nameserver
from undersigned.config.health import sender as module
from undersigned.config.health.facts import SenderFacts
from undersigned.config.health.sender import look_at_sender

GOOD: Zone = {
    "letters.example.org TXT": ['"some-proof=1"', '"v=spf1 mx " "-all"'],
    "bounces.example.org TXT": ['"v=spf1 a -all"', '"v=spf10 other"'],
    "bounces.example.org MX": ["10 mx.example.org."],
    "_dmarc.example.org TXT": ['"v=DMARC1; p=reject"'],
    "mail._domainkey.letters.example.org CNAME": ["key.service.example."],
    "key.service.example TXT": ['"v=DKIM1; k=rsa; p=MIIB" "IjAN"'],
}


@pytest.fixture(autouse=True)
def host(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Letters <letters@Letters.example.org>"
    settings.BOUNCE_ADDRESS = "returned@bounces.example.org"
    settings.BOUNCE_IMAP_URL = ""
    settings.DKIM_SELECTOR = "mail"


def look(zone: Zone, **behaviour: object) -> SenderFacts:
    with nameserver(zone, **behaviour) as names:
        return look_at_sender(names.resolver())


def test_all_records_are_found() -> None:
    assert look(GOOD) == SenderFacts(
        domain="letters.example.org",
        envelope="bounces.example.org",
        spf=("v=spf1 a -all",),
        dmarc="v=DMARC1; p=reject",
        selector="mail",
        dkim="MIIBIjAN",
        takes_mail=True,
    )


def test_without_an_address_for_returned_mail_the_sender_counts(settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = ""
    settings.DKIM_SELECTOR = ""
    found = look(GOOD)
    assert (found.envelope, found.spf, found.dkim) == ("", ("v=spf1 mx -all",), "")


def test_no_records_are_no_records() -> None:
    found = look({})
    assert (found.spf, found.dmarc, found.dkim, found.takes_mail) == ((), "", "", False)


def test_records_that_are_something_else_do_not_count() -> None:
    found = look(
        {
            "_dmarc.letters.example.org TXT": ['"verification=1"'],
            "mail._domainkey.letters.example.org TXT": ['"v=DKIM1; p="', '"no fields"'],
            "bounces.example.org MX": ["0 ."],
        }
    )
    assert (found.dmarc, found.dkim, found.takes_mail) == ("", "", False)


def test_an_address_takes_mail_too() -> None:
    assert look({"bounces.example.org AAAA": ["2001:db8::1"]}).takes_mail is True


def test_name_servers_that_do_not_answer_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.1)
    found = look({}, is_silent=True)
    assert (found.spf, found.dmarc, found.dkim, found.takes_mail) == (None, None, None, None)


def test_a_machine_without_a_resolver_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> dns.resolver.Resolver:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(module, "system_resolver", none)
    found = look_at_sender()
    assert (found.spf, found.dmarc, found.dkim, found.takes_mail) == (None, None, None, None)


def test_the_mailbox_is_visited(settings: Settings) -> None:
    with serving(FakeMailbox()) as settings.BOUNCE_IMAP_URL:
        assert look(GOOD).mailbox == ""
    with serving(FakeMailbox(password="another")) as settings.BOUNCE_IMAP_URL:
        assert look(GOOD).mailbox == "error"
