"""Close letters whose deadline has come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from undersigned.letters.models import Letter, LetterEvent, LetterState
from undersigned.letters.publishing import bump_revision


@transaction.atomic
def close_due(now: datetime) -> int:
    """Close every open letter past its deadline; returns how many.

    Signing stops at the deadline by itself; this lets the pages say so.
    """
    due = list(Letter.objects.filter(state=LetterState.OPEN, deadline__lte=now))
    for letter in due:
        Letter.objects.filter(pk=letter.pk).update(state=LetterState.CLOSED)
        bump_revision(letter)
        LetterEvent.objects.create(letter=letter, actor="worker", act="close at deadline")
    return len(due)
