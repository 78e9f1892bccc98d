"""Rows that may be the same signatory, also when spelt differently or in another language.

Every pair is never compared: rows are compared only within blocks that share a rare word. A word
in more than `_LARGEST_BLOCK` rows tells nothing apart and makes no block.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

import icu
from rapidfuzz.fuzz import ratio

from undersigned.signatures.importing.flags import Code, Flag, Swap
from undersigned.signatures.importing.places import Sort, find_place
from undersigned.signatures.importing.signatories import Individual, Organisation, Row
from undersigned.signatures.importing.text import fold, word_set
from undersigned.signatures.importing.vocabulary import ORGANISATION_WORDS, PARTICLES
from undersigned.signatures.name_concepts import CONCEPT_OF, CONCEPTS

_LARGEST_BLOCK = 40
_COMMON = 0.3
_SAME = 0.75
_ALIKE = 90.0

_EMPTY = PARTICLES | word_set(
    """
    the of for and und et y e on in to para pour per fur a an
    """
)


def find_duplicates(rows: Sequence[Row]) -> list[Flag]:
    """Return a flag for every row that may be one that stands before it. All are of one kind."""
    words = [_words(row) for row in rows]
    flags: list[Flag] = []
    seen: set[int] = set()
    for earlier, later in sorted(_pairs(words), key=lambda pair: (pair[1], pair[0])):
        if later in seen or not _may_be_same(
            rows[earlier], rows[later], words[earlier], words[later]
        ):
            continue
        seen.add(later)
        flags.append(_flag(rows[earlier], rows[later]))
    return flags


def _pairs(words: list[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing, each once: same words, or a rare word or beginning in common."""
    whole: dict[tuple[str, ...], list[int]] = defaultdict(list)
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(words):
        if row:
            whole[tuple(sorted(row))].append(index)
        for word in set(row):
            if word not in ORGANISATION_WORDS and word not in CONCEPTS:
                blocks[word].append(index)
        blocks[f"{''.join(row)[:6]}…"].append(index)
    found = {(same[0], other) for same in whole.values() for other in same[1:]}
    for block in blocks.values():
        if len(block) <= _LARGEST_BLOCK:
            found.update(combinations(block, 2))
    return iter(found)


def _may_be_same(
    one: Row, other: Row, words: tuple[str, ...], other_words: tuple[str, ...]
) -> bool:
    if one.country != other.country and one.country and other.country:
        return False
    if (
        isinstance(one, Organisation)
        and fold(one.place) != fold(other.place)
        and (one.country is None or other.country is None)
    ):
        # "Europe" and "Germany" are no contradiction for the same words, nor is no place at all
        return sorted(words) == sorted(other_words) and not (one.place and other.place)
    if sorted(words) == sorted(other_words):
        return bool(words)
    if isinstance(one, Individual):
        return ratio("".join(words), "".join(other_words)) >= _ALIKE and len(words) > 1
    # "Chapter 12" and "Chapter 13" are nearly alike, and two
    same_digits = re.sub(r"\D", "", one.name) == re.sub(r"\D", "", other.name)
    return same_digits and _alike(frozenset(words), frozenset(other_words))


def _alike(words: frozenset[str], others: frozenset[str]) -> bool:
    weight = {word: _weight(word) for word in words | others}
    union = sum(weight.values())
    shared = sum(weight[word] for word in words & others)
    telling = sum(weight[word] >= 1 for word in words & others)
    if shared / union >= _SAME and telling >= min(2, len(words), len(others)):
        return True
    if len(words) < 2 and len(others) < 2:
        return ratio("".join(words), "".join(others)) >= _ALIKE
    return ratio(" ".join(sorted(words)), " ".join(sorted(others))) >= _ALIKE + 2


def _weight(word: str) -> float:
    if word in ORGANISATION_WORDS or word in CONCEPTS:
        return _COMMON
    return _COMMON * 2 if word.startswith("@") else 1.0


def _words(row: Row) -> tuple[str, ...]:
    """The telling words of a name: in Latin letters, countries and common words in one language."""
    name = row.sorting_name if isinstance(row, Individual) else row.name
    words = fold(_latin(name)).split()
    if isinstance(row, Individual):
        return tuple(sorted(words))
    return tuple(_concept(word) for word in words if word not in _EMPTY)


@lru_cache(maxsize=16384)
def _concept(word: str) -> str:
    place = find_place(word) if len(word) > 3 else None
    if place and place.sort is Sort.COUNTRY:
        return f"@{place.country}"
    return CONCEPT_OF.get(word, word)


@lru_cache(maxsize=1)
def _transliterator() -> icu.Transliterator:
    return icu.Transliterator.createInstance("Any-Latin; Latin-ASCII")


def _latin(text: str) -> str:
    return text if text.isascii() else str(_transliterator().transliterate(text))


def _flag(earlier: Row, later: Row) -> Flag:
    where = "organisations" if isinstance(later, Organisation) else "individuals"
    return Flag(
        id=f"{Code.POSSIBLE_DUPLICATE}:{earlier.id}:{later.id}",
        code=Code.POSSIBLE_DUPLICATE,
        where=where,
        reason=f"‘{earlier.name}’ and ‘{later.name}’ may be the same.",
        suggestion="Keep both? If not, the second is left out.",
        rows=(earlier.id, later.id),
        lines=tuple(sorted({*earlier.lines, *later.lines})),
        otherwise=(Swap((later.id,), ()),),
    )
