"""What DNS says of the sender of our mail, and whether returned mail can be read."""

from __future__ import annotations

from dataclasses import replace
from email.utils import parseaddr
from typing import Any

import dns.exception
import dns.resolver
from django.conf import settings

from undersigned.config.health.facts import SenderFacts
from undersigned.mail.mailbox import MailboxOutOfReach, count_unread
from undersigned.signatures.authority.dns_proof import SECONDS, system_resolver


class NoAnswer(Exception):
    """The name servers gave no answer that could be used."""


def look_at_sender(resolver: dns.resolver.Resolver | None = None) -> SenderFacts:
    """Asks the machine's resolver unless given another, and the mailbox; never raises."""
    domain = domain_of(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    envelope = domain_of(settings.BOUNCE_ADDRESS)
    facts = SenderFacts(domain, envelope, selector=settings.DKIM_SELECTOR, mailbox=_mailbox())
    try:
        look = Look(resolver or system_resolver())
    except (dns.exception.DNSException, OSError):
        return replace(facts, spf=None, dmarc=None, dkim=None, takes_mail=None)
    return replace(
        facts,
        spf=look.spf(envelope or domain),
        dmarc=look.dmarc(domain),
        dkim=look.dkim(facts.selector, domain) if facts.selector else "",
        takes_mail=look.takes_mail(envelope) if envelope else True,
    )


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _mailbox() -> str | None:
    if not settings.BOUNCE_IMAP_URL:
        return None
    try:
        count_unread(settings.BOUNCE_IMAP_URL)
    except MailboxOutOfReach as fault:
        return str(fault)
    return ""


class Look:
    """Looks records up; None stands for no answer."""

    def __init__(self, resolver: dns.resolver.Resolver) -> None:
        self._resolver = resolver

    def spf(self, domain: str) -> tuple[str, ...] | None:
        """All of them: more than one count as none (RFC 7208, 4.5)."""
        try:
            records = self._texts(domain)
        except NoAnswer:
            return None
        return tuple(text for text in records if text.lower().split(" ")[0] == "v=spf1")

    def dmarc(self, domain: str) -> str | None:
        """The domain's own, or the next above it."""
        try:
            while "." in domain:
                for text in self._texts(f"_dmarc.{domain}"):
                    if text.lower().replace(" ", "").startswith("v=dmarc1;"):
                        return text
                domain = domain.partition(".")[2]
        except NoAnswer:
            return None
        return ""

    def dkim(self, selector: str, domain: str) -> str | None:
        """The key; a record with an empty one says that it was withdrawn (RFC 6376, 3.6.1)."""
        try:
            for text in self._texts(f"{selector}._domainkey.{domain}"):
                fields = dict(field.strip().partition("=")[::2] for field in text.split(";"))
                if key := fields.get("p", "").strip():
                    return key
        except NoAnswer:
            return None
        return ""

    def takes_mail(self, domain: str) -> bool | None:
        """It has a mail server, or at least an address (RFC 5321, 5.1); `.` takes none."""
        try:
            servers = [str(record.exchange) for record in self._ask(domain, "MX")]
            if servers:
                return servers != ["."]
            return bool(self._ask(domain, "A") or self._ask(domain, "AAAA"))
        except NoAnswer:
            return None

    def _texts(self, name: str) -> list[str]:
        return [
            b"".join(record.strings).decode("utf-8", "replace").strip()
            for record in self._ask(name, "TXT")
        ]

    def _ask(self, name: str, kind: str) -> list[Any]:
        try:
            return list(self._resolver.resolve(name, kind, lifetime=SECONDS, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError, UnicodeError):
            raise NoAnswer from None
