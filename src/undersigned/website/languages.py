"""The languages of the public pages: their codes, own names and directions."""

from __future__ import annotations

from functools import lru_cache

import icu

from undersigned.letters.languages import DEFAULT, known_language, own_name, words_language
from undersigned.signatures.exporting.scripts import writing_of

__all__ = [
    "DEFAULT",
    "direction",
    "known_language",
    "language_choices",
    "own_name",
    "words_language",
]


def direction(code: str) -> str:
    """`rtl` or `ltr`, by the script that the language is written in."""
    return writing_of(code).direction


# Beside plain language codes: where the script or the country makes another written language.
_VARIANTS = ("pt-br", "sr-latn", "zh-hans", "zh-hant")


@lru_cache(maxsize=1)
def language_choices() -> list[tuple[str, str]]:
    """Every language that CLDR knows by its own name: (code, own name), sorted by name.

    A letter may be in any of them; the product's own words then stand beside it in another one.
    """
    codes = {locale.partition("_")[0] for locale in icu.Locale.getAvailableLocales()}
    plain = {code for code in codes if code not in {"zh", "root", ""}}
    named = [(code, own_name(code)) for code in {*plain, *_VARIANTS}]
    collator = icu.Collator.createInstance(icu.Locale.forLanguageTag("en"))
    return sorted(named, key=lambda item: collator.getSortKey(item[1]))
