"""What is hidden stays so: whoever comes to light after their country or organisation was hidden.

They waited, came with a list, had their country or affiliation corrected, or a decision on them was
undone. Each goes into the decision that hid the group, and is shown again with it, or by their own
choice. Whoever was warned of their country before they chose is left as they chose.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from itertools import batched

from django.db import transaction
from django.utils import timezone

from undersigned.signatures.hidden_groups import Arrival, falls_under, open_hides
from undersigned.signatures.hiding import CHUNK, hide_rows
from undersigned.signatures.models import Decided, Decision, Signature


def keep_hidden(arrivals: Iterable[Arrival]) -> set[uuid.UUID]:
    """Hide those that belong to a hidden group; returns which had not been hidden with it before.

    Raises vault.seal.SealingKeyMissing.
    """
    hidden: set[uuid.UUID] = set()
    for some in batched(arrivals, CHUNK):
        for decision in open_hides({one.row.letter_id for one in some}):
            hidden |= _keep(decision, some)
    return hidden


def arrival_in_clear(row: Signature) -> Arrival:
    """An entry of a list, which nobody chose for."""
    return Arrival(row, row.name, (row.affiliation,), row.country, "")


def _keep(decision: Decision, arrivals: Iterable[Arrival]) -> set[uuid.UUID]:
    here = [one for one in arrivals if one.row.letter_id == decision.letter_id]
    found = {one.row.pk for one in here if falls_under(decision, one)}
    noted = Decided.objects.filter(decision=decision, signature__in=found)
    found -= set(noted.values_list("signature", flat=True))
    if not found:
        return set()
    with transaction.atomic():
        return hide_rows(decision, [*found], timezone.now()).noted
