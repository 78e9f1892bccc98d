"""Steps of colour for counts that may differ a thousandfold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count, islice, takewhile

SHADES = 5


@dataclass(frozen=True)
class Class:
    """Counts from `low` to `high`, or without end. `shade`: 1, the faintest, to 5."""

    low: int
    high: int | None
    shade: int


def classes(highest: int) -> tuple[Class, ...]:
    """At most five classes for counts from 1 to `highest`, on the finest scale that suffices.

    Equal steps would put all but two or three countries into the first class.
    """
    lows = next(
        lows
        for scale in _scales()
        if len(lows := [*takewhile(lambda low: low <= highest, islice(scale, SHADES + 1))])
        <= SHADES
    )
    highs: list[int | None] = [low - 1 for low in lows[1:]]
    spread = (SHADES - 1) / max(1, len(lows) - 1)
    return tuple(
        Class(low, high, round(SHADES - (len(lows) - 1 - i) * spread))
        for i, (low, high) in enumerate(zip(lows, [*highs, None], strict=True))
    )


def _scales() -> Iterator[Iterator[int]]:
    """1 2 3 4 5 …; 1 2 5 10 20 …; 1 3 10 30 …; 1 10 100 …; 1 100 10000 …; and so on."""
    return chain(
        (_decades(1, 2, 3, 4, 5, 6), _decades(1, 2, 5), _decades(1, 3)),
        (_powers(10**leap) for leap in count(1)),
    )


def _decades(*steps: int) -> Iterator[int]:
    return (step * 10**power for power in count() for step in steps)


def _powers(base: int) -> Iterator[int]:
    return (base**power for power in count())
