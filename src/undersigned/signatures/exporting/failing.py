"""Why an export was not written: codes that are stored, with what they tell after a bar.

Whoever reads them has a language; the worker has none. See studio/failure_words.py.
"""

from __future__ import annotations

from undersigned.signatures.exporting.fonts import FontMissing

KEY_NOT_THERE = "studio key not there"
LETTER_CLOSED = "letter key missing"
NO_TEXT = "no text"
NO_PARTNER_KEY = "no partner key"
NOT_TYPESET = "not typeset"
UNKNOWN = "not written"
FONTS = "fonts missing"

# So that the column holds all of it: 14 for the code, 5 for each script, and these.
_MOST_SCRIPTS, _MOST_SIGNS = 40, 60


def fonts_missing(missing: FontMissing) -> str:
    """`fonts missing|Mymr,Thai|☭`: the code, the scripts, and signs that belong to none."""
    scripts = ",".join(missing.scripts[:_MOST_SCRIPTS])
    return "|".join((FONTS, scripts, missing.signs[:_MOST_SIGNS]))


def read_fonts_missing(told: str) -> tuple[list[str], str]:
    """Scripts and signs, from what stands after the code."""
    scripts, _, signs = told.partition("|")
    return scripts.split(","), signs
