"""How large a sheet may be, and the refusal of one that cannot be read."""

from __future__ import annotations

from django.utils.translation import gettext_noop

LARGEST_FILE = 20_000_000
"""Bytes. 100,000 signatories with twenty columns are about 7,000,000 as XLSX, 20,000,000 as CSV."""
MOST_ROWS = 200_000
MOST_COLUMNS = 100
LONGEST_CELL = 2_000
"""Characters; what is longer is cut, for it is no name, and comments are not imported."""
MOST_CHARACTERS = 60_000_000
"""In all cells of a sheet together."""


class SheetNotReadable(Exception):
    """A file cannot be read as a sheet, or as a list: what happened, what to do, in one sentence.

    `sentence` is untranslated, and its places are filled with `parameters`; `str` gives it in
    English, studio.import_words in the reader's language.
    """

    def __init__(self, sentence: str, **parameters: str) -> None:
        super().__init__(sentence % parameters)
        self.sentence, self.parameters = sentence, parameters


def too_many_rows() -> SheetNotReadable:
    """The refusal of a sheet that is too long."""
    return SheetNotReadable(
        gettext_noop(
            "The sheet has more than %(most)s rows: divide it into several files and "
            "import them one after the other."
        ),
        most=f"{MOST_ROWS:,}",
    )


def too_many_columns() -> SheetNotReadable:
    """The refusal of a sheet that is too wide."""
    return SheetNotReadable(
        gettext_noop(
            "The sheet has more than %(most)s columns: keep those with names, places and "
            "addresses, and try again."
        ),
        most=str(MOST_COLUMNS),
    )


def too_large() -> SheetNotReadable:
    """The refusal of a file by its size."""
    return SheetNotReadable(
        gettext_noop(
            "The file is larger than %(most)s MB: keep only the sheet with the "
            "signatories, without pictures, and try again."
        ),
        most=str(LARGEST_FILE // 1_000_000),
    )
