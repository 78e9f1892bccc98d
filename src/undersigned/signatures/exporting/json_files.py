"""Exports as JSON: what was stored, unaltered, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from undersigned.signatures.exporting.columns import Cell, ExportRow
from undersigned.signatures.exporting.presets import Preset, select


def write_json(rows: Iterable[ExportRow], preset: Preset, file: BinaryIO) -> int:
    """Write a list of objects, one on each line; return how many.

    Consents are true or false and dates ISO 8601; a date that is not known is an empty string.
    """
    written = 0
    file.write(b"[")
    for cells in select(rows, preset):
        told = {
            column.key: _plain(cell) for column, cell in zip(preset.columns, cells, strict=True)
        }
        line = json.dumps(told, ensure_ascii=False)
        file.write(b",\n" if written else b"\n")
        file.write(line.encode("utf-8", errors="backslashreplace"))
        written += 1
    file.write(b"\n]\n")
    return written


def _plain(cell: Cell) -> str | bool:
    return cell if isinstance(cell, (bool, str)) else cell.isoformat()
