"""The registry of organisations, kept in the worker's memory to compare names with."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime

from django.db.models import Count, Max

from undersigned.signatures.authority.lookalikes import KnownDomains, Resemblance
from undersigned.signatures.likeness import Index, Named
from undersigned.signatures.looks import looks, plain_letters
from undersigned.signatures.models import Organisation

_LARGE = 5_000
_TIMES = 20

_Version = tuple[int, datetime | None]


class Looks:
    """Names and domains by what they look like: all that holding needs, and quick to make."""

    def __init__(self) -> None:
        self._plain: dict[str, set[str]] = {}
        self._domains = KnownDomains(())
        self._known: set[str] = set()

    def add(self, names: list[str], domains: list[str]) -> None:
        for name in names:
            for look in looks(name):
                self._plain.setdefault(look, set()).add(plain_letters(name))
        for domain in domains:
            self._known.add(domain)
            self._domains.add(domain)

    def imitates(self, name: str, domain: str) -> bool:
        """Whether a name or domain looks like a known one and is written with other letters."""
        if not self._plain:
            return False
        plain = plain_letters(name)
        alike: set[str] = set().union(*(self._plain.get(look, set()) for look in looks(name)))
        if alike and plain not in alike:
            return True
        if not domain or domain in self._known:
            return False
        return any(
            found.resemblance is Resemblance.LOOK for found in self._domains.resembling(domain)
        )


class Kept[Thing]:
    """Something made of the whole registry, made anew when that changed.

    For a large registry it is allowed to be out of date for a while, so that the worker does not
    spend its time on it: while many organisations are listed the registry changes all the time.
    """

    def __init__(self, make: Callable[[], Thing]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._version: _Version | None = None
        self._fresh_until = 0.0

    def get(self) -> Thing:
        """One small query, unless it is to be made."""
        version = _version()
        with self._lock:
            if version != self._version and time.monotonic() >= self._fresh_until:
                start = time.monotonic()
                self._thing = self._make()
                self._version = version
                took = time.monotonic() - start
                self._fresh_until = start + _TIMES * took if version[0] > _LARGE else 0.0
            return self._thing


def known_organisations() -> Index[uuid.UUID]:
    """The registry by likeness of names."""
    return _index.get()


def known_looks() -> Looks:
    """What the registry's names and domains look like."""
    return _looks.get()


def _make_index() -> Index[uuid.UUID]:
    return Index(_named(row) for row in _rows())


def _make_looks() -> Looks:
    found = Looks()
    for row in _rows():
        found.add([row.name, row.native_name, *row.aliases], row.domains)
    return found


def _version() -> _Version:
    found = Organisation.objects.aggregate(count=Count("pk"), changed=Max("changed_at"))
    return found["count"], found["changed"]


def _rows() -> list[Organisation]:
    return list(Organisation.objects.filter(merged_into=None).order_by("pk"))


def _named(row: Organisation) -> Named[uuid.UUID]:
    return Named(
        row.pk, row.name, tuple(row.aliases), row.native_name, row.country, tuple(row.domains)
    )


_index = Kept(_make_index)
_looks = Kept(_make_looks)
