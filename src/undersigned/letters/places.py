"""Countries: which there are, and what they are called in a reader's language (CLDR, by ICU)."""

from __future__ import annotations

from functools import lru_cache

import icu
from django_countries.data import COUNTRIES

# ISO 3166-1, and Kosovo under the code that CLDR and the European Union use.
COUNTRY_CODES: frozenset[str] = frozenset(COUNTRIES) | {"XK"}


@lru_cache(maxsize=64)
def country_names(language: str) -> dict[str, str]:
    """Names by code. The short form: Palestine, Hong Kong, Myanmar rather than the official one."""
    locale = icu.Locale.forLanguageTag(language)
    short = icu.LocaleDisplayNames.createInstance(locale, [icu.UDisplayContext.LENGTH_SHORT])
    full = icu.LocaleDisplayNames.createInstance(locale, [icu.UDisplayContext.LENGTH_FULL])
    return {
        code: (short if code in _SHORT else full).regionDisplayName(code) for code in COUNTRY_CODES
    }


_SHORT = frozenset({"HK", "MM", "MO", "PS"})


@lru_cache(maxsize=64)
def country_choices(language: str) -> tuple[tuple[str, str], ...]:
    """(code, name) in the order of the language."""
    collator = icu.Collator.createInstance(icu.Locale.forLanguageTag(language))
    names = country_names(language)
    return tuple(sorted(names.items(), key=lambda item: collator.getSortKey(item[1])))
