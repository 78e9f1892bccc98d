"""The plural forms of a language as gettext's header writes them, by CLDR's rules for integers."""

from __future__ import annotations

from babel.messages.plurals import get_plural

# Babel has older rules here than CLDR, on which numbers below 200 differ.
_CLDR = {
    "tr": "nplurals=2; plural=(n != 1);",
    "fa": "nplurals=2; plural=(n > 1);",
    "hi": "nplurals=2; plural=(n > 1);",
    "bn": "nplurals=2; plural=(n > 1);",
    "am": "nplurals=2; plural=(n > 1);",
    "my": "nplurals=1; plural=0;",
    "id": "nplurals=1; plural=0;",
}


def plural_header(language: str) -> str:
    """`nplurals=2; plural=(n != 1);` for a locale such as "de" or "zh_Hans"."""
    if language in _CLDR:
        return _CLDR[language]
    count, expression = get_plural(language)[:2]
    return f"nplurals={count}; plural={expression};"
