"""Count in lagged windows: one writer adds what changed, and a nightly recount repairs.

Counting never touches the rows that people wait for, and nobody waits for it.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.day_counting import count_days, with_days
from undersigned.signatures.models import Change, Kind, Signature, State, Tally
from undersigned.signatures.paper import count_on_paper
from undersigned.signatures.partner_counting import count_partners

log = logging.getLogger(__name__)

WINDOW = 5_000
# Letter, text, kind, country: what is counted apart.
Key = tuple[UUID, int, str, str]


@dataclass(frozen=True)
class Counts:
    """What a letter's page shows of its present text. `countries`: how many are named.

    `earlier`: signatures of earlier texts that were not renewed; they are not in the others, and
    neither are those on `paper`, which nobody confirmed.
    """

    organisations: int
    people: int
    countries: int
    earlier: int = 0
    paper: int = 0

    @property
    def total(self) -> int:
        return self.organisations + self.people


@transaction.atomic
def count_changes(letter: Letter | None = None) -> int:
    """Add the oldest WINDOW changes (of one letter) to the tallies; returns how many were counted.

    Letters whose numbers moved get a new revision, so that their pages are rendered anew.
    """
    uncounted = with_days(Change.objects.filter(is_counted=False)).order_by("id")
    if letter is not None:
        uncounted = uncounted.filter(letter=letter)
    if transaction.get_connection().features.has_select_for_update_skip_locked:
        # Two that count at once (an import beside the worker) must not count the same twice.
        uncounted = uncounted.select_for_update(skip_locked=True, of=("self",))
    changes = list(uncounted[:WINDOW])
    moved: Counter[Key] = Counter()
    for change in changes:
        step = (change.after == State.LISTED) - (change.before == State.LISTED)
        moved[change.letter_id, change.text_number, change.kind, change.country] += step
    moves = {key: step for key, step in moved.items() if step}
    for key, step in sorted(moves.items()):
        _add(*key, step)
    count_days(changes)
    count_partners(changes)
    Letter.objects.filter(pk__in={moved_letter for moved_letter, *_ in moves}).update(
        revision=F("revision") + 1
    )
    Change.objects.filter(pk__in=[change.pk for change in changes]).update(is_counted=True)
    return len(changes)


def _add(letter: UUID, text_number: int, kind: str, country: str, step: int) -> None:
    tally, _ = Tally.objects.get_or_create(
        letter_id=letter, text_number=text_number, kind=kind, country=country
    )
    Tally.objects.filter(pk=tally.pk).update(total=F("total") + step)


@transaction.atomic
def recount() -> int:
    """Compare the tallies with the signatures, repair, and report; returns the drift repaired.

    Drift is the sum of all differences. It should be 0; anything else leaves an event.
    """
    drifted: Counter[UUID] = Counter()
    for key, difference in sorted(_differences().items()):
        drifted[key[0]] += abs(difference)
        _add(*key, difference)
    for letter, drift in drifted.items():
        log.warning("The count of letter %s was wrong by %d and is repaired.", letter, drift)
        LetterEvent.objects.create(
            letter_id=letter, actor="recount", act="repair count", details={"drift": drift}
        )
    Letter.objects.filter(pk__in=drifted).update(revision=F("revision") + 1)
    return drifted.total()


def _differences() -> dict[Key, int]:
    """What is missing in the tallies: listed signatures, less what is still to be counted.

    One statement, so that it sees one moment, whatever is signed, counted or imported meanwhile.
    """
    key = ("letter_id", "text_number", "kind", "country")
    listed = (
        Signature.objects.filter(state=State.LISTED)
        .annotate(text_number=F("edition__text_number"))
        .values(*key)
        .annotate(part=Count("id"))
    )
    coming = Change.objects.filter(is_counted=False).values(*key)
    tallied = Tally.objects.values(*key)
    parts = listed.union(
        coming.filter(after=State.LISTED).annotate(part=-Count("id")),
        coming.filter(before=State.LISTED).annotate(part=Count("id")),
        tallied.annotate(part=-F("total")),
        all=True,
    )
    differences: Counter[Key] = Counter()
    for part in parts:
        differences[part["letter_id"], part["text_number"], part["kind"], part["country"]] += part[
            "part"
        ]
    return {key: difference for key, difference in differences.items() if difference}


def read_counts(letter: Letter) -> Counts:
    """The letter's numbers as last counted."""
    text_number = letter.edition.text_number if letter.edition else 1
    present: Counter[str] = Counter()
    countries = set()
    earlier = 0
    for tally in letter.tallies.values("text_number", "kind", "country", "total"):
        if tally["text_number"] != text_number:
            earlier += tally["total"]
            continue
        present[tally["kind"]] += tally["total"]
        if tally["country"] and tally["total"] > 0:
            countries.add(tally["country"])
    return Counts(
        organisations=present[Kind.ORGANISATION],
        people=present[Kind.INDIVIDUAL],
        countries=len(countries),
        earlier=earlier,
        paper=count_on_paper(letter),
    )
