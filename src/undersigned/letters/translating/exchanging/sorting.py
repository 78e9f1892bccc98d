"""The entries of a file, each with the block that it belongs to. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from undersigned.letters.translating.blocks import Block, digest_of
from undersigned.letters.translating.checking import FaultCode, faults
from undersigned.letters.translating.exchanging.entries import Entry
from undersigned.letters.translating.exchanging.reporting import Told

# While somebody types, a placeholder may come later; in a file, it is lost.
_REFUSED_IN_FILES = frozenset({FaultCode.PLACEHOLDERS_LOST})


@dataclass
class Sorted:
    """As in `reporting.Report`. `ready`: what may be stored, each with its faults that warn."""

    ready: list[tuple[Block, Told]] = field(default_factory=list)
    unchanged: int = 0
    empty: int = 0
    unfinished: list[Told] = field(default_factory=list)
    refused: list[Told] = field(default_factory=list)
    unknown: list[Told] = field(default_factory=list)
    twice: list[Told] = field(default_factory=list)


def sort_out(blocks: Sequence[Block], entries: Iterable[Entry]) -> Sorted:
    """Which entries may be stored, and what is to be said of the others."""
    found = Sorted()
    by_words = {(block.place.field, block.digest): block for block in reversed(blocks)}
    # Some tools change blanks and line ends in the source.
    by_look = {(block.place.field, _look(block.text)): block for block in reversed(blocks)}
    given: dict[Block, list[Entry]] = {}
    for entry in entries:
        block = by_words.get((entry.field, digest_of(entry.source)))
        block = block or by_look.get((entry.field, _look(entry.source)))
        if not entry.text.strip():
            found.empty += 1
        elif block is None:
            found.unknown.append(Told(entry))
        elif not entry.is_finished:
            found.unfinished.append(Told(entry))
        else:
            given.setdefault(block, []).append(entry)
    for block, of_it in given.items():
        _weigh(block, of_it, found)
    return found


def _weigh(block: Block, entries: Sequence[Entry], found: Sorted) -> None:
    if len({entry.text for entry in entries}) > 1:
        found.twice += map(Told, entries)
        return
    entry, *again = entries
    found.unchanged += len(again)
    wrong = tuple(faults(block, entry.text))
    told = Told(entry, faults=wrong)
    if any(fault.is_refusal or fault.code in _REFUSED_IN_FILES for fault in wrong):
        found.refused.append(told)
    else:
        found.ready.append((block, told))


def _look(text: str) -> str:
    return " ".join(text.split())
