"""Undo an import: everybody who came with it leaves the list again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from undersigned.letters.models import LetterEvent
from undersigned.signatures.changes import record
from undersigned.signatures.counting import count_changes
from undersigned.signatures.models import Correction, ImportBatch, Kind, Signature
from undersigned.signatures.rules import STANDING, Act

IMPORT_UNDONE = "import undone"
_AT_ONCE = 1_000


class NotSaved(Exception):
    """The list was not stored, or the import was undone before."""


@dataclass(frozen=True)
class Returning:
    """What undoing would do. `kept`: corrected, or merged with others since, and so left alone."""

    leaving: int
    organisations: int
    kept: int


def count_returning(batch: ImportBatch) -> Returning:
    """Say before what undoing would do."""
    leaving = _leaving(batch)
    standing = batch.signatures.filter(state__in=STANDING).count()
    total = leaving.count()
    organisations = leaving.filter(kind=Kind.ORGANISATION).count()
    return Returning(leaving=total, organisations=organisations, kept=standing - total)


@transaction.atomic
def undo(batch: ImportBatch, *, actor: str) -> int:
    """Strike out who came with a list; returns how many. Raises NotSaved."""
    now = timezone.now()
    ours = ImportBatch.objects.filter(pk=batch.pk, step=ImportBatch.Step.SAVED)
    if not ours.update(step=ImportBatch.Step.UNDONE, undone_at=now):
        raise NotSaved
    leaving = list(_leaving(batch).values_list("pk", flat=True))
    undone = 0
    for start in range(0, len(leaving), _AT_ONCE):
        rows = list(
            Signature.objects.filter(pk__in=leaving[start : start + _AT_ONCE]).defer(
                "sealed_address", "sealed_details"
            )
        )
        for row in rows:
            row.void_because = IMPORT_UNDONE
        undone += len(record(rows, Act.VOID, now, fields=("void_because",)))
    LetterEvent.objects.create(
        letter_id=batch.letter_id,
        actor=actor,
        act="undo import",
        details={"import": str(batch.pk), "signatures": undone},
    )
    count_changes(batch.letter)
    return undone


def _leaving(batch: ImportBatch) -> QuerySet[Signature]:
    """Those that stand as they came: not corrected, and nothing merged into them."""
    merged = Signature.objects.filter(merged_into=OuterRef("pk"))
    corrected = Correction.objects.filter(signature=OuterRef("pk"), is_withdrawn=False)
    return batch.signatures.filter(state__in=STANDING).exclude(Exists(merged) | Exists(corrected))
