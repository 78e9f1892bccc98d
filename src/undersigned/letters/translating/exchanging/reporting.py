"""What became, or would become, of each entry of a file."""

from __future__ import annotations

from dataclasses import dataclass

from undersigned.letters.translating.checking import Fault
from undersigned.letters.translating.exchanging.entries import Entry


@dataclass(frozen=True)
class Told:
    """An entry that a person should look at. `theirs`: what stands in the letter instead."""

    entry: Entry
    theirs: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Report:
    """Every entry of a file is in exactly one of these.

    `taken`: stored, some of them with faults that only warn. `unchanged`: the number of those that
    say what the letter says, or what it said when the file was written; `empty`: that say nothing.
    `unfinished`: marked as such in the file. `conflicts`: somebody changed the block since the file
    was written. `refused`: with faults. `unknown`: the letter does not say that, or not any more.
    `twice`: entries of the same words that say different things.
    """

    taken: tuple[Told, ...] = ()
    unchanged: int = 0
    empty: int = 0
    unfinished: tuple[Told, ...] = ()
    conflicts: tuple[Told, ...] = ()
    refused: tuple[Told, ...] = ()
    unknown: tuple[Told, ...] = ()
    twice: tuple[Told, ...] = ()

    @property
    def doubted(self) -> tuple[Told, ...]:
        """What was taken and should be read once more."""
        return tuple(told for told in self.taken if told.faults)

    @property
    def total(self) -> int:
        told = (self.unfinished, self.conflicts, self.refused, self.unknown, self.twice)
        return len(self.taken) + self.unchanged + self.empty + sum(map(len, told))
