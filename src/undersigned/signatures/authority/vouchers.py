"""Who vouched and is not shown any more: the name goes from beside those they vouched for."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from undersigned.signatures.authority.levels import AUTHORITY_FIELDS
from undersigned.signatures.models import Kind, Level, Signature


def names_that_vouch(rows: Iterable[Signature]) -> set[str]:
    """To be read before the rows are emptied: only organisations vouch."""
    return {row.name for row in rows if row.kind == Kind.ORGANISATION and row.name}


def drop_vouchers(letter: UUID, names: Iterable[str]) -> None:
    """Take the names away wherever they stand; of whom nobody else vouches for, nothing is said."""
    gone = set(names)
    if not gone:
        return
    vouched = Signature.objects.select_for_update().filter(letter=letter, authority=Level.VOUCHED)
    for row in vouched.order_by("pk"):
        left = [name for name in row.authority_by.splitlines() if name not in gone]
        if len(left) == len(row.authority_by.splitlines()):
            continue
        row.authority_by = "\n".join(left)
        if not left:
            row.authority, row.authority_on = Level.NONE, None
        row.save(update_fields=AUTHORITY_FIELDS)
