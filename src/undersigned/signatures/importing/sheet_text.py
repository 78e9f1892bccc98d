"""Sheets as text: CSV and TSV, whichever separator and encoding they are in."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter

from django.utils.translation import gettext_noop

from undersigned.signatures.importing.encoding import NotText, Undecodable, decode
from undersigned.signatures.importing.sheet_limits import (
    MOST_COLUMNS,
    MOST_ROWS,
    SheetNotReadable,
    too_many_columns,
    too_many_rows,
)

_SEPARATORS = ",;\t|"
_LOOKED_AT = 200  # rows that the separator is told by
_NAMED_SEPARATOR = re.compile(r"sep=(.)\n", re.IGNORECASE)  # Excel's own first line


def read_text_sheet(data: bytes) -> list[list[str]]:
    """Return the rows of a CSV or TSV file, with blank ones. Raises SheetNotReadable."""
    try:
        text = decode(data)
    except NotText:
        raise SheetNotReadable(
            gettext_noop(
                "The file is neither a spreadsheet nor text: save it as XLSX, ODS or CSV and try "
                "again."
            )
        ) from None
    except Undecodable:
        raise SheetNotReadable(
            gettext_noop(
                "The letters in the file cannot be told with certainty: save it as “CSV UTF-8”, "
                "or as XLSX, and try again."
            )
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if re.match(r"\s*<(?:!doctype|html|\?xml|table)", text[:2000], re.IGNORECASE):
        raise SheetNotReadable(
            gettext_noop(
                "The file is a web page or XML, whatever its name says: open it in a spreadsheet "
                "program, save it as XLSX and try again."
            )
        )
    if named := _NAMED_SEPARATOR.match(text):
        return _rows(text[named.end() :], named.group(1))
    return _rows(text, find_separator(text))


def find_separator(text: str) -> str:
    """Return what parts the cells: the sign that gives most rows the same number of them.

    Signs inside quotation marks do not count. A comma where no sign does, for one column.
    """
    best, best_score = ",", (0.0, 0)
    for separator in _SEPARATORS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            rows = [row for row in itertools.islice(reader, _LOOKED_AT) if any(row)]
        except csv.Error:
            continue
        wide = Counter(len(row) for row in rows if len(row) > 1)
        if not wide:
            continue
        # Rows may be cut short, and notes may stand above the table.
        width, times = max(wide.items(), key=lambda found: (found[1], found[0]))
        score = (times / len(rows), width)
        if score > best_score:
            best, best_score = separator, score
    return best


def _rows(text: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(rows) >= MOST_ROWS:
                raise too_many_rows()
            if len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]):
                raise too_many_columns()
            rows.append(row[:MOST_COLUMNS])
    except csv.Error:
        raise SheetNotReadable(
            gettext_noop(
                "A cell of the file does not end, as if a quotation mark were missing: save the "
                "sheet as XLSX and try again."
            )
        ) from None
    return rows
