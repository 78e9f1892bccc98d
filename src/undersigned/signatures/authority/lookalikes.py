"""Domains that are easily taken for one that is known."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import icu
import idna
from rapidfuzz.distance import OSA

from undersigned.signatures.pigeonholes import Pigeonholes

# One slip in a name of five letters or more; in shorter ones a letter makes another word.
_SHORTEST_SLIP = 5
_MOST_FOUND = 20
# What registries put before a country's ending: org.uk, co.ke, edu.br.
_LONGEST_SECOND = 3


class Resemblance(StrEnum):
    """Why one domain may be taken for another; the strongest first."""

    LOOK = "look"
    ENDING = "ending"
    SLIP = "slip"


@dataclass(frozen=True)
class DomainLikeness:
    """A known domain that another one resembles."""

    domain: str
    resemblance: Resemblance


class KnownDomains:
    """Clean domains, indexed once, to compare others with."""

    def __init__(self, domains: Iterable[str]) -> None:
        self._known: set[str] = set()
        self._by_look: Pigeonholes[str, str] = Pigeonholes()
        self._by_name: Pigeonholes[str, str] = Pigeonholes()
        self._by_end: Pigeonholes[tuple[str, int, bool], str] = Pigeonholes()
        for domain in domains:
            self.add(domain)

    def add(self, domain: str) -> None:
        """One more; twice is as once."""
        if domain in self._known:
            return
        self._known.add(domain)
        name = _name(domain)
        self._by_look.put(_look(domain), domain)
        self._by_name.put(name, domain)
        for key in _ends(name, len(name)):
            self._by_end.put(key, name)

    def resembling(self, domain: str) -> list[DomainLikeness]:
        """Known domains that `domain` resembles, without itself; the strongest first.

        They look the same (skeletons of UTS #39), have the same name under another ending, or a
        name that is one insertion, deletion, replacement or swap away.
        """
        found: dict[str, Resemblance] = {}
        name = _name(domain)
        for known in self._by_look.at(_look(domain)):
            found.setdefault(known, Resemblance.LOOK)
        for known in self._by_name.at(name):
            found.setdefault(known, Resemblance.ENDING)
        for known in self._one_slip_away(name):
            found.setdefault(known, Resemblance.SLIP)
        found.pop(domain, None)
        order = list(Resemblance)
        return [
            DomainLikeness(known, resemblance)
            for known, resemblance in sorted(
                found.items(), key=lambda item: (order.index(item[1]), item[0])
            )
        ][:_MOST_FOUND]

    def _one_slip_away(self, name: str) -> list[str]:
        if len(name) < _SHORTEST_SLIP:
            return []
        # One slip leaves either the first two letters or the last two.
        keys = (key for change in (-1, 0, 1) for key in _ends(name, len(name) + change))
        near = {other for key in keys for other in self._by_end.at(key)}
        slips = sorted(other for other in near if OSA.distance(name, other, score_cutoff=1) == 1)
        return [domain for other in slips for domain in self._by_name.at(other)]


def _ends(name: str, length: int) -> tuple[tuple[str, int, bool], tuple[str, int, bool]]:
    return (name[:2], length, True), (name[-2:], length, False)


def _look(domain: str) -> str:
    """What a domain looks like: `rnedia.org` and `media.org` agree."""
    written = domain
    if "xn--" in domain:
        with suppress(UnicodeError):
            written = idna.decode(domain)
    return str(_checker().getSkeleton(0, written.replace("-", "")))


def _name(domain: str) -> str:
    """What stands before the ending: `example` of `example.org` and of `example.co.ke`.

    A guess, good for likeness only; without hyphens, which people misremember.
    """
    labels = domain.split(".")[:-1]
    if len(labels) > 1 and len(labels[-1]) <= _LONGEST_SECOND:
        labels.pop()
    return ".".join(labels).replace("-", "")


@lru_cache(maxsize=1)
def _checker() -> icu.SpoofChecker:
    return icu.SpoofChecker()
