"""How a count grew: all signatures so far, day after day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from undersigned.website.plots.axes import Time, levels, times
from undersigned.website.plots.lines import path, thin
from undersigned.website.plots.periods import Days, Length, Period, length_for, periods

WIDTH = 640  # units, stretched to the width of the page
HEIGHT = 150  # units, and pixels
TOLERANCE = 0.75


@dataclass(frozen=True)
class Level:
    """A line across, at a round value. `y`: from the top."""

    value: int
    y: float


@dataclass(frozen=True)
class Curve:
    """`line` and `area`: paths within WIDTH × HEIGHT. `best`: the day with most, and how many."""

    line: str
    area: str
    levels: tuple[Level, ...]
    times: tuple[Time, ...]
    total: int
    first: date
    last: date
    best: tuple[date, int]
    length: Length
    periods: tuple[Period, ...]


def draw_growth(days: Days, tolerance: float = TOLERANCE) -> Curve:
    """A curve from nothing, before the first day, to the total at the end of the last.

    Time runs from left to right in every language: Arabic and Hebrew papers and school books print
    curves so, and what is a map or a curve is not turned round with the text.

    `tolerance`: how many units the line may be off the truth, so that it has few points.
    """
    scale = levels(days.total)
    points = [(0.0, float(HEIGHT))]
    so_far = 0
    for day, count in days.counts:
        before = (day - days.first).days
        points.append((across(before, days), upwards(so_far, scale[-1])))
        so_far += count
        points.append((across(before + 1, days), upwards(so_far, scale[-1])))
    points.append((float(WIDTH), upwards(so_far, scale[-1])))
    line = path(thin(points, tolerance))
    length = length_for(days)
    return Curve(
        line=line,
        area=f"{line}V{HEIGHT}H0z",
        levels=tuple(Level(value, upwards(value, scale[-1])) for value in scale),
        times=times(days.first, days.last),
        total=days.total,
        first=days.first,
        last=days.last,
        best=most_in_a_day(days),
        length=length,
        periods=periods(days, length),
    )


def across(days_passed: int, days: Days) -> float:
    return days_passed * WIDTH / len(days)


def upwards(value: int, top: int) -> float:
    return round(HEIGHT - value * HEIGHT / top, 1)


def most_in_a_day(days: Days) -> tuple[date, int]:
    """The first of the days that brought most."""
    return max(days.counts, key=lambda one: (one[1], -one[0].toordinal()))
