"""Days, and the weeks, months or years that many days are gathered into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise

MOST_PERIODS = 120


class NegativeCount(ValueError):
    """A count below 0: there is no such thing to draw."""


class Length(Enum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Days:
    """How many signatures each day brought. `counts`: in order, days without any left out."""

    first: date
    last: date
    counts: tuple[tuple[date, int], ...]

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both within. `so_far`: all up to the end of the last."""

    first: date
    last: date
    count: int
    so_far: int


def days_of(counts: Iterable[tuple[date, int]], until: date | None = None) -> Days | None:
    """The days from the first with a signature to the last, or on to `until` where that is later.

    A day may come several times. None without any signature. Raises NegativeCount.
    """
    summed: dict[date, int] = {}
    for day, count in counts:
        if count < 0:
            raise NegativeCount(count)
        if count:
            summed[day] = summed.get(day, 0) + count
    if not summed:
        return None
    last = max(summed)
    return Days(min(summed), max(last, until or last), tuple(sorted(summed.items())))


def length_for(days: Days) -> Length:
    """The shortest periods of which there are not too many to see."""
    if len(days) <= MOST_PERIODS:
        return Length.DAY
    if len(days) <= MOST_PERIODS * 7:
        return Length.WEEK
    return Length.MONTH if len(days) <= MOST_PERIODS * 31 else Length.YEAR


def periods(days: Days, length: Length) -> tuple[Period, ...]:
    """Every period in order, also those without a signature; the first and last may be short."""
    starts = [*_starts(days.first, days.last, length)]
    counts = dict.fromkeys(starts, 0)
    for day, count in days.counts:
        counts[max(days.first, _start(day, length))] += count
    found = []
    so_far = 0
    for start, after in pairwise([*starts, days.last + timedelta(1)]):
        so_far += counts[start]
        found.append(Period(start, after - timedelta(1), counts[start], so_far))
    return tuple(found)


def _starts(first: date, last: date, length: Length) -> Iterator[date]:
    yield first
    day = _after(first, length)
    while day <= last:
        yield day
        day = _after(day, length)


def _after(day: date, length: Length) -> date:
    """Where the next period begins."""
    longest = {Length.DAY: 1, Length.WEEK: 7, Length.MONTH: 31, Length.YEAR: 366}[length]
    return _start(_start(day, length) + timedelta(longest), length)


def _start(day: date, length: Length) -> date:
    """Where the period of a day begins; weeks begin on Monday (ISO 8601)."""
    if length is Length.WEEK:
        return day - timedelta(day.weekday())
    if length is Length.MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if length is Length.YEAR else day
