"""Forget signatures that nobody confirmed."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from undersigned.letters.models import Forgetting, Forgotten
from undersigned.signatures.models import Signature, State
from undersigned.signatures.rules import PENDING_LIFETIME

# Rows of one transaction: those who sign meanwhile wait for it.
BATCH = 500


def unconfirmed(now: datetime) -> QuerySet[Signature]:
    """Pending rows that are past their time.

    One whose owner asked for a new link lives as long as that link.
    """
    old = Signature.objects.filter(state=State.PENDING, created_at__lt=now - PENDING_LIFETIME)
    return old.exclude(links__expires_at__gt=now)


def forget_unconfirmed(now: datetime) -> int:
    """Delete them, and note for each letter how many; returns how many in all."""
    letters = unconfirmed(now).order_by("letter").values_list("letter", flat=True).distinct()
    return sum(_forget(letter, now) for letter in list(letters))


def _forget(letter: uuid.UUID, now: datetime) -> int:
    due = unconfirmed(now).filter(letter=letter).order_by("pk").values_list("pk", flat=True)
    run = Forgetting(
        letter_id=letter, what=Forgotten.UNCONFIRMED, started_at=now, ended_at=now, counts={}
    )
    total, batch = 0, list(due[:BATCH])
    while batch:
        with transaction.atomic():
            # Looked for again: somebody may have confirmed meanwhile.
            _, deleted = unconfirmed(now).filter(pk__in=batch).delete()
            total += deleted.get("signatures.Signature", 0)
            if total:
                run.counts = {"unconfirmed": total}
                run.save()
        batch = list(due.filter(pk__gt=batch[-1])[:BATCH])
    return total
