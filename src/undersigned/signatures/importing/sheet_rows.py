"""Reading the rows of a sheet whose columns are known, in the vocabulary of the text reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from undersigned.signatures.importing.addresses import take_mail
from undersigned.signatures.importing.duplicates import find_duplicates
from undersigned.signatures.importing.entries import Line
from undersigned.signatures.importing.flags import Code, Flag, Swap, merge_flags
from undersigned.signatures.importing.gathering import Gathered, individual_row, organisation_row
from undersigned.signatures.importing.habits import Habits, find_habits
from undersigned.signatures.importing.list_doubts import flag_missing_places, prose
from undersigned.signatures.importing.listed_already import find_listed
from undersigned.signatures.importing.neighbours import find_capital_surnames, find_surnames_first
from undersigned.signatures.importing.proposal import Proposal
from undersigned.signatures.importing.prose import is_prose
from undersigned.signatures.importing.rows import Entry
from undersigned.signatures.importing.sheet_cells import (
    Told,
    doubts_of,
    has_name,
    read_cells,
    row_from_cells,
)
from undersigned.signatures.importing.sheet_columns import Holds, Mapping
from undersigned.signatures.importing.sheet_kinds import (
    doubtful_kinds,
    find_kinds,
    kinds_flag,
    other_kind,
)
from undersigned.signatures.importing.sheet_values import (
    read_consent,
    read_dates,
    read_language,
)
from undersigned.signatures.importing.sheets import Sheet
from undersigned.signatures.importing.signatories import Individual, Kind, Organisation, Row


@dataclass(frozen=True, slots=True)
class Beside:
    """What a row says beside its signatory. `language` is a code or empty.

    E-mail addresses are left in the sheet: nobody wrote to us from them.
    """

    language: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class SheetReading:
    """The rows as a proposal, whose `lines` are numbers of rows of the file.

    `beside` has what more is known of a row, by the row's identity; rows without are absent.
    """

    proposal: Proposal
    beside: dict[str, Beside] = field(default_factory=dict)


_ALONE = frozenset(
    {
        Holds.NAME,
        Holds.KIND,
        Holds.EMAIL,
        Holds.LANGUAGE,
        Holds.DATE,
        Holds.FEATURED,
        Holds.CONSENT_PUBLICATION,
        Holds.CONSENT_UPDATES,
        Holds.NOTHING,
    }
)
"""Columns that leave place, title and affiliation to stand in the column of names, if anywhere."""


def read_rows(
    sheet: Sheet, mapping: Mapping, listed: Sequence[Row] = (), kind: Kind | None = None
) -> SheetReading:
    """Read every row below the header; `listed` are the signatories that the letter has already.

    `kind`: what all rows are, unless a column says otherwise. Rows without a name, or without a
    plain yes in a column of consents to publication, are ignored with the reason.
    """
    gathered = Gathered()
    told = _tell(gathered, sheet, mapping)
    kinds = find_kinds(told, mapping, kind)
    habits = find_habits([row.cells[Holds.NAME] for row in told]) if _is_alone(mapping) else None
    beside: dict[str, Beside] = {}
    dates, unsure = read_dates([row.cells.get(Holds.DATE, "") for row in told])
    for row, (chosen, _), signed_on in zip(told, kinds, dates, strict=True):
        read = _read(gathered, row, mapping, chosen, habits)
        found = Beside(read_language(row.cells.get(Holds.LANGUAGE, "")), signed_on)
        if found != Beside():
            beside[read.id] = found
    if unsure:
        gathered.flags.append(_dates_unsure())
    _doubt_kinds(gathered, told, kinds, mapping, habits)
    return SheetReading(_propose(gathered, listed), beside)


def _tell(gathered: Gathered, sheet: Sheet, mapping: Mapping) -> list[Told]:
    """The rows that are to be read; the others are ignored, with the reason."""
    told = []
    if sheet.header_at is not None:
        number = sheet.first + sheet.header_at
        gathered.ignore(Line(number, _shown(mapping, sheet.header)), "names of columns")
    for number, cells in sheet.body():
        row = Told(number, read_cells(mapping, cells), _shown(mapping, cells))
        line = Line(number, row.text)
        consent = read_consent(row.cells.get(Holds.CONSENT_PUBLICATION, ""))
        if not has_name(row):
            gathered.ignore(line, "no name in this row")
        elif Holds.CONSENT_PUBLICATION in mapping and not consent:
            reason = (
                "no consent to be published" if consent is False else "the consent is not clear"
            )
            gathered.ignore(line, reason)
        else:
            told.append(row)
    return told


def _shown(mapping: Mapping, cells: Sequence[str]) -> str:
    """The row as it was found, but for e-mail addresses: these are not repeated anywhere."""
    shown = [
        take_mail(cell)[0].strip()
        for holds, cell in zip(mapping, cells, strict=True)
        if holds is not Holds.EMAIL
    ]
    return " · ".join(cell for cell in shown if cell)


def _is_alone(mapping: Mapping) -> bool:
    return Holds.NAME in mapping and _ALONE.issuperset(mapping)


def _read(
    gathered: Gathered, told: Told, mapping: Mapping, kind: Kind, habits: Habits | None
) -> Row:
    """Read one row into `gathered`, with its flags."""
    row, flags = _as_row(gathered, told, mapping, kind, habits)
    if isinstance(row, Organisation):
        gathered.organisations.append(row)
    else:
        gathered.people.append(row)
    gathered.flags += flags
    if is_prose(row.name):
        gathered.flags.append(prose(row, kind))
    gathered.account((told.number,), kind.value)
    return row


def _as_row(
    gathered: Gathered, told: Told, mapping: Mapping, kind: Kind, habits: Habits | None
) -> tuple[Row, tuple[Flag, ...]]:
    featured = bool(read_consent(told.cells.get(Holds.FEATURED, "")))
    if habits is None:
        numbers = (
            gathered.organisation_numbers if kind is Kind.ORGANISATION else gathered.person_numbers
        )
        row = row_from_cells(f"{kind.value}-{next(numbers)}", kind, told, featured=featured)
        return row, doubts_of(row, told)
    entry = Entry(told.cells[Holds.NAME], (told.number,))
    if kind is Kind.ORGANISATION:
        return organisation_row(gathered, entry, habits)
    return individual_row(gathered, entry, featured=featured)


def _propose(gathered: Gathered, listed: Sequence[Row]) -> Proposal:
    organisations, people = gathered.organisations, gathered.people
    gathered.flags += find_surnames_first(people) + find_capital_surnames(people)
    # A country without a label is a place too: its name is shown in the reader's language.
    gathered.flags += flag_missing_places(
        [row for row in organisations if row.place or not row.country]
    )
    for rows, kind in ((organisations, Organisation), (people, Individual)):
        known = find_listed(rows, [row for row in listed if isinstance(row, kind)])
        gathered.flags += known
        leaving = {row for flag in known for row in flag.rows}
        gathered.flags += find_duplicates([row for row in rows if row.id not in leaving])
    if not organisations and not people:
        gathered.flags.append(
            Flag(
                id=Code.NO_SIGNATORIES,
                code=Code.NO_SIGNATORIES,
                where="signatories",
                reason="No row of the sheet has a name that may be published.",
                suggestion="Go on without signatories?",
            )
        )
    return Proposal(
        organisations=tuple(organisations),
        featured=tuple(person for person in people if person.featured),
        others=tuple(person for person in people if not person.featured),
        flags=merge_flags(gathered.flags),
        ignored=tuple(gathered.ignored),
        accounts=tuple(sorted(gathered.accounts.items())),
    )


def _doubt_kinds(
    gathered: Gathered,
    told: list[Told],
    kinds: list[tuple[Kind, bool]],
    mapping: Mapping,
    habits: Habits | None,
) -> None:
    """Ask once about all the rows that may be either; declining lists them as the other kind."""
    doubtful = doubtful_kinds(kinds)
    if not doubtful:
        return
    rows: dict[int, Row] = {row.lines[0]: row for row in gathered.organisations}
    rows.update((row.lines[0], row) for row in gathered.people)
    asked = [rows[told[index].number] for index in doubtful]
    swaps = []
    for index, row in zip(doubtful, asked, strict=True):
        other, _ = _as_row(gathered, told[index], mapping, other_kind(kinds[index][0]), habits)
        swaps.append(Swap((row.id,), (other,)))
    gathered.flags.append(kinds_flag(asked, kinds[doubtful[0]][0], swaps))


def _dates_unsure() -> Flag:
    return Flag(
        id=f"{Code.DATE_UNSURE}:sheet",
        code=Code.DATE_UNSURE,
        where="signatories",
        reason="The dates of the sheet do not show whether the day or the month comes first.",
        suggestion="Read 3/4/2026 as 3 April?",
    )
