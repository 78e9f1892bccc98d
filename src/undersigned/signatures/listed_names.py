"""The names under one letter, kept in the worker's memory to find duplicates.

A letter's list is read once; what is listed or held later is added. What left meanwhile is sorted
out when an answer is given: the database is asked about those few.
"""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from undersigned.signatures.authority.domains import DomainRefused, provable_domain
from undersigned.signatures.likeness import Index, Likeness, Named
from undersigned.signatures.models import Change, Signature, State
from undersigned.signatures.reading import Read, read
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen

# Their memory is given back to other letters: a hundred thousand names take some 200 MB.
MOST_LETTERS = 8
_MOST_HELD = 2_000
_HELD = Q(state=State.CONFIRMED) & ~Q(held_because="")


@dataclass
class ListedNames:
    """Of one letter."""

    letter: uuid.UUID
    index: Index[uuid.UUID] = field(default_factory=Index)
    _known: set[uuid.UUID] = field(default_factory=set)
    _seen_up_to: int = 0

    def catch_up(self) -> None:
        """Take in what was listed since the last time."""
        newest = Change.objects.filter(letter=self.letter).order_by("-pk").first()
        if newest is None or newest.pk == self._seen_up_to:
            return
        rows = Signature.objects.filter(letter=self.letter, state=State.LISTED).exclude(name="")
        if self._seen_up_to:
            changes = Change.objects.filter(letter=self.letter, pk__gt=self._seen_up_to)
            rows = rows.filter(pk__in=changes.values("signature"))
        for key, name, country, website in rows.values_list(
            "pk", "name", "country", "website"
        ).iterator():
            self._add(key, name, country, website)
        self._seen_up_to = newest.pk

    def take_in(self, opened: Iterable[Read]) -> None:
        """Take in what waits for a person."""
        for one in opened:
            entry = one.entry
            self._add(one.row.pk, entry.details.name, entry.country, entry.details.website)

    def like(self, opened: Read, domain: str) -> list[Likeness[uuid.UUID]]:
        """Others under the letter that may be the same, as long as they stand."""
        entry = opened.entry
        found = self.index.similar(entry.details.name, country=entry.country, domain=domain)
        standing = set(
            Signature.objects.filter(pk__in=[one.id for one in found])
            .filter(_HELD | Q(state=State.LISTED))
            .values_list("pk", flat=True)
        )
        return [one for one in found if one.id in standing and one.id != opened.row.pk]

    def _add(self, key: uuid.UUID, name: str, country: str, website: str) -> None:
        if key in self._known or not name:
            return
        self._known.add(key)
        try:
            domains: tuple[str, ...] = (provable_domain(website),)
        except DomainRefused:
            domains = ()
        self.index.add(Named(key, name, country=country, domains=domains))


class NamesOfLetters:
    """The latest few letters that were asked about. For one thread."""

    def __init__(self) -> None:
        self._kept: OrderedDict[uuid.UUID, ListedNames] = OrderedDict()

    def of(self, letter: uuid.UUID, keys: WorkerKeys) -> ListedNames:
        """Up to date with what is listed; what was held before is opened the first time."""
        names = self._kept.pop(letter, None)
        if names is None:
            names = ListedNames(letter)
            names.take_in(_held_before(letter, keys))
        names.catch_up()
        self._kept[letter] = names
        while len(self._kept) > MOST_LETTERS:
            self._kept.popitem(last=False)
        return names


def _held_before(letter: uuid.UUID, keys: WorkerKeys) -> list[Read]:
    held = Signature.objects.filter(_HELD, letter=letter, case__isnull=False)
    found = []
    for row in held.prefetch_related("corrections").order_by("-confirmed_at")[:_MOST_HELD]:
        try:
            found.append(read(row, keys))
        except (KeyMissing, CannotOpen):
            continue
    return found
