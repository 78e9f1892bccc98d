"""Control of a domain, shown by a TXT record.

    _undersigned.example.org.  TXT  "undersigned-proof=<token>"

Asked of the recursive resolver of the machine, or of one that is given. A record may be split into
several strings (RFC 1035, 3.3.14), which are joined; there may be several records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import cast

import dns.exception
import dns.name
import dns.nameserver
import dns.rdataclass
import dns.rdatatype
import dns.resolver
from django.utils.translation import gettext
from dns.rdtypes.ANY.TXT import TXT

from undersigned.signatures.authority.proof_token import is_token

SECONDS = 5.0
RECORD = "_undersigned"
PREFIX = "undersigned-proof="
_MOST_ALIASES = 4
_UDP_BYTES = 1232  # what passes without fragments; longer answers come by TCP


class DnsOutcome(StrEnum):
    """What asking for the record showed."""

    FOUND = "found"
    NOT_FOUND = "not found"
    WRONG_TOKEN = "wrong token"  # noqa: S105  no secret
    NO_ANSWER = "no answer"


def record_name(domain: str) -> str:
    """Where the record belongs."""
    return f"{RECORD}.{domain}"


def record_value(token: str) -> str:
    """What the record says."""
    return f"{PREFIX}{token}"


def system_resolver() -> dns.resolver.Resolver:
    """The machine's own resolver; raises dns.resolver.NoResolverConfiguration if it has none."""
    return _careful(dns.resolver.Resolver())


def resolver_at(nameservers: Sequence[tuple[str, int]]) -> dns.resolver.Resolver:
    """A resolver that asks these addresses and ports."""
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = [
        dns.nameserver.Do53Nameserver(address, port) for address, port in nameservers
    ]
    return _careful(resolver)


def check_dns(
    domain: str, token: str, resolver: dns.resolver.Resolver | None = None, seconds: float = SECONDS
) -> DnsOutcome:
    """Look for the token under a clean domain, within `seconds` in all; never raises.

    Blocks: for the worker.
    """
    try:
        name = dns.name.from_text(f"{record_name(domain)}.")
        answer = (resolver or system_resolver()).resolve(
            name, dns.rdatatype.TXT, lifetime=seconds, search=False
        )
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return DnsOutcome.NOT_FOUND
    except (dns.exception.DNSException, OSError):
        return DnsOutcome.NO_ANSWER
    if len(answer.chaining_result.cnames) > _MOST_ALIASES:
        return DnsOutcome.NO_ANSWER
    proofs = list(_proofs(answer))
    if any(is_token(proof, token) for proof in proofs):
        return DnsOutcome.FOUND
    return DnsOutcome.WRONG_TOKEN if proofs else DnsOutcome.NOT_FOUND


def dns_sentence(outcome: DnsOutcome, domain: str) -> str:
    """What happened and what to do, for whoever asked for the check."""
    sentences = {
        DnsOutcome.FOUND: gettext(
            "The DNS record at %(record)s has the right token: whoever signed controls %(domain)s."
        ),
        DnsOutcome.NOT_FOUND: gettext(
            "There is no proof at %(record)s yet. New records can take some hours to be seen "
            "everywhere; check again later."
        ),
        DnsOutcome.WRONG_TOKEN: gettext(
            "There is a proof at %(record)s, but with another token. Each token is good for one "
            "signature under one letter: compare it with the one asked for."
        ),
        DnsOutcome.NO_ANSWER: gettext(
            "The name servers for %(domain)s gave no answer that could be used. This says nothing "
            "about the organisation; check again later."
        ),
    }
    return sentences[outcome] % {"record": record_name(domain), "domain": domain}


def _careful(resolver: dns.resolver.Resolver) -> dns.resolver.Resolver:
    resolver.use_edns(0, 0, _UDP_BYTES)
    resolver.timeout = SECONDS / 3  # of one try, so that a lost packet leaves time for another
    return resolver


def _proofs(answer: dns.resolver.Answer) -> Iterator[str]:
    for record in answer:
        text = b"".join(cast("TXT", record).strings).decode("utf-8", "replace").strip()
        if text.lower().startswith(PREFIX):
            yield text[len(PREFIX) :]
