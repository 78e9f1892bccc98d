"""Whose a mail is: a DKIM signature (RFC 6376) of the author's own domain, checked by `dkimpy`.

A signature proves the author if it verifies, its domain is that of the From address or one above
it, and it covers the whole body and the headers that matter: From, To or Cc (else a mail to
somebody else could be handed on to us as a signature), Date and Message-ID (else it could be sent
again). How the body is to be read matters too: Content-Type, unless it is plain text, or parts
whose boundary the body itself shows. Some large services leave it out, so that more cannot be asked
for; and an encoding that is not signed can be made wrong, but not to say something else. Whoever
holds a domain holds those below it, so a parent's word is good without a list of public suffixes; a
sub-domain's is not.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from enum import Enum
from typing import Any

import dkim
import dkim.util
import dns.exception
import dns.name
import dns.resolver

from undersigned.signatures.authority.dns_proof import SECONDS
from undersigned.signatures.receiving.reading import Received

# For all that is looked up for one mail: others wait behind it.
MOST_SECONDS = 8.0
# Of the author's domain; whoever writes more of them wants us to look up names.
_MOST_SIGNATURES = 3
# RSA of 4096 bits takes 800. An enormous key would keep us busy for hours.
_LONGEST_KEY = 1200
# Others are as if they were not there: sha1 proves nothing any more (RFC 8301), and who signs with
# ed25519 (RFC 8463) signs with this too.
_ALGORITHM = b"rsa-sha256"
_NEEDED = frozenset({b"from", b"date", b"message-id"})
_PLAIN = frozenset({"utf-8", "us-ascii"})
# Domains above the author's that may have a policy: no name is so long that it keeps us asking.
_MOST_ABOVE = 4
_POLICY = re.compile(r"\bp\s*=\s*(\w+)", re.IGNORECASE)
_BELOW = re.compile(r"\bsp\s*=\s*(\w+)", re.IGNORECASE)

# What dkimpy says names domains: none of it is for our log.
_silent = logging.getLogger("undersigned.dkim")
_silent.addHandler(logging.NullHandler())
_silent.propagate = False


class Proof(Enum):
    """What a mail shows of its author."""

    PROVEN = "proven"
    UNPROVEN = "unproven"  # nothing for it, nothing against it
    FORGED = "forged"  # a signature that is broken, or a domain that says: refuse
    LATER = "later"  # the name servers gave no answer


class NoAnswer(Exception):
    """The name servers gave no answer that could be used."""


@dataclass(frozen=True)
class _Names:
    """What is asked for names, and until when (on the monotonic clock)."""

    resolver: dns.resolver.Resolver
    until: float


def judge(raw: bytes, mail: Received, resolver: dns.resolver.Resolver) -> Proof:
    """See Proof. Asks the name servers for keys and policy of the author's domain only."""
    domain, names = mail.domain, _Names(resolver, time.monotonic() + MOST_SECONDS)
    found = [_check(raw, place, mail, names) for place in _aligned(mail, domain)]
    for proof in (Proof.PROVEN, Proof.UNPROVEN, Proof.LATER, Proof.FORGED):
        if proof in found:
            return proof
    try:
        return Proof.FORGED if _is_refused(domain, names) else Proof.UNPROVEN
    except NoAnswer:
        return Proof.LATER


def _aligned(mail: Received, domain: str) -> list[int]:
    """Which DKIM-Signature headers speak for the author's domain, counted from the top."""
    values = [value for name, value in mail.headers if name == "dkim-signature"]
    places = []
    for place, value in enumerate(values):
        tags = _tags(value)
        signing = tags.get(b"d", b"").decode("ascii", "replace").lower()
        is_theirs = domain == signing or domain.endswith(f".{signing}")
        if "." in signing and is_theirs and tags.get(b"a") == _ALGORITHM:
            places.append(place)
    return places[:_MOST_SIGNATURES]


