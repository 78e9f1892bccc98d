"""Exports as CSV: RFC 4180, UTF-8, no cell that a spreadsheet program would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import BinaryIO

from undersigned.signatures.exporting.columns import Cell, ExportRow
from undersigned.signatures.exporting.formulas import harmless
from undersigned.signatures.exporting.presets import Preset, select


def write_csv(rows: Iterable[ExportRow], preset: Preset, file: BinaryIO) -> int:
    """Write what `preset` allows of `rows`, one at a time; return how many rows were written."""
    text = io.TextIOWrapper(
        file, encoding="utf-8-sig" if preset.mark else "utf-8", errors="strict", newline=""
    )
    written = 0
    try:
        writer = csv.writer(text)
        writer.writerow(preset.headers)
        for cells in select(rows, preset):
            writer.writerow([_as_text(cell, preset) for cell in cells])
            written += 1
        text.flush()
    finally:
        text.detach()
    return written


def _as_text(cell: Cell, preset: Preset) -> str:
    if isinstance(cell, bool):
        return preset.yes if cell else preset.no
    if isinstance(cell, date):
        # Four digits of the year, which strftime does not promise.
        return cell.strftime(preset.dates.replace("%Y", f"{cell.year:04}"))
    return harmless(cell)
