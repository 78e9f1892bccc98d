"""What DNS says of a domain's mail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import dns.resolver
import pytest

from tests.signatures.authority.nameserver import Zone, nameserver
from undersigned.config.health import records as module
from undersigned.config.health.records import Look

DOMAIN = "bounces.example.org"


@contextmanager
def looking(zone: Zone, **behaviour: object) -> Iterator[Look]:
    with nameserver(zone, **behaviour) as names:
        yield Look(names.resolver())


def everything(look: Look) -> tuple[object, ...]:
    return (
        look.spf(DOMAIN),
        look.dmarc(DOMAIN),
        look.dkim("mail", DOMAIN),
        look.servers(DOMAIN),
    )


def test_no_records_are_no_records() -> None:
    with looking({}) as look:
        assert everything(look) == ((), "", "", ())


def test_records_that_are_something_else_do_not_count() -> None:
    with looking(
        {
            f"{DOMAIN} TXT": ['"v=spf10 other"'],
            f"_dmarc.{DOMAIN} TXT": ['"verification=1"'],
            f"mail._domainkey.{DOMAIN} TXT": ['"v=DKIM1; p="', '"no fields"'],
            f"{DOMAIN} MX": ["0 ."],
        }
    ) as look:
        assert everything(look) == ((), "", "", ())


def test_an_address_takes_mail_too() -> None:
    with looking({f"{DOMAIN} AAAA": ["2001:db8::1"]}) as look:
        assert look.servers(DOMAIN) == (DOMAIN,)
    with looking({f"{DOMAIN} A": ["192.0.2.1"]}) as look:
        assert look.servers(DOMAIN) == (DOMAIN,)


def test_servers_stand_in_the_order_of_their_preference() -> None:
    with looking({f"{DOMAIN} MX": ["20 b.example.", "10 a.example."]}) as look:
        assert look.servers(DOMAIN) == ("a.example", "b.example")


def test_name_servers_that_do_not_answer_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.1)
    with looking({}, is_silent=True) as look:
        assert everything(look) == (None, None, None, None)


def test_a_machine_without_a_resolver_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> dns.resolver.Resolver:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(module, "system_resolver", none)
    assert everything(Look()) == (None, None, None, None)
