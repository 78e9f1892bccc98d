"""What a name looks like, whatever letters it is written with."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import icu

_ASCII_MARKS = dict.fromkeys(c for c in range(128) if not chr(c).isalnum())


def plain_letters(text: str) -> str:
    """The letters and digits of a name as written, in small letters."""
    return _shown(unicodedata.normalize("NFKC", text).casefold())


def looks(text: str) -> frozenset[str]:
    """Confusable skeletons (UTS #39) of a name as it is and in small letters.

    Both, because letters may look alike as capitals only (В and B) or as small ones only.
    """
    checker = _checker()
    skeletons = (checker.getSkeleton(0, text), checker.getSkeleton(0, text.casefold()))
    return frozenset(_shown(str(skeleton).casefold()) for skeleton in skeletons) - {""}


def _shown(text: str) -> str:
    """Letters with their marks, digits and signs such as emoji, without spaces and punctuation."""
    line = text.translate(_ASCII_MARKS)
    if line.isalnum():
        return line
    return "".join(c for c in line if c.isalnum() or unicodedata.category(c)[0] in "MS")


@lru_cache(maxsize=1)
def _checker() -> icu.SpoofChecker:
    return icu.SpoofChecker()
