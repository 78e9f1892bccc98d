"""The words of a name as they are compared: across scripts, languages and legal forms."""

from __future__ import annotations

import re
from functools import lru_cache

from undersigned.signatures.folding import fold
from undersigned.signatures.importing.places import Sort, find_place
from undersigned.signatures.importing.vocabulary import ORGANISATION_WORDS
from undersigned.signatures.name_concepts import CONCEPT_OF, CONCEPTS

COMMON = 0.3
"""What a word weighs that many organisations have: little. A country's weighs twice as much."""

_ARTICLES = frozenset(
    """
    the of for and und et y e on in to para pour per fur a an de da do dos das del della di du des
    la le las los les el il lo gli i der die das den dem ein eine van het een al the na v i z w
    """.split()  # noqa: SIM905  a list would hide the words
)
# Legal forms that are no words of any language.
_FORMS = frozenset(
    """
    ev ggmbh gmbh asbl aisbl vzw ivzw ltd limited inc incorporated llc llp plc cic cio ngo ong onlus
    npo ry rf srl sarl sas ltda eirl sprl bvba kft zrt oyj aps asa pty pvt tbk ooo zao sro doo dd
    nko ano
    """.split()  # noqa: SIM905
)
# Words, names or initials elsewhere: only at the end.
_FORMS_AT_END = frozenset(
    "sa ag as ab nv bv oy co cv ac sc spa corp company kg ug se sl ec eu up".split()  # noqa: SIM905
)
_DOTTED = re.compile(r"\b(\w)\.[ \u00a0\u202f]?(?=\w\.|\w\b)")
_ELIDED = re.compile(r"\b(?:l|d|dell|nell|all|dall|sull)['’ʼ](?=\w)", re.IGNORECASE)
_ARABIC_ARTICLE = re.compile(r"\b(?:و)?ال(?=\w{3})")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_ACRONYM = range(3, 9)


def words_in(text: str) -> tuple[str, ...]:
    """All words of a name, folded, without legal forms; the order stays.

    A name of legal forms alone keeps them.
    """
    plain = _DOTTED.sub(r"\1", text) if "." in text else text
    plain = _ELIDED.sub("", plain)
    words = _fold_ascii(plain) if plain.isascii() else _fold(plain)
    kept = [word for word in words if word not in _FORMS]
    while len(kept) > 1 and kept[-1] in _FORMS_AT_END:
        kept.pop()
    return tuple(kept or words)


def _fold(text: str) -> list[str]:
    return fold(_ARABIC_ARTICLE.sub("", text)).split()


def _fold_ascii(text: str) -> list[str]:
    """The same for plain text, ten times as fast."""
    return _ASCII_WORD.findall(text.lower().replace("'", "").replace("`", ""))


def telling_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Of folded words: without articles, each concept and country under one name (`@KE`)."""
    told = tuple(_concept(word) for word in words if word not in _ARTICLES)
    return told or words


def weight(word: str) -> float:
    """How much a telling word says: 1, less for a country, least for what many names have."""
    if word.startswith("@"):
        return COMMON * 2
    return COMMON if word in CONCEPTS or word in _common_words() else 1.0


def acronyms(words: tuple[str, ...]) -> frozenset[str]:
    """First letters of folded words, with and without the small ones; of three to eight letters."""
    every = "".join(word[0] for word in words)
    telling = "".join(word[0] for word in words if word not in _ARTICLES)
    return frozenset(letters for letters in (every, telling) if len(letters) in _ACRONYM)


@lru_cache(maxsize=65536)
def _concept(word: str) -> str:
    place = find_place(word) if len(word) > 3 else None
    if place is not None and place.sort is Sort.COUNTRY:
        return f"@{place.country}"
    return CONCEPT_OF.get(word, word)


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Words that organisations have, in Latin letters; the first call takes some milliseconds."""
    return frozenset(fold(word) for word in ORGANISATION_WORDS)