def _check(raw: bytes, place: int, mail: Received, names: _Names) -> Proof:
    values = [value for name, value in mail.headers if name == "dkim-signature"]
    tags = _tags(values[place])
    tests: list[bytes] = []
    try:
        message = dkim.DKIM(raw, logger=_silent, timeout=int(SECONDS))
        if not message.verify(place, dnsfunc=_key_finder(names, tags, tests)):
            return Proof.FORGED
    except NoAnswer:
        return Proof.LATER
    except Exception:  # strangers' bytes and keys; whatever it stumbles over is no proof
        return Proof.FORGED
    signed = {name.strip().lower() for name in tags[b"h"].split(b":")}
    is_whole = (
        b"l" not in tags
        and signed >= _NEEDED
        and all(name in signed for name in (b"to", b"cc") if mail.value(name.decode()))
        and (b"content-type" in signed or _reads_one_way(raw))
    )
    return Proof.PROVEN if is_whole and not tests else Proof.UNPROVEN


def _reads_one_way(raw: bytes) -> bool:
    """Whether another Content-Type would make no other text of a body that is signed."""
    mail = message_from_bytes(raw)
    if not mail.is_multipart():
        charset = (mail.get_content_charset() or "us-ascii").lower()
        return mail.get_content_type() == "text/plain" and charset in _PLAIN
    # Parts that begin later were not the first that their author wrote.
    return mail.get_content_type() == "multipart/alternative" and not (mail.preamble or "").strip()


def _tags(value: str) -> dict[bytes, bytes]:
    try:
        tags: dict[bytes, bytes] = dkim.util.parse_tag_value(value.encode("utf-8", "replace"))
    except dkim.util.InvalidTagValueList:
        return {}
    return tags


def _key_finder(
    names: _Names, tags: dict[bytes, bytes], tests: list[bytes]
) -> Callable[..., bytes | None]:
    """A function as dkimpy wants it; notes in `tests` a key that says that it proves nothing."""

    def find(name: bytes, timeout: int = 0) -> bytes | None:
        for text in _texts(name.decode("ascii", "replace"), names):
            if len(text) > _LONGEST_KEY:
                return None
            record = _tags(text)
            flags = record.get(b"t", b"").replace(b" ", b"").split(b":")
            hashes = record.get(b"h", b"sha256").replace(b" ", b"").lower().split(b":")
            if b"sha256" not in hashes:
                return None  # not for what it was used for (RFC 6376, 6.1.2)
            about = tags.get(b"i", b"@" + tags[b"d"]).rpartition(b"@")[2]
            if b"y" in flags or (b"s" in flags and about.lower() != tags[b"d"].lower()):
                tests.append(name)  # being tried out (RFC 6376, 3.6.1), or not for sub-domains
            return text.encode("ascii", "replace")
        return None

    return find


def _is_refused(domain: str, names: _Names) -> bool:
    """Whether the domain says (DMARC, RFC 7489) to refuse what nothing speaks for."""
    labels = domain.split(".")
    above = [".".join(labels[-length:]) for length in range(2, len(labels))]
    for name in (domain, *reversed(above[:_MOST_ABOVE])):
        for text in _texts(f"_dmarc.{name}", names):
            if text.lower().replace(" ", "").startswith("v=dmarc1;"):
                policy = (name != domain and _BELOW.search(text)) or _POLICY.search(text)
                return policy is not None and policy[1].lower() == "reject"
    return False


def _texts(name: str, names: _Names) -> list[str]:
    seconds = min(SECONDS, names.until - time.monotonic())
    if seconds <= 0:
        raise NoAnswer
    try:
        absolute = dns.name.from_text(name if name.endswith(".") else f"{name}.")
    except (dns.exception.DNSException, UnicodeError):
        return []
    try:
        records: list[Any] = list(
            names.resolver.resolve(absolute, "TXT", lifetime=seconds, search=False)
        )
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError):
        raise NoAnswer from None
    return [b"".join(record.strings).decode("utf-8", "replace").strip() for record in records]
