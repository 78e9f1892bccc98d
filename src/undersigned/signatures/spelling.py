"""Whether two ways of writing a name have the same letters.

Not `folding.fold`: that brings every script to Latin letters for a search, where 王伟 and 汪维, two
people, become one.
"""

from __future__ import annotations

import unicodedata

# What stands in names beside letters: hyphens, dots, apostrophes (some of which Unicode counts as
# letters), the marks of Hebrew abbreviations, and the joiners of Persian and Indic scripts.
_PUNCTUATION = frozenset("-‐‑.·・･,'’‘ʼʻ׳״\u200c\u200d")
# Capitals of Turkish have no dotless one of their own but I.
_DOTLESS = str.maketrans("ı", "i")


def same_letters(one: str, other: str) -> bool:
    """Whether the names differ in accents, capitals, spaces and punctuation alone.

    By Unicode's compatibility decomposition: full-width letters are the same as others, those of
    another script are not, and ł is not l. No sign that only looks like letters (Ⓐ, №) may come in.
    """
    is_plain = all(character in one or _is_of_names(character) for character in other)
    return is_plain and _letters(one) == _letters(other)


def _letters(name: str) -> str:
    # Folding the case of decomposed text may leave something to decompose, and the reverse.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(
        character
        for character in folded.casefold().translate(_DOTLESS)
        if not (character.isspace() or character in _PUNCTUATION or _is_accent(character))
    )


def _is_accent(character: str) -> bool:
    """Marks above and below, and the points of Hebrew and Arabic.

    By the combining class (Unicode Standard, section 4.3). The others are no accents: vowels of
    Indic scripts and of Thai (राम is not रमा), the voicing of kana, strokes across, enclosures.
    """
    kind = unicodedata.combining(character)
    return 10 <= kind <= 36 or kind >= 200


def _is_of_names(character: str) -> bool:
    return (
        unicodedata.category(character)[0] in "LM"
        or character.isspace()
        or character in _PUNCTUATION
    )
