"""Whether two ways of writing a name are the same but for accents, capitals and punctuation.

Not `folding.fold`: that brings every script to Latin letters for a search, where 王伟 and 汪维, two
people, become one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# Inside words: apostrophes (some of which Unicode counts as letters), the marks of Hebrew
# abbreviations, and the joiners of Persian and Indic scripts.
_INSIDE_WORDS = frozenset("'’‘ʼʻ׳״\u200c\u200d")
# Between words, as spaces are.
_BETWEEN_WORDS = frozenset("-‐‑.·・･,")
_PUNCTUATION = _INSIDE_WORDS | _BETWEEN_WORDS
# Vietnamese has two on a letter.
_ACCENTS_ON_A_LETTER = 2
# As between the initials of `J. R. Example`.
_MORE_PUNCTUATION = 2
# Capitals of Turkish have no dotless one of their own but I.
_DOTLESS = str.maketrans("ı", "i")


@dataclass(frozen=True)
class _Form:
    """`words`: before which letters words begin; `parts`: also where a word may be divided."""

    letters: str
    words: frozenset[int]
    parts: frozenset[int]
    accents: int  # the most on one letter
    punctuation: int


def same_letters(one: str, other: str) -> bool:
    """Whether `other` has the letters of `one`, in the same words, and no more about it.

    By Unicode's compatibility decomposition: full-width letters are the same as others, those of
    another script are not, and ł is not l. No sign that only looks like letters (Ⓐ, №, 𝔄) may
    come in. A space may take the place of an apostrophe, and be left out between signs such as
    Han, but not divide a word: `Therapist` is not `The Rapist`.
    """
    if not all(character in one or _is_of_names(character) for character in other):
        return False
    before, after = _form(one), _form(other)
    return (
        before.letters == after.letters
        and before.words <= after.parts
        and after.words <= before.parts
        and after.accents <= max(before.accents, _ACCENTS_ON_A_LETTER)
        and after.punctuation <= before.punctuation + _MORE_PUNCTUATION
    )


def _form(name: str) -> _Form:
    # Folding the case of decomposed text may leave something to decompose, and the reverse.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    letters: list[str] = []
    words, parts = set[int](), set[int]()
    accents = most = 0
    for character in folded.casefold().translate(_DOTLESS):
        if _is_accent(character):
            accents += 1
            most = max(most, accents)
            continue
        accents = 0
        place = len(letters)
        if character.isspace() or character in _BETWEEN_WORDS:
            words.add(place)
        elif character in _INSIDE_WORDS:
            parts.add(place)
        else:
            letters.append(character)
            if unicodedata.east_asian_width(character) == "W":
                parts.add(place)
    ends = {0, len(letters)}
    return _Form(
        letters="".join(letters),
        words=frozenset(words - ends),
        parts=frozenset((words | parts) - ends),
        accents=most,
        punctuation=sum(character in _PUNCTUATION for character in name),
    )


def _is_accent(character: str) -> bool:
    """Marks above and below, and the points of Hebrew and Arabic.

    By the combining class (Unicode Standard, section 4.3). The others are no accents: vowels of
    Indic scripts and of Thai (राम is not रमा), the voicing of kana, strokes across, enclosures.
    """
    kind = unicodedata.combining(character)
    return 10 <= kind <= 36 or kind >= 200


def _is_of_names(character: str) -> bool:
    """Of letters in other shapes (𝔄, ᴬ, ﬁ) only the full- and half-width ones."""
    if character.isspace() or character in _PUNCTUATION:
        return True
    shape = unicodedata.decomposition(character).partition(">")[0]
    return unicodedata.category(character)[0] in "LM" and (
        not shape.startswith("<") or shape in {"<wide", "<narrow"}
    )
