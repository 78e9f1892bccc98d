"""The rows of a list as they would be stored, with the questions about each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from undersigned.signatures.enrolling import Enrolled
from undersigned.signatures.importing.becoming import Fault, as_enrolled, edit_row, tidy
from undersigned.signatures.importing.brought import Brought
from undersigned.signatures.importing.choices import Choices
from undersigned.signatures.importing.flags import Code, Flag, Swap
from undersigned.signatures.importing.signatories import Row


@dataclass(frozen=True, slots=True)
class Laid:
    """One row. `faults` keep it from being stored; `flags` are the questions about it."""

    id: str
    row: Row
    entry: Enrolled
    faults: tuple[Fault, ...]
    flags: tuple[Flag, ...]
    is_edited: bool


@dataclass(frozen=True, slots=True)
class Left:
    """Something that is not brought in. `row` is the identity of a row that can be brought back.

    `reason` is empty for rows that somebody left out by hand.
    """

    line: int
    text: str
    reason: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """All of a list. `open`: how many questions nobody has answered."""

    rows: tuple[Laid, ...]
    left: tuple[Left, ...]
    flags: tuple[Flag, ...]
    open: int

    @property
    def faulty(self) -> tuple[Laid, ...]:
        """Rows that have to be changed or left out before the list can be stored."""
        return tuple(laid for laid in self.rows if laid.faults)

    @property
    def doubles(self) -> tuple[Flag, ...]:
        """Questions whether two are the same."""
        return tuple(flag for flag in self.flags if flag.code is Code.POSSIBLE_DUPLICATE)

    def find(self, row: str) -> Laid | None:
        """One row by its identity."""
        return next((laid for laid in self.rows if laid.id == row), None)


def lay_out(brought: Brought, choices: Choices) -> Layout:
    """Apply the answers, then the changes made by hand; rows stand in the order of the list."""
    proposal = brought.proposal
    accepted = [flag.id for flag in proposal.flags if choices.answers.get(flag.id, True)]
    reading = proposal.accept(accepted)
    asked = _flags_by_row(proposal.flags)
    final: tuple[Row, ...] = (*reading.organisations, *reading.featured, *reading.others)
    laid: list[Laid] = []
    left = [Left(line.line, line.text, line.reason) for line in proposal.ignored]
    left += [_left(row, "a question was answered so") for row in reading.left_out]
    for row in sorted(final, key=lambda row: row.lines[:1]):
        if row.id in choices.left_out:
            left.append(_left(row, "", row.id))
            continue
        edit = choices.edits.get(row.id)
        entry, faults = tidy(as_enrolled(edit_row(row, edit) if edit else row))
        laid.append(Laid(row.id, row, entry, faults, tuple(asked[row.id]), bool(edit)))
    return Layout(
        rows=tuple(laid),
        left=tuple(sorted(left, key=lambda one: one.line)),
        flags=proposal.flags,
        open=sum(flag.id not in choices.answers for flag in proposal.flags),
    )


def _flags_by_row(flags: tuple[Flag, ...]) -> defaultdict[str, list[Flag]]:
    """The questions about each row, also about rows that an answer brings in."""
    asked: defaultdict[str, list[Flag]] = defaultdict(list)
    for flag in flags:
        rows = dict.fromkeys(flag.rows)
        for change in (*flag.changes, *flag.otherwise):
            if isinstance(change, Swap):
                rows.update(dict.fromkeys(row.id for row in change.by))
        for row in rows:
            asked[row].append(flag)
    return asked


def _left(row: Row, reason: str, id_: str = "") -> Left:
    return Left(row.lines[0] if row.lines else 0, row.name, reason, id_)
