"""How a count is made up: by country, language, source or kind, as bars from the largest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from undersigned.website.plots.periods import NegativeCount

LEAST_WIDTH = 0.5


@dataclass(frozen=True)
class Part:
    """A name in the page's language, and how many."""

    label: str
    count: int


@dataclass(frozen=True)
class Bar:
    """`share`: of all, 0 to 1. `width`: percent of the longest bar. `parts`: how many it is of."""

    label: str
    count: int
    share: float
    width: float
    parts: int = 1

    @property
    def beside(self) -> float:
        """Percent that the bar leaves free: where it begins when it grows from the right."""
        return round(100 - self.width, 1)


@dataclass(frozen=True)
class Bars:
    """`shown`: the largest. `rest`: the others, if there are more. `every`: each by itself."""

    shown: tuple[Bar, ...]
    rest: Bar | None
    every: tuple[Bar, ...]
    total: int


def draw_bars(parts: Iterable[Part], most: int = 10) -> Bars:
    """The `most` largest parts and the rest together; equal ones stay in the order given.

    Parts of nothing are left out. Raises NegativeCount.
    """
    counted = [part for part in parts if part.count]
    for part in counted:
        if part.count < 0:
            raise NegativeCount(part.count)
    counted.sort(key=lambda part: -part.count)
    total = sum(part.count for part in counted)
    # One left over takes the line itself that a remainder would take.
    cut = most if len(counted) > most + 1 else len(counted)
    others = sum(part.count for part in counted[cut:])
    longest = max([others, *(part.count for part in counted)])
    every = tuple(_bar(part, total, longest) for part in counted)
    if not others:
        return Bars(every, None, every, total)
    rest = _bar(Part("", others), total, longest, parts=len(counted) - cut)
    return Bars(every[:cut], rest, every, total)


def _bar(part: Part, total: int, longest: int, parts: int = 1) -> Bar:
    return Bar(part.label, part.count, part.count / total, width_of(part.count, longest), parts)


def width_of(count: int, longest: int) -> float:
    """Percent; what is not nothing can be seen."""
    return round(max(count * 100 / longest, LEAST_WIDTH), 1) if count else 0.0
