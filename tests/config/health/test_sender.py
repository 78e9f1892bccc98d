"""What others see of the sender."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.signatures.authority.nameserver import Zone, nameserver
from undersigned.config.health import incoming
from undersigned.config.health.facts import IncomingFacts, SenderFacts
from undersigned.config.health.records import Look
from undersigned.config.health.sender import look_at_sender

GOOD: Zone = {
    "letters.example.org TXT": ['"some-proof=1"', '"v=spf1 mx " "-all"'],
    "bounces.example.org TXT": ['"v=spf1 a -all"', '"v=spf10 other"'],
    "bounces.example.org MX": ["10 127.0.0.1."],
    "_dmarc.example.org TXT": ['"v=DMARC1; p=reject"'],
    "mail._domainkey.letters.example.org CNAME": ["key.service.example."],
    "key.service.example TXT": ['"v=DKIM1; k=rsa; p=MIIB" "IjAN"'],
}


@pytest.fixture(autouse=True)
def host(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEFAULT_FROM_EMAIL = "Letters <letters@Letters.example.org>"
    settings.BOUNCE_ADDRESS = "returned@bounces.example.org"
    settings.BOUNCE_IMAP_URL = ""
    settings.DKIM_SELECTOR = "mail"
    monkeypatch.setattr(incoming, "PORT", 1)  # where nobody listens


def look(zone: Zone) -> SenderFacts:
    with nameserver(zone) as names:
        return look_at_sender(Look(names.resolver()))


def test_all_records_are_found() -> None:
    assert look(GOOD) == SenderFacts(
        domain="letters.example.org",
        returned=IncomingFacts("returned@bounces.example.org"),
        spf=("v=spf1 a -all",),
        dmarc="v=DMARC1; p=reject",
        selector="mail",
        dkim="MIIBIjAN",
    )


def test_without_an_address_for_returned_mail_the_sender_counts(settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = ""
    settings.DKIM_SELECTOR = ""
    found = look(GOOD)
    assert (found.returned, found.spf, found.dkim) == (None, ("v=spf1 mx -all",), "")
