"""Exports as XLSX, written row by row."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter  # type: ignore[import-untyped]

from undersigned.signatures.exporting.columns import Cell, ExportRow
from undersigned.signatures.exporting.formulas import harmless
from undersigned.signatures.exporting.presets import Preset, Purpose, select

_LONGEST_CELL = 32_767  # characters, Excel's limit
_FIRST_YEAR = 1900  # Excel knows no earlier one


def write_xlsx(rows: Iterable[ExportRow], preset: Preset, file: BinaryIO) -> int:
    """Write what `preset` allows of `rows`; return how many rows were written.

    Of what everybody may see, memory does not grow with the rows: each one goes to a temporary file
    as it comes, in a folder of its own (mode 0700) beside `file`, where only we look, and gone with
    it. Everything else is made in memory (100,000 full records take 440 MB): a worker that is
    killed leaves its temporary files behind, and those would hold addresses in clear.
    """
    is_public = preset.purpose is Purpose.PUBLIC
    with tempfile.TemporaryDirectory(dir=_beside(file)) if is_public else nullcontext() as folder:
        where = {"constant_memory": True, "tmpdir": folder} if is_public else {"in_memory": True}
        return _write_book(rows, preset, file, where)


def _write_book(
    rows: Iterable[ExportRow], preset: Preset, file: BinaryIO, where: dict[str, Any]
) -> int:
    options = {
        **where,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("Signatures")
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(preset.columns) - 1, 20)
        for column, header in enumerate(preset.headers):
            sheet.write_string(0, column, header, bold)
        written = 0
        for cells in select(rows, preset):
            written += 1
            for column, cell in enumerate(cells):
                _write(sheet, written, column, cell, day, preset)
    return written


def _beside(file: BinaryIO) -> Path | None:
    """The folder of a file on a disk; None for one in memory, or without a name."""
    name = getattr(file, "name", None)
    return Path(name).parent if isinstance(name, str) else None


def _write(sheet: Any, row: int, column: int, cell: Cell, day: Any, preset: Preset) -> None:
    if isinstance(cell, bool):
        sheet.write_string(row, column, preset.yes if cell else preset.no)
    elif isinstance(cell, str):
        if cell:
            sheet.write_string(row, column, harmless(cell)[:_LONGEST_CELL])
    elif cell.year < _FIRST_YEAR:
        sheet.write_string(row, column, cell.isoformat())
    else:
        sheet.write_datetime(row, column, _midnight(cell), day)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  a cell has no time zone
