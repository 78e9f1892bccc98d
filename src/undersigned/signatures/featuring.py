"""Featured signatories: shown first on the letter's page, in an order that people choose."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import F, Max, QuerySet

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.deciding import By
from undersigned.signatures.models import Signature, State


@transaction.atomic
def feature(by: By, signatures: Collection[uuid.UUID]) -> int:
    """Add listed signatures at the end of the featured ones; returns how many."""
    featured = _featured(by.letter)
    last = featured.aggregate(last=Max("position"))["last"] or 0
    rows = by.letter.signatures.select_for_update().filter(
        pk__in=[*signatures], state=State.LISTED, is_featured=False
    )
    found = list(rows.order_by("sort_key", "pk").values_list("pk", flat=True))
    for place, pk in enumerate(found, start=last + 1):
        Signature.objects.filter(pk=pk).update(is_featured=True, position=place)
    _note(by, "feature signatures", len(found))
    return len(found)


@transaction.atomic
def unfeature(by: By, signatures: Collection[uuid.UUID]) -> int:
    """Show them with everybody else again; returns how many."""
    rows = by.letter.signatures.filter(pk__in=[*signatures], is_featured=True)
    found = rows.update(is_featured=False, position=0)
    _note(by, "unfeature signatures", found)
    return found


@transaction.atomic
def put_in_order(by: By, signatures: Sequence[uuid.UUID]) -> int:
    """Show the featured in this order; those that are not named follow. Returns how many moved."""
    before = list(_featured(by.letter).values_list("pk", flat=True))
    known = set(before)
    named = [pk for pk in dict.fromkeys(signatures) if pk in known]
    after = [*named, *(pk for pk in before if pk not in set(named))]
    moved = sum(one != other for one, other in zip(before, after, strict=True))
    if moved:
        for place, pk in enumerate(after, start=1):
            Signature.objects.filter(pk=pk).update(position=place)
        _note(by, "order featured signatures", moved)
    return moved


def featured_in_order(letter: Letter) -> list[Signature]:
    """Those that are featured, as the page shows them."""
    return list(_featured(letter))


def _featured(letter: Letter) -> QuerySet[Signature]:
    found = Signature.objects.filter(letter=letter, state=State.LISTED, is_featured=True)
    return found.order_by("position", "sort_key", "pk")


def _note(by: By, act: str, count: int) -> None:
    if not count:
        return
    Letter.objects.filter(pk=by.letter.pk).update(revision=F("revision") + 1)
    LetterEvent.objects.create(
        letter=by.letter, actor=by.actor, act=act, details={"signatures": count}
    )
