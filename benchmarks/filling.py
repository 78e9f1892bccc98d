"""Fill an installation with signatures, by the product's own functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from benchmarks.site import Site

if TYPE_CHECKING:
    from undersigned.signatures.models import Signature
    from undersigned.signatures.worker_keys import WorkerKeys

BATCH = 500


def hand_in(site: Site, number: int, name: str = "person") -> None:
    """Pending signatures of different people, as the form's road stores them."""
    from undersigned.letters.models import Letter
    from undersigned.signatures.rules import Details
    from undersigned.signatures.signing import Entry, prepare, store
    from undersigned.website.desks import open_counter

    desk = open_counter(Letter.objects.get(slug=site.slug)).desk
    for start in range(0, number, BATCH):
        store(
            [
                prepare(
                    desk,
                    Entry(
                        kind="individual",
                        address=f"{name}.{each}@example.org",
                        details=Details(name=f"María Person {each}", title="Professor of botany"),
                        visibility="public",
                        language="en",
                        country="MX",
                        consent_publication=True,
                        consent_updates=False,
                    ),
                )
                for each in range(start, min(start + BATCH, number))
            ]
        )


def mail_links(site: Site) -> list[str]:
    """Answer all pending signatures but for the mail; returns the paths of their links.

    What the worker saves with each mail (`signatures.notifying`), without the mail, whose speed
    is another benchmark's subject.
    """
    from undersigned.signatures.models import Signature, State
    from undersigned.signatures.worker_keys import WorkerKeys
    from undersigned.vault.keys import Keyring

    keys = WorkerKeys(Keyring(site.data / "keys"))
    waiting = list(Signature.objects.filter(state=State.PENDING, needs_mail=True))
    tokens = []
    for start in range(0, len(waiting), BATCH):
        tokens += _save_links(waiting[start : start + BATCH], keys)
    return [f"/{site.slug}/confirm/{token}/" for token in tokens]


def _save_links(rows: Sequence[Signature], keys: WorkerKeys) -> list[str]:
    from django.db import transaction
    from django.utils import timezone

    from undersigned.signatures.addresses import normalise_address
    from undersigned.signatures.models import ConfirmationLink
    from undersigned.signatures.rules import LINK_LIFETIME
    from undersigned.signatures.saving import save_columns
    from undersigned.vault.tokens import hash_token, new_token, seal_under_token

    tokens = [new_token() for _ in rows]
    links = []
    for row, token in zip(rows, tokens, strict=True):
        opener = keys.opener(row.letter_id)
        address = opener.open(row.id, "address", bytes(row.sealed_address or b"")).decode()
        row.address_index = keys.index(row.letter_id.bytes, normalise_address(address))
        row.needs_mail = False
        details = opener.open(row.id, "details", bytes(row.sealed_details or b""))
        links.append(
            ConfirmationLink(
                token_hash=hash_token(token),
                signature=row,
                sealed_details=seal_under_token(token, row.id, "link", details),
                expires_at=timezone.now() + LINK_LIFETIME,
            )
        )
    with transaction.atomic():
        ConfirmationLink.objects.bulk_create(links)
        save_columns(rows, ("address_index", "needs_mail"))
    return tokens
