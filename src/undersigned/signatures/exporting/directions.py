"""One line of text that keeps its own direction and disturbs no other's (UAX #9)."""

from __future__ import annotations

import re
import unicodedata

# First strong isolate, pop directional isolate.
_ISOLATE, _POP = "\u2068", "\u2069"
# Classes of characters that are not of the direction around them (UAX #9, table 4).
_TURNS_LEFT_TO_RIGHT = frozenset({"R", "AL", "AN"})
_TURNS_RIGHT_TO_LEFT = frozenset({"L", "EN", "AN"})
# Marks that would reach out of the isolate that a text stands in: embeddings, overrides, isolates.
_REACHING_OUT = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# Lone surrogates cannot be written down at all.
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\s]+")


def one_line(text: str) -> str:
    """Words with single spaces: no controls, line ends or marks of direction that reach out."""
    return in_line(text).strip()


def in_line(text: str) -> str:
    """The same for words within a line, whose outer spaces part them from others."""
    return _NO_TEXT.sub(" ", text.translate(_REACHING_OUT))


def isolated(text: str, around: str) -> str:
    """One line that the words `around` it ("ltr" or "rtl") are not turned by, nor it by them.

    Most names need nothing for that, and then get nothing: the marks are found by who copies or
    searches the text. Empty stays empty.
    """
    line = one_line(text)
    turns = _TURNS_RIGHT_TO_LEFT if around == "rtl" else _TURNS_LEFT_TO_RIGHT
    if any(unicodedata.bidirectional(character) in turns for character in line):
        return f"{_ISOLATE}{line}{_POP}"
    return line
