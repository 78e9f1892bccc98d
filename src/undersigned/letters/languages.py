"""Languages by their own names, and which of those that our words are in goes with a text."""

from __future__ import annotations

from functools import lru_cache

import icu
from django.conf import settings

DEFAULT = "en"
# Where a code says less, or something else, than the language that we have.
_NEAREST = {
    "pt": "pt-br",
    "zh": "zh-hans",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-tw": "zh-hant",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
    "in": "id",  # as it was called until 1989, and by some systems still
}


def known_language(code: str) -> str | None:
    """The code if the product's own words are there in that language."""
    return code if code in _codes() else None


@lru_cache(maxsize=1024)
def words_language(code: str) -> str:
    """The language of buttons, labels and mail beside a text in `code`, a CLDR code."""
    code = code.lower()
    parts = code.split("-")
    for length in range(len(parts), 0, -1):
        shorter = "-".join(parts[:length])
        found = known_language(shorter) or known_language(_NEAREST.get(shorter, ""))
        if found:
            return found
    return DEFAULT


@lru_cache(maxsize=256)
def own_name(code: str) -> str:
    """`Español`, `العربية`: a language's name for itself, with a capital where it has them."""
    locale = icu.Locale.forLanguageTag(code)
    name: str = locale.getDisplayName(locale)
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(code for code, _ in settings.LANGUAGES)
