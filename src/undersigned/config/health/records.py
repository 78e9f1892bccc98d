"""Look up what a domain says of its mail, by DNS."""

from __future__ import annotations

from typing import Any

import dns.exception
import dns.resolver

from undersigned.signatures.authority.dns_proof import SECONDS, system_resolver


class NoAnswer(Exception):
    """The name servers gave no answer that could be used, or there is none to ask."""


class Look:
    """Looks records up; None stands for no answer."""

    def __init__(self, resolver: dns.resolver.Resolver | None = None) -> None:
        """Asks the machine's resolver unless given another."""
        self._resolver: dns.resolver.Resolver | None
        try:
            self._resolver = resolver or system_resolver()
        except (dns.exception.DNSException, OSError):
            self._resolver = None

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

    def servers(self, domain: str) -> tuple[str, ...] | None:
        """Who takes its mail, first choice first; itself if it only has an address.

        As RFC 5321, 5.1; a single `.` takes none (RFC 7505).
        """
        try:
            records = sorted(self._ask(domain, "MX"), key=lambda record: record.preference)
            if records:
                names = [str(record.exchange) for record in records]
                return tuple(name.rstrip(".") for name in names if name != ".")
            return (domain,) if self._ask(domain, "A") or self._ask(domain, "AAAA") else ()
        except NoAnswer:
            return None

    def _texts(self, name: str) -> list[str]:
        return [
            b"".join(record.strings).decode("utf-8", "replace").strip()
            for record in self._ask(name, "TXT")
        ]

    def _ask(self, name: str, kind: str) -> list[Any]:
        if self._resolver is None:
            raise NoAnswer
        try:
            return list(self._resolver.resolve(name, kind, lifetime=SECONDS, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError, UnicodeError):
            raise NoAnswer from None
