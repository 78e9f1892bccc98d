"""What the worker reads of a signature to judge it: opened, in memory only."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from undersigned.signatures.authority.domains import (
    DomainRefused,
    domain_in_common,
    mailbox_domain,
    provable_domain,
    website_domain,
)
from undersigned.signatures.correcting import Shown, shown
from undersigned.signatures.holding_rules import Seen
from undersigned.signatures.models import Signature
from undersigned.signatures.opening import open_address
from undersigned.signatures.worker_keys import WorkerKeys


@dataclass(frozen=True)
class Read:
    """A signature as it was typed and corrected. `address` is empty where there is none."""

    row: Signature
    entry: Shown
    address: str = ""

    @property
    def website_domain(self) -> str:
        """Of the claimed website; empty if there is none, or it is none of theirs."""
        if not self.entry.details.website:
            return ""
        try:
            return provable_domain(self.entry.details.website)
        except DomainRefused:
            return ""

    @property
    def mailbox_domain(self) -> str:
        try:
            return mailbox_domain(self.address)
        except DomainRefused:
            return ""

    @property
    def common_domain(self) -> str:
        """The domain that mailbox and website share, if that says anything."""
        return domain_in_common(self.address, self.entry.details.website) or ""

    def seen(self, *, with_domains: bool = True) -> Seen:
        """What rules look at; `with_domains` where one of them looks at those."""
        details = self.entry.details
        domains: set[str] = set()
        if with_domains:
            domains.add(self.mailbox_domain)
            with contextlib.suppress(DomainRefused):
                domains.add(website_domain(details.website))
        return Seen(
            name=details.name,
            words=f"{details.title} {details.affiliation} {details.role}",
            domains=frozenset(domains - {""}),
            country=self.entry.country,
            doubt=self.row.doubt,
        )


def read(row: Signature, keys: WorkerKeys) -> Read:
    """Open a signature, its address too; raises KeyMissing or CannotOpen."""
    entry = shown(row, keys)
    if row.sealed_address is None:
        return Read(row, entry)
    return Read(row, entry, open_address(row, keys.opener(row.letter_id)))
