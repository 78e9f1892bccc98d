"""A list that somebody brings, read: from the bytes of a file or a text to rows and questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_noop

from undersigned.signatures.importing.choices import Choices
from undersigned.signatures.importing.encoding import NotText, Undecodable, decode
from undersigned.signatures.importing.flags import Flag, merge_flags
from undersigned.signatures.importing.listed_already import find_listed
from undersigned.signatures.importing.page import propose, propose_list
from undersigned.signatures.importing.proposal import LetterText, Proposal
from undersigned.signatures.importing.prose import is_prose
from undersigned.signatures.importing.sheet_columns import Holds, find_header_row, guess_columns
from undersigned.signatures.importing.sheet_rows import Beside, read_rows
from undersigned.signatures.importing.sheet_text import read_text_sheet
from undersigned.signatures.importing.sheets import Sheet, SheetNotReadable, read_sheet
from undersigned.signatures.importing.signatories import Individual, Kind, Organisation, Row

TEXT, SHEET = "text", "sheet"


@dataclass(frozen=True)
class Brought:
    """What a list says. `sheet` and `beside` (see `sheet_rows`) are for sheets only."""

    proposal: Proposal
    sheet: Sheet | None = None
    beside: dict[str, Beside] = field(default_factory=dict)


def form_of(content: bytes, file_name: str) -> str:
    """Return SHEET or TEXT: by what is in it, and for a file of text also by its name.

    Cells that were copied from a spreadsheet have tabs between them; what was copied from a CSV
    file begins with the names of columns.
    """
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or file_name.lower().endswith(_SHEETS):
        return SHEET
    lines = [line for line in content[:100_000].splitlines() if line.strip()]
    with_tabs = sum(b"\t" in line.strip() for line in lines)
    has_tabs = len(lines) > 1 and with_tabs * 5 >= len(lines) * 4
    return SHEET if has_tabs or _begins_with_columns(lines[:20]) else TEXT


def _begins_with_columns(lines: Sequence[bytes]) -> bool:
    try:
        rows = read_text_sheet(b"\n".join(lines))
    except SheetNotReadable:
        return False
    return find_header_row(rows[:1]) == 0 and len(rows[0]) > 1 and len(rows) > 1


_SHEETS = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def first_choices(content: bytes, form: str, kind: str) -> Choices:
    """How a list is read unless somebody says otherwise; raises SheetNotReadable."""
    if form == TEXT:
        is_page = _is_page(read_text(content))
        return Choices(kind=kind, is_page=is_page, whole_page=is_page)
    return choices_for(read_sheet("", content), Choices(kind=kind))


def choices_for(sheet: Sheet, choices: Choices) -> Choices:
    """The same for another sheet or another row of names: its columns are guessed anew."""
    columns = guess_columns(sheet.header, (row for _, row in sheet.body()))
    header = 0 if sheet.header_at is None else sheet.first + sheet.header_at
    return choices.read_anew(
        sheet=sheet.chosen, header=header, columns=tuple(str(holds) for holds in columns)
    )


def open_sheet(content: bytes, choices: Choices) -> Sheet:
    """The sheet that was chosen, with its row of names; raises SheetNotReadable."""
    return read_sheet("", content, choices.sheet).with_header(choices.header or None)


def read(content: bytes, form: str, choices: Choices, listed: Sequence[Row]) -> Brought:
    """Read a list as chosen; `listed` is who is on the letter's list already.

    Raises SheetNotReadable.
    """
    kind = Kind(choices.kind) if choices.kind else None
    if form == SHEET:
        sheet = open_sheet(content, choices)
        mapping = tuple(Holds(column) for column in choices.columns)
        found = read_rows(sheet, mapping, listed, kind)
        return Brought(found.proposal, sheet, found.beside)
    text = read_text(content)
    proposal = propose(text) if choices.whole_page else propose_list(text, kind)
    return Brought(_only_signatories(proposal, listed))


def read_text(content: bytes) -> str:
    """The text of a file; raises SheetNotReadable."""
    try:
        text = decode(content)
    except NotText:
        raise SheetNotReadable(
            gettext_noop(
                "The file is neither text nor a spreadsheet: copy the list and paste it instead."
            )
        ) from None
    except Undecodable:
        raise SheetNotReadable(
            gettext_noop(
                "The letters in the file cannot be told with certainty: copy the list and paste "
                "it, or save the file as plain text in UTF-8."
            )
        ) from None
    if re.match(r"\s*<(?:!doctype|html|\?xml)", text[:2000], re.IGNORECASE):
        raise SheetNotReadable(
            gettext_noop(
                "The file is the source of a web page: open it in a browser, select the list, "
                "copy it and paste it here."
            )
        )
    if not text.strip():
        raise SheetNotReadable(gettext_noop("The file has no text in it: choose another one."))
    return text


_ABOVE_A_LIST = 400


def _is_page(text: str) -> bool:
    """Whether a letter stands above the list. Long lists without sentences are not read twice."""
    if not any(is_prose(line) for line in text.splitlines()[:_ABOVE_A_LIST]):
        return False
    proposal = propose(text)
    rows = (*proposal.organisations, *proposal.featured, *proposal.others)
    return bool(rows) and any(is_prose(paragraph) for paragraph in proposal.letter.body)


_LISTS = frozenset({"organisations", "individuals", "signatories"})


def _only_signatories(proposal: Proposal, listed: Sequence[Row]) -> Proposal:
    """Without the letter and the questions about it; with those about who is listed already."""
    flags = [flag for flag in proposal.flags if flag.where in _LISTS]
    people = [*proposal.featured, *proposal.others]
    flags += _already(proposal.organisations, listed, Organisation)
    flags += _already(people, listed, Individual)
    return replace(proposal, letter=LetterText(), flags=merge_flags(flags))


def _already(rows: Sequence[Row], listed: Sequence[Row], kind: type[Row]) -> list[Flag]:
    return find_listed(rows, [row for row in listed if isinstance(row, kind)])
