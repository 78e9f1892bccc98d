"""Until when a letter's addresses are kept: what signers are told, and cannot be put off.

30 days after the letter closes, the addresses of those go who asked to hear no more. On the end
date all of them go, with the letter's key. Whoever signs reads both beforehand; therefore the date
may be brought forward at any time, and put off only while nobody can have read it: in a draft.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from undersigned.letters.models import OVER_STATES, Letter, LetterEvent, LetterState
from undersigned.letters.publishing import bump_revision

KEPT_AFTER_CLOSING = timedelta(days=30)
YEARS_AFTER_DEADLINE = 1
YEARS_WITHOUT_DEADLINE = 2
YEARS_AT_MOST = 5


class CannotPutOff(Exception):
    """Signers were told an earlier date."""


class OutOfRange(Exception):
    """The date is over, or further away than any letter's addresses may be kept."""


class AlreadyGone(Exception):
    """The letter's addresses are gone."""


def end_date(letter: Letter, today: date) -> date:
    """When all addresses go; of a draft for which nobody chose, as it would be from today."""
    if letter.addresses_until is not None:
        return letter.addresses_until
    deadline = letter.deadline and letter.deadline.astimezone(UTC).date()
    if deadline is not None and deadline >= today:
        return min(_years_later(deadline, YEARS_AFTER_DEADLINE), latest_end(today))
    return _years_later(today, YEARS_WITHOUT_DEADLINE)


def latest_end(today: date) -> date:
    """The furthest date that may be chosen."""
    return _years_later(today, YEARS_AT_MOST)


def unasked_go_at(letter: Letter) -> datetime | None:
    """When the addresses go of those who asked to hear no more; None while that is not known."""
    closes = letter.closed_at if letter.state in OVER_STATES else letter.deadline
    return closes and closes + KEPT_AFTER_CLOSING


@transaction.atomic
def set_end_date(letter: Letter, wanted: date, *, today: date, actor: str) -> bool:
    """Say when all addresses go; today for at once. False if that is the date already.

    Raises AlreadyGone, OutOfRange, CannotPutOff.
    """
    row = Letter.objects.select_for_update(of=("self",)).defer("logo").get(pk=letter.pk)
    if row.key_destroyed_at is not None:
        raise AlreadyGone
    if not today <= wanted <= latest_end(today):
        raise OutOfRange
    before = row.addresses_until
    if before == wanted:
        return False
    if before is not None and wanted > before and row.state != LetterState.DRAFT:
        raise CannotPutOff
    Letter.objects.filter(pk=row.pk).update(addresses_until=wanted)
    letter.addresses_until = wanted
    bump_revision(row)
    LetterEvent.objects.create(
        letter=row, actor=actor, act="set end of addresses", details={"until": str(wanted)}
    )
    return True


def promise_end(letter: Letter, now: datetime) -> None:
    """Fix the date before anybody reads it; one that was chosen for a draft, and is over, goes."""
    today, chosen = now.astimezone(UTC).date(), letter.addresses_until
    # Founders may have read it: theirs is a promise, whatever day it is.
    if chosen is not None and (chosen > today or letter.founders_key):
        return
    letter.addresses_until = None
    letter.addresses_until = end_date(letter, today)
    Letter.objects.filter(pk=letter.pk).update(addresses_until=letter.addresses_until)


def promise_due(now: datetime) -> int:
    """For letters of an earlier version: fix the date, and note when they closed; returns how many.

    Nobody was told a date. Those that were closed count as if they closed now.
    """
    before = Letter.objects.exclude(state=LetterState.DRAFT).defer("logo")
    undated = list(before.filter(addresses_until=None, key_destroyed_at=None))
    for letter in undated:
        promise_end(letter, now)
        bump_revision(letter)
    return len(undated) + Letter.objects.filter(state__in=OVER_STATES, closed_at=None).update(
        closed_at=now
    )


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
