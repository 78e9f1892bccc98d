"""From the bytes of a file to a sheet: rows of text, and which of them names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.translation import gettext_noop

from undersigned.signatures.importing.sheet_columns import find_header_row
from undersigned.signatures.importing.sheet_limits import (
    LARGEST_FILE,
    LONGEST_CELL,
    MOST_CHARACTERS,
    SheetNotReadable,
    too_large,
)
from undersigned.signatures.importing.sheet_text import read_text_sheet
from undersigned.signatures.importing.text import clean
from undersigned.signatures.importing.workbooks import read_workbook

__all__ = ["Sheet", "SheetNotReadable", "read_sheet"]

_PICTURE = gettext_noop(
    "The file is a picture, not a spreadsheet: choose the XLSX, ODS or CSV file, or "
    "paste the list as text."
)
_ARCHIVE = gettext_noop(
    "The file is a compressed archive, not a spreadsheet: choose the XLSX, ODS or CSV file, or "
    "paste the list as text."
)
_DOCUMENTS = {
    b"%PDF": gettext_noop(
        "The file is a PDF, not a spreadsheet: choose the XLSX, ODS or CSV file, or "
        "paste the list as text."
    ),
    b"{\\rtf": gettext_noop(
        "The file is a rich text document, not a spreadsheet: choose the XLSX, ODS or CSV file, or "
        "paste the list as text."
    ),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"\x1f\x8b": _ARCHIVE,
    b"Rar!": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as text; all rows have as many cells.

    `file`: the file's name; `names`: of all sheets in it, none for CSV; `chosen`: of this one.
    `rows`: all of them, blank ones too; the first one is row number `first` of the file.
    `header_at`: the index in `rows` of the row that names the columns, or None.
    """

    file: str
    names: tuple[str, ...]
    chosen: str
    first: int
    rows: tuple[tuple[str, ...], ...]
    header_at: int | None

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0])

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, empty ones where there are none."""
        return ("",) * self.width if self.header_at is None else self.rows[self.header_at]

    def body(self) -> Iterable[tuple[int, tuple[str, ...]]]:
        """The rows below the header that are not blank, each with its number in the file."""
        start = 0 if self.header_at is None else self.header_at + 1
        for index, row in enumerate(self.rows[start:], start=start):
            if any(row):
                yield self.first + index, row

    def with_header(self, number: int | None) -> Sheet:
        """The same with another row (by its number in the file), or none, as the header."""
        index = None if number is None else number - self.first
        return replace(self, header_at=index if index in range(len(self.rows)) else None)


def read_sheet(name: str, data: bytes, sheet: str = "") -> Sheet:
    """Read a CSV, TSV, XLSX, XLSB, XLS or ODS file, told by what is in it and not by its name.

    `sheet`: the name of one of several sheets; the first one with cells if empty. Raises
    SheetNotReadable, and nothing else, for any bytes whatever.
    """
    if len(data) > LARGEST_FILE:
        raise too_large()
    if not data.strip():
        raise _empty()
    for start, document in _DOCUMENTS.items():
        if data.startswith(start):
            raise SheetNotReadable(document)
    names: tuple[str, ...] = ()
    chosen, first = "", 1
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        cells = read_workbook(data, sheet)
        names, chosen, first, found = cells.names, cells.sheet, cells.first, cells.rows
    else:
        found = read_text_sheet(data)
    rows = _tidy(found)
    return Sheet(name, names, chosen, first, rows, find_header_row(rows))


def _tidy(found: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    """Clean cells; drop columns and rows at the end that are blank; make rows equally long."""
    rows = [[_clean_cell(cell) for cell in row] for row in found]
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise _empty()
    if sum(len(cell) for row in rows for cell in row) > MOST_CHARACTERS:
        raise too_large()
    width = max(
        max((at for at, cell in enumerate(row, start=1) if cell), default=0) for row in rows
    )
    return tuple(tuple(row[:width]) + ("",) * (width - len(row)) for row in rows)


@lru_cache(maxsize=4096)
def _clean_cell(cell: str) -> str:
    """On one line, without what cannot be seen, and without the apostrophe of our own exports."""
    cell = " ".join((cell if _is_plain(cell) else clean(cell[: 2 * LONGEST_CELL])).split())
    if re.match(r"'\s*[=+\-@＝＋－＠]", cell):
        cell = cell[1:]
    return cell[:LONGEST_CELL]


def _is_plain(cell: str) -> bool:
    return cell.isascii() and cell.isprintable()


def _empty() -> SheetNotReadable:
    return SheetNotReadable(
        gettext_noop("The file has no cells with anything in them: choose another file.")
    )
