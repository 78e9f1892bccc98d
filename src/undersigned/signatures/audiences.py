"""Whom an update goes to: those who asked for updates, all of them or some.

A choice that names nothing leaves nobody out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from undersigned.letters.models import Letter
from undersigned.signatures.models import Signature
from undersigned.signatures.rules import STANDING


@dataclass(frozen=True)
class Audience:
    """`kinds`, `countries` (ISO 3166, "" for none given) and `languages` are codes.

    `editions`: numbers of those that were signed.
    """

    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    editions: tuple[int, ...] = ()

    def to_json(self) -> dict[str, list[Any]]:
        """For `Mailing.audience`."""
        named = {"kinds": self.kinds, "countries": self.countries, "languages": self.languages}
        return {name: list(found) for name, found in {**named, "editions": self.editions}.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Iterable[Any]]) -> Audience:
        return cls(**{name: tuple(found) for name, found in stored.items()})


@dataclass(frozen=True)
class Choices:
    """What there is to choose among: (code, how many asked for updates), the most first."""

    total: int
    kinds: Sequence[tuple[str, int]]
    countries: Sequence[tuple[str, int]]
    languages: Sequence[tuple[str, int]]
    editions: Sequence[tuple[int, int]]


_COLUMNS = {
    "kinds": "kind",
    "countries": "country",
    "languages": "language",
    "editions": "edition__number",
}


def members(
    letter: Letter, audience: Audience, until: datetime | None = None
) -> QuerySet[Signature]:
    """Who confirmed, stands, and asked for updates; those who confirmed by `until`."""
    # As in the index signature_to_update.
    asked = Q(state__in=STANDING, consent_updates=True)
    for name, column in _COLUMNS.items():
        if chosen := getattr(audience, name):
            asked &= Q(**{f"{column}__in": chosen})
    if until is not None:
        asked &= Q(confirmed_at__lte=until)
    return Signature.objects.filter(asked, letter=letter, sealed_address__isnull=False)


def choices_of(letter: Letter) -> Choices:
    """Among whom to choose."""
    everybody = members(letter, Audience())
    found = {
        name: sorted(
            everybody.order_by().values_list(column).annotate(Count("pk")),
            key=lambda pair: (-pair[1], pair[0]),
        )
        for name, column in _COLUMNS.items()
    }
    return Choices(total=sum(count for _, count in found["kinds"]), **found)
