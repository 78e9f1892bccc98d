"""Rules that hold: what makes a confirmed signature wait for a person, as organisers put it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext

from undersigned.letters.places import COUNTRY_CODES
from undersigned.signatures.authority.domains import DomainRefused, website_domain
from undersigned.signatures.folding import fold
from undersigned.signatures.likeness import Index, Named, Reason
from undersigned.signatures.looks import looks, plain_letters
from undersigned.signatures.models import HoldingRule

PATTERN_LENGTH = 200
MOST_LINES = 500
_MOST_FAULTS = 10  # that are told at once


class RuleKind(StrEnum):
    """What a rule looks at."""

    WORD = "word"  # words in a row, anywhere in what was typed
    DOMAIN = "domain"  # of the mailbox or the website, with its sub-domains
    COUNTRY = "country"  # ISO 3166-1 code
    NAME = "name"  # of a well-known person or organisation, in whatever spelling
    BURST = "burst"  # many from one network within minutes; has no pattern


class PatternRefused(ValueError):
    """This cannot be a rule. The message is a whole, translated sentence."""


class LinesRefused(ValueError):
    """Some lines of a list cannot be rules; `sentences` name each of them, or the first of them."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(" ".join(sentences))


@dataclass(frozen=True)
class Condition:
    """One rule, apart from who made it."""

    kind: RuleKind
    pattern: str = ""


@dataclass(frozen=True)
class Seen:
    """What rules look at of a signature. `domains`: of its mailbox and website, clean."""

    name: str
    words: str = ""
    domains: frozenset[str] = frozenset()
    country: str = ""
    doubt: str = ""


def read_conditions(kind: str, text: str) -> list[Condition]:
    """The rules of a list, one a line, empty lines left out; raises LinesRefused."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > MOST_LINES:
        raise LinesRefused(
            [
                gettext("A list has at most %(most)d lines. Add the rest afterwards.")
                % {"most": MOST_LINES}
            ]
        )
    if len(lines) < 2 or kind == RuleKind.BURST:
        try:
            return [read_condition(kind, text)]
        except PatternRefused as refusal:
            raise LinesRefused([str(refusal)]) from None
    found, refused = [], []
    for number, line in lines:
        try:
            found.append(read_condition(kind, line))
        except PatternRefused as refusal:
            refused.append(
                gettext("Line %(number)d: %(sentence)s")
                % {"number": number, "sentence": str(refusal)}
            )
    if refused:
        raise LinesRefused(refused[:_MOST_FAULTS])
    return found


def read_condition(kind: str, pattern: str) -> Condition:
    """A rule as it is stored; raises PatternRefused."""
    line = " ".join(pattern.split())
    try:
        found = RuleKind(kind)
    except ValueError:
        raise PatternRefused(gettext("Choose what the rule looks at.")) from None
    if len(line) > PATTERN_LENGTH:
        raise PatternRefused(
            gettext("A rule has at most %(most)s characters. Shorten it, or make several.")
            % {"most": PATTERN_LENGTH}
        )
    return Condition(found, _CLEAN[found](line))


def conditions_of(letters: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Condition]]:
    """The rules in force, by letter; one query."""
    found: dict[uuid.UUID, list[Condition]] = {}
    rows = HoldingRule.objects.filter(letter__in=list(letters), is_active=True).order_by("pk")
    for letter, kind, pattern in rows.values_list("letter", "kind", "pattern"):
        found.setdefault(letter, []).append(Condition(RuleKind(kind), pattern))
    return found


class Rules:
    """Conditions, made ready to be asked about many signatures."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        by_kind: Mapping[RuleKind, list[Condition]] = {
            kind: [one for one in conditions if one.kind is kind] for kind in RuleKind
        }
        self._words = [(_Words(one.pattern), one) for one in by_kind[RuleKind.WORD]]
        self._domains = {one.pattern: one for one in by_kind[RuleKind.DOMAIN]}
        self._countries = {one.pattern: one for one in by_kind[RuleKind.COUNTRY]}
        self._has_names = bool(by_kind[RuleKind.NAME])
        self._names = Index(Named(one, one.pattern) for one in by_kind[RuleKind.NAME])
        self._burst = next(iter(by_kind[RuleKind.BURST]), None)
        self.look_at_domains = bool(self._domains)

    def match(self, seen: Seen) -> Condition | None:
        """The rule that a signature falls under, the most particular kind first."""
        return (
            self._by_name(seen)
            or self._by_domain(seen)
            or self._by_words(seen)
            or (self._burst if seen.doubt == RuleKind.BURST else None)
            or self._countries.get(seen.country)
        )

    def _by_name(self, seen: Seen) -> Condition | None:
        if not self._has_names:
            return None
        likely = self._names.similar(seen.name, limit=1)
        return likely[0].id if likely and likely[0].reason in _NEARLY_THE_NAME else None

    def _by_words(self, seen: Seen) -> Condition | None:
        if not self._words:
            return None
        text = f"{seen.name} {seen.words}"
        keys, plain = _keys(text), plain_letters(text)
        return next((one for words, one in self._words if words.are_in(keys, plain)), None)

    def _by_domain(self, seen: Seen) -> Condition | None:
        if not self._domains:
            return None
        for domain in sorted(seen.domains):
            labels = domain.split(".")
            for start in range(len(labels)):
                if found := self._domains.get(".".join(labels[start:])):
                    return found
        return None


_NEARLY_THE_NAME = frozenset({Reason.LOOK, Reason.SAME, Reason.SPELLING, Reason.WORDS})
_WORD = re.compile(r"[^\W_]+(?:[^\W_]|[\u0300-\u036f])*")
# Scripts that write no spaces between words: there, a word may stand inside another.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


class _Words:
    """Words in a row, as they sound (transliterated, without accents) or as they look."""

    def __init__(self, pattern: str) -> None:
        self._keys = _keys(pattern)
        self._plain = plain_letters(pattern) if _UNSPACED.search(pattern) else ""

    def are_in(self, keys: Sequence[frozenset[str]], plain: str) -> bool:
        """`keys` and `plain_letters` of a text."""
        if self._plain:
            return self._plain in plain
        wanted = self._keys
        return any(
            all(one & other for one, other in zip(wanted, keys[start:], strict=False))
            for start in range(len(keys) - len(wanted) + 1)
        )


def _keys(text: str) -> list[frozenset[str]]:
    return [frozenset({fold(word).replace(" ", "")}) | looks(word) for word in _WORD.findall(text)]


def _clean_words(line: str) -> str:
    if not _keys(line):
        raise PatternRefused(gettext("Enter the words that the rule looks for."))
    return line


def _clean_domain(line: str) -> str:
    try:
        return website_domain(line.removeprefix("@"))
    except DomainRefused:
        raise PatternRefused(
            gettext("This is not a domain. It should look like example.org.")
        ) from None


def _clean_country(line: str) -> str:
    if line.upper() not in COUNTRY_CODES:
        raise PatternRefused(gettext("Choose a country from the list."))
    return line.upper()


def _clean_name(line: str) -> str:
    if not plain_letters(line):
        raise PatternRefused(gettext("Enter the name that the rule looks for."))
    return line


def _clean_nothing(_: str) -> str:
    return ""


_CLEAN = {
    RuleKind.WORD: _clean_words,
    RuleKind.DOMAIN: _clean_domain,
    RuleKind.COUNTRY: _clean_country,
    RuleKind.NAME: _clean_name,
    RuleKind.BURST: _clean_nothing,
}
