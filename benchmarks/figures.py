"""What was measured: figures with their goals, medians, and the table that people read."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """One result. `rounds` are what it is the median of; `at_least`, `at_most` its goal if any."""

    name: str
    value: float
    unit: str
    rounds: tuple[float, ...] = ()
    at_least: float | None = None
    at_most: float | None = None

    @property
    def goal(self) -> str:
        if self.at_least is not None:
            return f"≥ {show(self.at_least)}"
        return "" if self.at_most is None else f"≤ {show(self.at_most)}"

    @property
    def reached(self) -> bool | None:
        """None where there is no goal."""
        if self.at_least is not None:
            return self.value >= self.at_least
        return None if self.at_most is None else self.value <= self.at_most


@dataclass
class Result:
    """Everything that one benchmark found out. `notes`: sentences that belong to the figures.

    `failed`: it did not come to its end. What is not installed is no failure.
    """

    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: bool = False

    def add(
        self,
        name: str,
        value: float | Sequence[float],
        unit: str,
        *,
        at_least: float | None = None,
        at_most: float | None = None,
    ) -> float:
        """Add a figure; of several values the median. Returns it."""
        rounds = tuple(value) if isinstance(value, Sequence) else ()
        median = statistics.median(rounds) if isinstance(value, Sequence) else value
        self.figures.append(Figure(name, median, unit, rounds, at_least, at_most))
        return median

    @property
    def missed(self) -> list[str]:
        """The figures whose goal was not reached."""
        return [figure.name for figure in self.figures if figure.reached is False]

    def note(self, sentence: str) -> None:
        self.notes.append(sentence)


def table(figures: Iterable[Figure]) -> str:
    """Aligned columns: name, value, unit, goal and whether it is reached."""
    rows = [
        (
            figure.name,
            show(figure.value),
            figure.unit,
            figure.goal,
            {True: "reached", False: "NOT REACHED", None: ""}[figure.reached],
        )
        for figure in figures
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    return "\n".join(
        f"  {name:<{widths[0]}}  {value:>{widths[1]}} {unit:<{widths[2]}}  "
        f"{goal:<{widths[3]}}  {verdict}".rstrip()
        for name, value, unit, goal, verdict in rows
    )


def show(value: float) -> str:
    """`53,400`, `12.5`, `0.83`: as many digits as mean something."""
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
