"""Whether addresses go when signers were told that they would."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q

from undersigned.letters.models import Forgetting, Letter, LetterState
from undersigned.letters.retention import KEPT_AFTER_CLOSING
from undersigned.signatures.forgetting import unasked

LATE = timedelta(days=2)
_OVER = (LetterState.CLOSED, LetterState.ARCHIVED)


def letters_overdue(now: datetime) -> tuple[str, ...]:
    """The slugs of letters with addresses that should have gone over two days ago."""
    since = now - LATE
    begun = Forgetting.objects.filter(letter=OuterRef("pk"), ended_at=None, started_at__lte=since)
    unwanted = unasked().filter(letter=OuterRef("pk"))
    ended = Q(addresses_until__lte=since.date(), key_destroyed_at=None)
    closed = Q(state__in=_OVER, closed_at__lte=since - KEPT_AFTER_CLOSING) & Exists(unwanted)
    late = Letter.objects.filter(Exists(begun) | ended | closed).exclude(state=LetterState.DRAFT)
    return tuple(late.order_by("slug").values_list("slug", flat=True))


def key_destroyed_at() -> datetime | None:
    """When a letter's key was last destroyed."""
    newest: datetime | None = Letter.objects.aggregate(at=Max("key_destroyed_at"))["at"]
    return newest
