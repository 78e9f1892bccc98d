"""How fast a count grew: the new signatures of each day, or of each week, month or year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from undersigned.website.plots.axes import Time, levels, times
from undersigned.website.plots.growth import HEIGHT, Level, across, upwards
from undersigned.website.plots.periods import Days, Length, Period, length_for, periods

WIDEST = 48  # units: a column is no wall


@dataclass(frozen=True)
class Columns:
    """`area`: a path of columns within WIDTH × HEIGHT. `best`: the first period with most."""

    area: str
    levels: tuple[Level, ...]
    times: tuple[Time, ...]
    total: int
    first: date
    last: date
    best: Period
    length: Length
    periods: tuple[Period, ...]


def draw_pace(days: Days) -> Columns:
    length = length_for(days)
    columns = periods(days, length)
    scale = levels(max(period.count for period in columns))
    return Columns(
        area="".join(_column(period, days, scale[-1]) for period in columns if period.count),
        levels=tuple(Level(value, upwards(value, scale[-1])) for value in scale),
        times=times(days.first, days.last),
        total=days.total,
        first=days.first,
        last=days.last,
        best=max(columns, key=lambda period: period.count),
        length=length,
        periods=columns,
    )


def _column(period: Period, days: Days, top: int) -> str:
    """A rectangle from the ground up, at least one unit high: one signature among many is seen."""
    start = across((period.first - days.first).days, days)
    end = across((period.last - days.first).days + 1, days)
    width = min((end - start) * 0.85, WIDEST)
    left = (start + end - width) / 2
    height = min(upwards(period.count, top), HEIGHT - 1)
    return f"M{left:.1f} {HEIGHT}V{height:g}H{left + width:.1f}V{HEIGHT}z"
