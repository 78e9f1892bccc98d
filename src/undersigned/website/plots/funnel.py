"""How many of those who began came through: signed, confirmed, listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from undersigned.website.plots.bars import Part, width_of
from undersigned.website.plots.periods import NegativeCount


@dataclass(frozen=True)
class Step:
    """`of_first`, `of_previous`: as a share, 1 being all; None where there was nobody before."""

    label: str
    count: int
    width: float
    of_first: float | None
    of_previous: float | None

    @property
    def beside(self) -> float:
        """Percent that the bar leaves free: where it begins when it grows from the right."""
        return round(100 - self.width, 1)


def draw_funnel(parts: Sequence[Part]) -> tuple[Step, ...]:
    """The steps in their order. Raises NegativeCount.

    A later step may be larger (imported signatures are listed without having been confirmed here).
    """
    longest = max((part.count for part in parts), default=0)
    steps = []
    for part, previous in zip(parts, (None, *parts), strict=False):
        if part.count < 0:
            raise NegativeCount(part.count)
        steps.append(
            Step(
                part.label,
                part.count,
                width_of(part.count, longest),
                _share(part, parts[0]) if previous else None,
                _share(part, previous) if previous else None,
            )
        )
    return tuple(steps)


def _share(part: Part, whole: Part) -> float | None:
    return part.count / whole.count if whole.count else None
