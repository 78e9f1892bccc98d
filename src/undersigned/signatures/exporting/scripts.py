"""How a language is written: its script, direction and digits. By ICU, from CLDR's data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import icu

RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Syrc", "Thaa", "Yezi"})
# Of signs that belong to no script of their own: currency, arrows, emoji, marks.
SIGNS = "Zyyy"
_SIGNS = frozenset({"Zyyy", "Zinh", "Zzzz"})


@dataclass(frozen=True)
class Writing:
    """`language` and `region`: ISO 639 and 3166 codes; `script`: ISO 15924. `digits`: 0 to 9."""

    language: str
    script: str
    region: str
    digits: str

    @property
    def direction(self) -> str:
        return "rtl" if self.script in RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=256)
def writing_of(language: str) -> Writing:
    """How readers of a language (a BCP 47 tag) expect it; Latin for one that CLDR does not know."""
    locale = icu.Locale.forLanguageTag(language)
    system = icu.NumberingSystem.createInstance(locale)
    own_region = locale.getCountry()
    locale.addLikelySubtags()
    return Writing(
        language=locale.getLanguage() or "und",
        script=locale.getScript() or "Latn",
        region=own_region,
        digits="0123456789" if system.isAlgorithmic() else system.getDescription(),
    )


def in_own_digits(text: str, language: str) -> str:
    """`12 May` with the digits that readers of a language are used to."""
    return text.translate(str.maketrans("0123456789", writing_of(language).digits))


def script_of(character: str) -> str:
    """The ISO 15924 code of a character's script; SIGNS where it belongs to none."""
    code: str = icu.Script.getScript(character).getShortName()
    return SIGNS if code in _SIGNS else code


def script_name(code: str, language: str) -> str:
    """`Arabic`, `Tibetan`, in a language."""
    name: str = icu.Locale(f"und_{code}").getDisplayScript(icu.Locale.forLanguageTag(language))
    return name
