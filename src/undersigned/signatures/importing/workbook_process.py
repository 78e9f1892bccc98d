"""A program of its own that reads one sheet of an XLSX, XLSB, XLS or ODS file and ends.

Run by `workbooks` and never imported by it: a file of a hundred bytes can claim to have a cell in
the last of 17 billion, and the library then ends the process it runs in for want of memory. So it
runs in one that holds nothing else, with limits, and imports nothing of ours.

Standard input: a line of JSON (`sheet`, `rows`, `columns`, `characters`, `cell`), then the file.
Standard output: JSON with `refused`, or with `names`, `sheet`, `first` (number of the first row,
from 1) and `rows`.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any, TypedDict

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MEMORY = 1_500_000_000  # bytes of address space
SECONDS = 40  # of processor time


class Wanted(TypedDict):
    """`sheet`: a name, or empty for the first visible sheet with cells. The rest are limits."""

    sheet: str
    rows: int
    columns: int
    characters: int
    cell: int


def main() -> None:
    """Read standard input, write standard output."""
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CPU, SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    wanted = json.loads(sys.stdin.buffer.readline())
    answer = read_workbook(sys.stdin.buffer.read(), wanted)
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, hard))


def read_workbook(data: bytes, wanted: Wanted) -> dict[str, Any]:
    """Return what is written to standard output."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _read(book, wanted)
    except (CalamineError, OSError, ValueError):
        return {"refused": "malformed"}


def _read(book: CalamineWorkbook, wanted: Wanted) -> dict[str, Any]:
    names = [sheet.name for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.name in names and sheet.visible is SheetVisibleEnum.Visible
    ]
    if wanted["sheet"] and wanted["sheet"] not in names:
        return {"refused": "no such sheet"}
    candidates = [wanted["sheet"]] if wanted["sheet"] else shown or names
    for name in candidates:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is not None:
            answer = _cells(sheet, wanted)
            return answer if "refused" in answer else {**answer, "names": names, "sheet": name}
    return {"refused": "empty"}


def _cells(sheet: CalamineSheet, wanted: Wanted) -> dict[str, Any]:
    if sheet.width > wanted["columns"]:
        return {"refused": "columns"}
    rows: list[list[str]] = []
    filled = characters = 0
    for cells in sheet.to_python(nrows=wanted["rows"] + 1):
        row = [_as_text(cell)[: wanted["cell"]] for cell in cells]
        rows.append(row)
        if any(row):
            filled = len(rows)
            characters += sum(map(len, row))
        if characters > wanted["characters"]:
            return {"refused": "characters"}
    if filled > wanted["rows"]:
        return {"refused": "rows"}
    first, _ = sheet.start or (0, 0)
    return {"first": first + 1, "rows": rows[:filled]}


def _as_text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell) if isinstance(cell, (int, float, timedelta)) else ""


if __name__ == "__main__":
    main()
