"""Round values and dates to write at an axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import chain, count, islice, takewhile

MOST_LEVELS = 4
MOST_TIMES = 4  # as many as a phone has room for


class Unit(Enum):
    """What a date at an axis stands for, and so how it is written."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Time:
    """A label at the time axis. `x`: percent of the plot's width."""

    day: date
    unit: Unit
    x: float

    @property
    def anchor(self) -> str:
        """SVG's `text-anchor`, so that no label is cut off at the edges."""
        if self.x < 8:
            return "start"
        return "end" if self.x > 92 else "middle"


def levels(top: int) -> tuple[int, ...]:
    """Round values from 0 to `top` or just above: 0, 50, 100, 150 for 120. Steps of 1, 2 or 5."""
    step = next(step for step in _round_steps() if top <= MOST_LEVELS * step)
    highest = max(1, -(-top // step)) * step
    return tuple(range(0, highest + 1, step))


def times(first: date, last: date) -> tuple[Time, ...]:
    """At most four dates to write below a plot that runs from the first day to the end of the last.

    Days are marked in their middle, months and years where they begin.
    """
    days = (last - first).days + 1
    unit, found = next(
        (unit, found)
        for unit, marks in _calendars(first)
        if len(found := [*takewhile(lambda day: day <= last, islice(marks, MOST_TIMES + 1))])
        <= MOST_TIMES
    )
    middle = 0.5 if unit is Unit.DAY else 0
    return tuple(
        Time(day, unit, round(((day - first).days + middle) * 100 / days, 1)) for day in found
    )


def _calendars(first: date) -> Iterator[tuple[Unit, Iterator[date]]]:
    """Finer ones first; without end, and so are the dates in each."""
    return chain(
        ((Unit.DAY, _days(first, step)) for step in (1, 2, 3, 5, 7, 10, 14, 21)),
        ((Unit.MONTH, _months(first, step)) for step in (1, 3, 6)),
        ((Unit.YEAR, _years(first, step)) for step in _round_steps()),
    )


def _days(first: date, step: int) -> Iterator[date]:
    return (first + timedelta(days) for days in count(0, step))


def _months(first: date, step: int) -> Iterator[date]:
    start = first.year * 12 + first.month - 1 + (first.day > 1)
    return (date(month // 12, month % 12 + 1, 1) for month in count(-(-start // step) * step, step))


def _years(first: date, step: int) -> Iterator[date]:
    start = first.year + ((first.month, first.day) > (1, 1))
    return (date(year, 1, 1) for year in count(-(-start // step) * step, step))


def _round_steps() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50, …"""
    return (step * 10**power for power in count() for step in (1, 2, 5))
