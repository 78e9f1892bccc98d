"""Sort keys and search words for names in every script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

import icu

SORT_KEY_LENGTH = 400
SEARCH_LENGTH = 600
_APOSTROPHES = re.compile(r"['’ʼ`]")
_WORD = re.compile(r"[^\W_]+")
_FOLD = icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")


def fold(text: str) -> str:
    """Words to search by: `Ação` and `acao`, `Москва` and `moskva`, `O’Neil` and `oneil` agree."""
    plain = _APOSTROPHES.sub("", str(_FOLD.transliterate(text)))
    return " ".join(_WORD.findall(plain))


def search_words(*parts: str) -> str:
    """What a signatory is found by: all that is shown of them, folded."""
    return fold(" ".join(parts))[:SEARCH_LENGTH]


def sort_key(name: str) -> bytes:
    """A key that sorts bytewise like CLDR's root collation."""
    return bytes(_collator("root").getSortKey(name))[:SORT_KEY_LENGTH]


def sort_for[Item](items: Iterable[Item], language: str, name: Callable[[Item], str]) -> list[Item]:
    """Sort by name as readers of a language expect."""
    collator = _collator(language)
    return sorted(items, key=lambda item: collator.getSortKey(name(item)))


@lru_cache(maxsize=64)
def _collator(language: str) -> icu.Collator:
    collator = icu.Collator.createInstance(icu.Locale.forLanguageTag(language))
    # #SeguridadDigital stands before 7amleh, not among the S.
    collator.setAttribute(
        icu.UCollAttribute.ALTERNATE_HANDLING, icu.UCollAttributeValue.NON_IGNORABLE
    )
    return collator
