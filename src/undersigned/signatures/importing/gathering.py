"""What the lists of a page have given so far, and the rows next to come."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from undersigned.signatures.importing.entries import Line
from undersigned.signatures.importing.flags import Flag
from undersigned.signatures.importing.habits import Habits
from undersigned.signatures.importing.people import read_individual
from undersigned.signatures.importing.proposal import IgnoredLine
from undersigned.signatures.importing.rows import Entry, read_organisation
from undersigned.signatures.importing.signatories import Individual, Kind, Organisation, Row


@dataclass(slots=True)
class Gathered:
    """What the lists of a page have given so far.

    `only_organisations`: the letter says that no individuals sign it.
    """

    only_organisations: bool = False
    organisations: list[Organisation] = field(default_factory=list)
    people: list[Individual] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    ignored: list[IgnoredLine] = field(default_factory=list)
    accounts: dict[int, str] = field(default_factory=dict)
    organisation_numbers: "count[int]" = field(default_factory=lambda: count(1))
    person_numbers: "count[int]" = field(default_factory=lambda: count(1))

    def account(self, lines: Iterable[int], read_as: str) -> None:
        """Note what lines were read as."""
        self.accounts.update((line, read_as) for line in lines)

    def ignore(self, line: Line, reason: str) -> None:
        """Leave a line out of the reading, saying why."""
        self.ignored.append(IgnoredLine(line.number, line.text, reason))
        self.accounts[line.number] = "ignored"


def organisation_row(
    gathered: Gathered, entry: Entry, habits: Habits
) -> tuple[Organisation, tuple[Flag, ...]]:
    """Read `entry` as the next organisation."""
    name = f"organisation-{next(gathered.organisation_numbers)}"
    return read_organisation(entry, name, habits)


def individual_row(
    gathered: Gathered, entry: Entry, *, featured: bool = False
) -> tuple[Individual, tuple[Flag, ...]]:
    """Read `entry` as the next individual."""
    name = f"individual-{next(gathered.person_numbers)}"
    return read_individual(entry, name, featured=featured)


def as_row(gathered: Gathered, entry: Entry, kind: Kind, habits: Habits) -> Row:
    """Read `entry` as the next row of `kind`."""
    if kind is Kind.ORGANISATION:
        return organisation_row(gathered, entry, habits)[0]
    return individual_row(gathered, entry)[0]
