"""Count by day, for the figures: who came when, from where, in which language and by which way.

A day (UTC) is the one on which a signature came: when its mailbox confirmed it, or when it was
brought in by a list. It stays the same whatever happens later, so that `listed` always says how
many of those who came on a day stand now. Whoever leaves is gone from the curve; the day on which
they left is nobody's business.

Countries are counted in rows of their own: beside kind, language and source they would make a
hundred rows of each day, which every figure had to add up. And they are counted twice: `from` is
for organisers, `shown` leaves out whoever chose not to appear. A map that anybody can see must not
say that somebody in a small country signed in silence.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, QuerySet, Sum, TextField
from django.db.models.functions import Cast, Coalesce, Substr

from undersigned.signatures.models import Change, DayCount, Signature, State, Tally
from undersigned.signatures.rules import SHOWN

log = logging.getLogger(__name__)

STARTED = "started"
CONFIRMED = "confirmed"
LISTED = "listed"
FROM = "from"
SHOWN_FROM = "shown"


class Key(NamedTuple):
    """What is counted apart; the columns of DayCount."""

    letter_id: UUID
    day: date
    what: str
    kind: str = ""
    language: str = ""
    source: str = ""
    country: str = ""


def count_started(signatures: Iterable[Signature]) -> None:
    """Count forms that were handed in and answered by mail, once each, in the same transaction."""
    add(Counter(_key(STARTED, one, one.kind) for one in signatures))


def count_days(changes: Iterable[Change]) -> None:
    """Count changes, whose signatures were read with them, in the same transaction."""
    moved = _listed(changes)
    for change in changes:
        if (change.before, change.after) == (State.PENDING, State.CONFIRMED):
            moved[_key(CONFIRMED, change.signature, change.kind)] += 1
    add(moved)


def with_days(changes: QuerySet[Change]) -> QuerySet[Change]:
    """Read with each change what `count_days` needs of its signature, and nothing sealed."""
    return changes.select_related("signature").only(
        *("letter_id", "kind", "country", "text_number", "before", "after", "is_shown"),
        *("signature_id", "signature__letter_id", "signature__language", "signature__source"),
        *("signature__created_at", "signature__confirmed_at", "signature__via"),
    )


def add(moves: Counter[Key]) -> None:
    """Add to the counts; keys that are new begin at 0."""
    moved = {key: step for key, step in sorted(moves.items()) if step}
    DayCount.objects.bulk_create(
        (DayCount(**key._asdict()) for key in moved), ignore_conflicts=True, batch_size=500
    )
    for key, step in moved.items():
        DayCount.objects.filter(**key._asdict()).update(total=F("total") + step)


@transaction.atomic
def recount_days() -> int:
    """Compare the days with the tallies, and count the letters anew where they differ.

    Returns how many letters that were. `started` and `confirmed` are not counted anew: nothing
    else remembers those who never confirmed. Run it after `counting.recount`, which puts the
    tallies right.
    """
    drifted = _drifted()
    for letter in drifted:
        log.warning("The days of letter %s were counted wrong and are counted anew.", letter)
        _count_anew(letter)
    return len(drifted)


def _drifted() -> list[UUID]:
    """Letters whose days do not add up: to their tallies, and to those who appear."""
    sums: Counter[tuple[UUID, str, str]] = Counter()
    tallies = Tally.objects.all()
    appearing = Signature.objects.filter(state=State.LISTED, visibility__in=SHOWN)
    for what, column, right in (
        (LISTED, "kind", tallies.values_list("letter_id", "kind").annotate(Sum("total"))),
        (FROM, "country", tallies.values_list("letter_id", "country").annotate(Sum("total"))),
        (
            SHOWN_FROM,
            "country",
            appearing.values_list("letter_id", "country").annotate(Count("pk")),
        ),
    ):
        for letter, value, total in right.order_by():
            sums[letter, what, value] += total
        days = DayCount.objects.filter(what=what).values_list("letter_id", column)
        for letter, value, total in days.annotate(Sum("total")).order_by():
            sums[letter, what, value] -= total
    # Tallies too do without what is still to be counted; those who appear are there already.
    for key, step in _listed(with_days(Change.objects.filter(is_counted=False))).items():
        if key.what == SHOWN_FROM:
            sums[key.letter_id, SHOWN_FROM, key.country] -= step
    return sorted({letter for (letter, _, _), difference in sums.items() if difference})


def _count_anew(letter: UUID) -> None:
    """From the signatures, less what the counter has still to count."""
    counted: Counter[Key] = Counter()
    # Both databases write a moment in UTC as `2026-11-23 …`, and group by it at once.
    came = Substr(Cast(Coalesce("confirmed_at", "created_at"), TextField()), 1, 10)
    listed = Signature.objects.filter(letter=letter, state=State.LISTED).annotate(came=came)
    listed = listed.order_by()
    for day, kind, language, source, number in listed.values_list(
        "came", "kind", "language", "source"
    ).annotate(Count("pk")):
        counted[Key(letter, date.fromisoformat(day), LISTED, kind, language, source)] += number
    for day, country, visibility, number in listed.values_list(
        "came", "country", "visibility"
    ).annotate(Count("pk")):
        key = Key(letter, date.fromisoformat(day), FROM, country=country)
        counted[key] += number
        if visibility in SHOWN:
            counted[key._replace(what=SHOWN_FROM)] += number
    counted.subtract(_listed(with_days(Change.objects.filter(letter=letter, is_counted=False))))
    DayCount.objects.filter(letter=letter, what__in=(LISTED, FROM, SHOWN_FROM)).delete()
    add(counted)


def _listed(changes: Iterable[Change]) -> Counter[Key]:
    """What changes do to the days of those who are listed."""
    moved: Counter[Key] = Counter()
    for change in changes:
        step = (change.after == State.LISTED) - (change.before == State.LISTED)
        moved[_key(LISTED, change.signature, change.kind)] += step
        moved[_from(FROM, change.signature, change.country)] += step
        if change.is_shown:
            moved[_from(SHOWN_FROM, change.signature, change.country)] += step
    return moved


def _key(what: str, one: Signature, kind: str) -> Key:
    return Key(one.letter_id, _day(one), what, kind, one.language, one.source)


def _from(what: str, one: Signature, country: str) -> Key:
    return Key(one.letter_id, _day(one), what, country=country)


def _day(one: Signature) -> date:
    at: datetime = one.confirmed_at or one.created_at
    return at.astimezone(UTC).date()
