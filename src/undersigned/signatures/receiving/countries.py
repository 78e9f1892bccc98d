"""Countries as people write them in a message: by name, in any of our languages, or by code."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from undersigned.letters.places import COUNTRY_CODES, country_names
from undersigned.signatures.receiving.labels import plain

# What people write, and no language's list has.
_ALSO = {"uk": "GB", "usa": "US", "u.s.a.": "US", "uae": "AE", "palestine": "PS", "drc": "CD"}


def country_named(text: str) -> str:
    """Its code; empty where none is called so, or two are in different languages."""
    written = plain(text).strip(" .,")
    code = written.upper()
    return _named().get(written, "") or (code if code in COUNTRY_CODES else "")


@lru_cache(maxsize=1)
def _named() -> dict[str, str]:
    found = {name: {code} for name, code in _ALSO.items()}
    for language, _ in settings.LANGUAGES:
        for code, name in country_names(language).items():
            found.setdefault(plain(name), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}
