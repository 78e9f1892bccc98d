"""A TXT record shows that whoever signed controls a domain."""

from __future__ import annotations

import time

import dns.rcode
import dns.resolver
import pytest

from tests.signatures.authority.nameserver import Zone, nameserver
from undersigned.signatures.authority.dns_proof import (
    DnsOutcome,
    check_dns,
    dns_sentence,
    record_name,
    record_value,
    resolver_at,
)

TOKEN = "abcdefghijklmnopqrstuvwxyz234567"
RIGHT = f'"undersigned-proof={TOKEN}"'
WRONG = '"undersigned-proof=zzz"'
HERE = "_undersigned.example.org"


@pytest.mark.parametrize(
    ("zone", "outcome"),
    [
        ({f"{HERE} TXT": [RIGHT]}, DnsOutcome.FOUND),
        ({f"{HERE} TXT": [f'"Undersigned-Proof= {TOKEN.upper()} "']}, DnsOutcome.FOUND),
        ({f"{HERE} TXT": [f'"undersigned-" "proof={TOKEN[:9]}" "{TOKEN[9:]}"']}, DnsOutcome.FOUND),
        ({f"{HERE} TXT": ['"v=spf1 -all"', WRONG, RIGHT]}, DnsOutcome.FOUND),
        (
            {f"{HERE} CNAME": ["proofs.example.net."], "proofs.example.net TXT": [RIGHT]},
            DnsOutcome.FOUND,
        ),
        ({f"{HERE} TXT": [WRONG]}, DnsOutcome.WRONG_TOKEN),
        ({f"{HERE} TXT": [f'"undersigned-proof={TOKEN}x"']}, DnsOutcome.WRONG_TOKEN),
        ({f"{HERE} TXT": ['"undersigned-proof=\\255"']}, DnsOutcome.WRONG_TOKEN),
        ({f"{HERE} TXT": [f'"{TOKEN}"']}, DnsOutcome.NOT_FOUND),
        ({"example.org TXT": [RIGHT]}, DnsOutcome.NOT_FOUND),
        ({f"{HERE} A": ["192.0.2.1"]}, DnsOutcome.NOT_FOUND),
        ({}, DnsOutcome.NOT_FOUND),
        (
            {
                f"{HERE} CNAME": ["a1.example."],
                **{f"a{n}.example CNAME": [f"a{n + 1}.example."] for n in range(1, 5)},
                "a5.example TXT": [RIGHT],
            },
            DnsOutcome.NO_ANSWER,
        ),
    ],
)
def test_what_the_record_shows(zone: Zone, outcome: DnsOutcome) -> None:
    with nameserver(zone) as server:
        assert check_dns("example.org", TOKEN, server.resolver()) == outcome
        assert server.asked[0] == f"{HERE}. TXT"


def test_an_answer_too_long_for_a_packet_comes_by_tcp() -> None:
    filler = [f'"{n:0>250}"' for n in range(40)]
    with nameserver({f"{HERE} TXT": [*filler, RIGHT]}, cuts_udp=True) as server:
        assert check_dns("example.org", TOKEN, server.resolver()) == DnsOutcome.FOUND
        assert server.asked == [f"{HERE}. TXT"] * 2


def test_a_server_in_trouble_is_no_answer() -> None:
    with nameserver({}, rcode=dns.rcode.SERVFAIL) as server:
        assert check_dns("example.org", TOKEN, server.resolver(), 0.2) == DnsOutcome.NO_ANSWER


def test_a_silent_server_is_given_up_in_time() -> None:
    with nameserver({}, is_silent=True) as server:
        start = time.monotonic()
        assert check_dns("example.org", TOKEN, server.resolver(), 0.1) == DnsOutcome.NO_ANSWER
        assert time.monotonic() - start < 1


def test_a_machine_without_a_resolver_has_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_resolver(*_: object) -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver.Resolver, "read_resolv_conf", no_resolver)
    assert check_dns("example.org", TOKEN) == DnsOutcome.NO_ANSWER


def test_a_domain_too_long_for_the_record_has_no_answer() -> None:
    longest = ".".join(["a" * 60] * 4) + ".example"
    resolver = resolver_at([("127.0.0.1", 9)])
    assert check_dns(longest, TOKEN, resolver) == DnsOutcome.NO_ANSWER


def test_what_to_put_where() -> None:
    assert record_name("example.org") == "_undersigned.example.org"
    assert record_value(TOKEN) == f"undersigned-proof={TOKEN}"


def test_every_outcome_has_a_sentence() -> None:
    sentences = {dns_sentence(outcome, "example.org") for outcome in DnsOutcome}

    assert len(sentences) == len(DnsOutcome)
    assert dns_sentence(DnsOutcome.FOUND, "example.org") == (
        "The DNS record at _undersigned.example.org has the right token: "
        "whoever signed controls example.org."
    )
