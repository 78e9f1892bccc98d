"""Names that are likely the same, across spellings, scripts, languages and legal forms.

For a person who decides: what is found is a hint with its reason, never a verdict. An `Index` is
built once over names that are known and then asked about one name at a time. Everything is never
compared with everything: candidates share a key (the same words, the same look, an acronym, a
domain), a rare word, or a length that lets them be nearly the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from undersigned.signatures.authority.lookalikes import KnownDomains
from undersigned.signatures.looks import looks, plain_letters
from undersigned.signatures.name_words import acronyms, telling_words, weight, words_in
from undersigned.signatures.pigeonholes import Pigeonholes

# Of rapidfuzz's `ratio`, in per cent: one letter replaced in nine, or one more in five.
SPELLING = 88.0
# Of the weight of all words of two names, what they must have in common.
WORDS = 0.75
# The same, where one name has all words of the other ("… Kenya", "… , Nairobi chapter").
PART = 0.55
# Two names of different countries are likely two organisations, or two sections of one.
_OTHER_COUNTRY = 15
_LEAST = 70
_MOST_FOUND = 20
# A word in more names than this tells nothing apart.
_LARGEST_BLOCK = 300
_LONGEST = 300
_LONGEST_ACRONYM = 8


# What is left of the shorter of two strings of that ratio, at least.
_SHORTER = SPELLING / (200 - SPELLING)
_END = 4

_Key = str | tuple[str, ...] | tuple[str, int, bool]


class Reason(StrEnum):
    """Why two names are likely the same, the most telling first."""

    LOOK = "look"  # other letters that look the same: deceit, or a slip of the keyboard
    SAME = "same"  # the same words
    DOMAIN = "domain"  # the same website
    SPELLING = "spelling"  # nearly the same letters
    WORDS = "words"  # most words in common, in whatever order or language
    ACRONYM = "acronym"
    LIKE_DOMAIN = "like domain"  # a website that is easily taken for the other
    PART = "part"  # one has all words of the other


@dataclass(frozen=True)
class Named[Id]:
    """A known name: under any id, with other spellings, ISO country and clean domains if known."""

    id: Id
    name: str
    aliases: tuple[str, ...] = ()
    native_name: str = ""
    country: str = ""
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Likeness[Id]:
    """`score`: 0 to 100, for ordering. `name`: the known spelling that is like the one asked."""

    id: Id
    score: int
    reason: Reason
    name: str


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write a name, and what it is compared by."""

    text: str
    plain: str  # its letters and digits as written, small
    looks: tuple[str, ...]
    words: tuple[str, ...]  # telling, sorted
    letters: str  # of the folded words, in order
    core: str  # the same without the words that many names have, if others are left
    acronyms: tuple[str, ...]

    @property
    def short(self) -> str:
        """The name as an acronym, if it may be one."""
        return self.letters if 3 <= len(self.letters) <= _LONGEST_ACRONYM else ""


class Index[Id]:
    """Known names, to ask which of them are like another."""

    def __init__(self, known: Iterable[Named[Id]] = ()) -> None:
        self._known: list[Named[Id]] = []
        self._spellings: list[tuple[int, _Spelling]] = []
        self._by_key: Pigeonholes[_Key, int] = Pigeonholes()
        self._by_end: Pigeonholes[_Key, int] = Pigeonholes()
        self._by_word: Pigeonholes[str, int] = Pigeonholes()
        self._by_domain: Pigeonholes[str, int] = Pigeonholes()
        self.domains = KnownDomains(())
        for named in known:
            self.add(named)

    def similar(
        self,
        name: str,
        *,
        aliases: Iterable[str] = (),
        native_name: str = "",
        country: str = "",
        domain: str = "",
        limit: int = _MOST_FOUND,
    ) -> list[Likeness[Id]]:
        """Known names that are like this one, each once with its best reason, best first."""
        best: dict[int, tuple[int, Reason, str]] = {}
        asked = Named(None, name, tuple(aliases), native_name)
        for found in (*self._by_names(asked), *self._by_website(domain)):
            number, score, reason, spelling = found
            there = self._known[number].country
            if country and there and country != there:
                score -= _OTHER_COUNTRY
            before = best.get(number, (0, Reason.PART, ""))
            if score >= _LEAST and _rank(score, reason) > _rank(before[0], before[1]):
                best[number] = (score, reason, spelling)
        ordered = sorted(
            best.items(), key=lambda item: (*(-part for part in _rank(*item[1][:2])), item[0])
        )
        return [
            Likeness(self._known[number].id, score, reason, spelling)
            for number, (score, reason, spelling) in ordered[:limit]
        ]

    def add(self, named: Named[Id]) -> None:
        """One more name."""
        number = len(self._known)
        self._known.append(named)
        for spelling in _spellings(named):
            place = len(self._spellings)
            self._spellings.append((number, spelling))
            keys: set[_Key] = {
                *spelling.looks,
                spelling.words,
                *map(_as_acronym, spelling.acronyms),
            }
            if spelling.short:
                keys.add(_as_short(spelling.short))
            for key in keys:
                self._by_key.put(key, place)
            for key in _ends(spelling.core, len(spelling.letters)):
                self._by_end.put(key, place)
            for word in set(spelling.words):
                self._by_word.put(word, place)
        for domain in named.domains:
            self._by_domain.put(domain, number)
            self.domains.add(domain)

    def _by_names(self, asked: Named[None]) -> Iterator[tuple[int, int, Reason, str]]:
        for spelling in _spellings(asked):
            places = self._sharing_a_key(spelling) | self._sharing_words(spelling)
            places |= self._nearly_spelt(spelling)
            for place in places:
                number, known = self._spellings[place]
                verdict = _compare(spelling, known)
                if verdict is not None:
                    yield number, *verdict, known.text

    def _by_website(self, domain: str) -> Iterator[tuple[int, int, Reason, str]]:
        if not domain:
            return
        for number in self._by_domain.at(domain):
            yield number, 99, Reason.DOMAIN, self._known[number].name
        for likeness in self.domains.resembling(domain):
            for number in self._by_domain.at(likeness.domain):
                yield number, 85, Reason.LIKE_DOMAIN, self._known[number].name

    def _sharing_a_key(self, asked: _Spelling) -> set[int]:
        keys: set[_Key] = {*asked.looks, asked.words}
        keys.update(map(_as_short, asked.acronyms))
        if asked.short:
            keys.add(_as_acronym(asked.short))
        return {place for key in keys for place in self._by_key.at(key)[:_LARGEST_BLOCK]}

    def _sharing_words(self, asked: _Spelling) -> set[int]:
        """Those with enough rare words in common."""
        shared: Counter[int] = Counter()
        rare = [self._by_word.at(word) for word in set(asked.words)]
        for block in rare:
            if len(block) <= _LARGEST_BLOCK:
                shared.update(block)
        return {place for place, _ in shared.most_common(_LARGEST_BLOCK)}

    def _nearly_spelt(self, asked: _Spelling) -> set[int]:
        """Those with nearly the same letters, and at least one end in common."""
        length = len(asked.letters)
        shortest, longest = int(length * _SHORTER), int(length / _SHORTER) + 1
        keys = (key for size in range(shortest, longest + 1) for key in _ends(asked.core, size))
        places = list({place for key in keys for place in self._by_end.at(key)})
        letters = [self._spellings[place][1].letters for place in places]
        near = process.extract(
            asked.letters, letters, scorer=ratio, score_cutoff=SPELLING, limit=_LARGEST_BLOCK
        )
        return {places[offset] for _, _, offset in near}


