"""How large a sheet may be, and the refusal of one that cannot be read."""

from __future__ import annotations

LARGEST_FILE = 20_000_000
"""Bytes. 100,000 signatories with twenty columns are about 7,000,000 as XLSX, 20,000,000 as CSV."""
MOST_ROWS = 200_000
MOST_COLUMNS = 100
LONGEST_CELL = 2_000
"""Characters; what is longer is cut, for it is no name, and comments are not imported."""
MOST_CHARACTERS = 60_000_000
"""In all cells of a sheet together."""


class SheetNotReadable(Exception):
    """A file cannot be read as a sheet. The message is one sentence: what happened, what to do."""


def too_many_rows() -> SheetNotReadable:
    """The refusal of a sheet that is too long."""
    return SheetNotReadable(
        f"The sheet has more than {MOST_ROWS:,} rows: divide it into several files and "
        "import them one after the other."
    )


def too_many_columns() -> SheetNotReadable:
    """The refusal of a sheet that is too wide."""
    return SheetNotReadable(
        f"The sheet has more than {MOST_COLUMNS} columns: keep those with names, places and "
        "addresses, and try again."
    )


def too_large() -> SheetNotReadable:
    """The refusal of a file by its size."""
    return SheetNotReadable(
        f"The file is larger than {LARGEST_FILE // 1_000_000} MB: keep only the sheet with the "
        "signatories, without pictures, and try again."
    )
