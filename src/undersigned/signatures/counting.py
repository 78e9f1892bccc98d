"""Count in lagged windows: one writer adds what changed, and a nightly recount repairs.

Counting never touches the rows that people wait for, and nobody waits for it.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Sum

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.models import Change, Kind, Signature, State, Tally

log = logging.getLogger(__name__)

WINDOW = 5_000


@dataclass(frozen=True)
class Counts:
    """What a letter's page shows. `countries`: how many different ones are named."""

    organisations: int
    people: int
    countries: int

    @property
    def total(self) -> int:
        return self.organisations + self.people


@transaction.atomic
def count_changes() -> int:
    """Add the oldest WINDOW changes to the tallies; returns how many were counted.

    Letters whose numbers moved get a new revision, so that their pages are rendered anew.
    """
    changes = list(Change.objects.filter(is_counted=False).order_by("id")[:WINDOW])
    moved: Counter[tuple[UUID, str, str]] = Counter()
    for change in changes:
        step = (change.after == State.LISTED) - (change.before == State.LISTED)
        moved[change.letter_id, change.kind, change.country] += step
    for (letter, kind, country), step in moved.items():
        if step:
            _add(letter, kind, country, step)
    touched = {letter for (letter, _, _), step in moved.items() if step}
    Letter.objects.filter(pk__in=touched).update(revision=F("revision") + 1)
    Change.objects.filter(pk__in=[change.pk for change in changes]).update(is_counted=True)
    return len(changes)


def _add(letter: UUID, kind: str, country: str, step: int) -> None:
    key = {"letter_id": letter, "kind": kind, "country": country}
    if not Tally.objects.filter(**key).update(total=F("total") + step):
        Tally.objects.create(**key, total=step)


@transaction.atomic
def recount() -> int:
    """Compare the tallies with the signatures, repair, and report; returns the drift repaired.

    Drift is the sum of all differences. It should be 0; anything else leaves an event.
    """
    while count_changes():
        pass
    drifted: Counter[UUID] = Counter()
    true = {
        (row["letter_id"], row["kind"], row["country"]): row["total"]
        for row in Signature.objects.filter(state=State.LISTED)
        .values("letter_id", "kind", "country")
        .annotate(total=Count("id"))
    }
    for tally in Tally.objects.all():
        difference = true.pop((tally.letter_id, tally.kind, tally.country), 0) - tally.total
        if difference:
            drifted[tally.letter_id] += abs(difference)
            _add(tally.letter_id, tally.kind, tally.country, difference)
    for (letter, kind, country), total in true.items():
        drifted[letter] += total
        _add(letter, kind, country, total)
    for letter, drift in drifted.items():
        log.warning("The count of letter %s was wrong by %d and is repaired.", letter, drift)
        LetterEvent.objects.create(
            letter_id=letter, actor="recount", act="repair count", details={"drift": drift}
        )
    Letter.objects.filter(pk__in=drifted).update(revision=F("revision") + 1)
    return drifted.total()


def read_counts(letter: Letter) -> Counts:
    """The letter's numbers as last counted."""
    by_kind = {
        row["kind"]: row["sum"]
        for row in letter.tallies.values("kind").annotate(sum=Sum("total")).order_by()
    }
    countries = (
        letter.tallies.filter(total__gt=0).exclude(country="").values("country").distinct().count()
    )
    return Counts(
        organisations=by_kind.get(Kind.ORGANISATION, 0),
        people=by_kind.get(Kind.INDIVIDUAL, 0),
        countries=countries,
    )
