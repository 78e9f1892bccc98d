"""Find what was signed from a mailbox, by the keyed index that each letter has of its own."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from undersigned.signatures.models import Signature
from undersigned.signatures.worker_keys import WorkerKeys

# As many conditions as a database takes in one statement.
_AT_ONCE = 100


def signed_from(
    mailbox: str, letters: Sequence[uuid.UUID], among: QuerySet[Signature], keys: WorkerKeys
) -> list[Signature]:
    """Those of `among` under these letters; `mailbox` is the normalised address."""
    marks = [
        Q(letter=letter, address_index=keys.index(letter.bytes, mailbox)) for letter in letters
    ]
    found: list[Signature] = []
    for first in range(0, len(marks), _AT_ONCE):
        some = Q()
        for mark in marks[first : first + _AT_ONCE]:
            some |= mark
        found += among.filter(some)
    return found