def _compare(one: _Spelling, other: _Spelling) -> tuple[int, Reason] | None:
    """How and why two spellings are alike, if they are."""
    if any(look in other.looks for look in one.looks) and one.plain != other.plain:
        return 98, Reason.LOOK
    if one.letters == other.letters:
        return 100, Reason.SAME
    if one.short in other.acronyms or other.short in one.acronyms:
        return 80, Reason.ACRONYM
    # "Chapter 12" and "Chapter 13" are nearly alike, and two.
    if _numbers(one.words) != _numbers(other.words):
        return None
    if one.words == other.words:
        return 96, Reason.WORDS
    letters = max(
        ratio(one.letters, other.letters, score_cutoff=SPELLING),
        ratio("".join(one.words), "".join(other.words), score_cutoff=SPELLING),
    )
    if letters:
        return min(int(letters), 97), Reason.SPELLING
    return _compare_words(frozenset(one.words), frozenset(other.words))


def _compare_words(one: frozenset[str], other: frozenset[str]) -> tuple[int, Reason] | None:
    shared = one & other
    telling = sum(weight(word) >= 1 for word in shared)
    more = one ^ other
    if not telling:
        return None
    share = sum(map(weight, shared)) / sum(map(weight, one | other))
    if share >= WORDS:
        return int(share * 95), Reason.WORDS
    is_part = shared in (one, other) and len(shared) > 1
    if share >= PART and is_part and (telling > 1 or all(weight(word) < 1 for word in more)):
        return _LEAST + int(share * 10), Reason.PART
    return None


_ORDER = {reason: -place for place, reason in enumerate(Reason)}
_NUMBER = re.compile(r"\d+$")
_BRACKETED = re.compile(r"[(（\[]([^()（）\[\]]+)[)）\]]")
_BESIDE = re.compile(r"\s+[-–—|/]\s+|\s*\|\s*")


def _rank(score: int, reason: Reason) -> tuple[int, int]:
    # Letters that only look the same matter more than any likeness.
    return score + 100 * (reason is Reason.LOOK), _ORDER[reason]


def _spellings(named: Named[object]) -> list[_Spelling]:
    """Each way to write a name once: also without its brackets, and what stands in them."""
    found: dict[str, _Spelling] = {}
    for text in (named.name, named.native_name, *named.aliases):
        if not text:
            continue
        line = text[:_LONGEST]
        without = _BRACKETED.sub(" ", line)
        whole = _spelling(line)
        found.setdefault(whole.plain, whole)
        if without == line and not _BESIDE.search(line):
            continue
        parts = [without, *_BRACKETED.findall(line), *_BESIDE.split(without)]
        for part in map(_spelling, parts):
            # "(Kenya)" and "– the association" are no names.
            if any(weight(word) >= 1 for word in part.words):
                found.setdefault(part.plain, part)
    found.pop("", None)
    return list(found.values())


def _spelling(text: str) -> _Spelling:
    words = words_in(text)
    plain = plain_letters(text)
    told = telling_words(words)
    letters = "".join(words) or plain
    return _Spelling(
        text=text.strip(),
        plain=plain,
        # Tuples, not sets: the garbage collector looks at them once and never again.
        looks=tuple(looks(text)),
        words=tuple(sorted(told)),
        letters=letters,
        core="".join(word for word in told if weight(word) >= 1) or letters,
        acronyms=tuple(acronyms(words)),
    )


def _numbers(words: tuple[str, ...]) -> list[str]:
    return [found[0] for word in words if (found := _NUMBER.search(word))]


def _ends(core: str, length: int) -> tuple[_Key, _Key]:
    return (core[:_END], length, True), (core[-_END:], length, False)


def _as_acronym(letters: str) -> str:
    return f"acronym {letters}"


def _as_short(letters: str) -> str:
    return f"short {letters}"
