"""Names on a sheet that may have signed before: for whoever enters it, never for the public."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from undersigned.letters.models import Letter
from undersigned.signatures.folding import fold
from undersigned.signatures.likeness import Index, Named
from undersigned.signatures.models import PaperName, Signature, State
from undersigned.signatures.paper import Entry

# Of one look: a page must not wait for a very common name.
_CANDIDATES_AT_MOST = 500
_BEGINNING = 5


@dataclass(frozen=True)
class Double:
    """`name` may be who appears already as `other`. `sheet`: its number; 0 for online."""

    name: str
    other: str
    sheet: int = 0


def find_doubles(
    letter: Letter, names: Sequence[Entry], *, besides: uuid.UUID | None = None
) -> list[Double]:
    """One for each name that is like another: online, on an earlier sheet, or twice on this one.

    `besides`: a sheet that is left out, because it is the one that is being corrected. Only those
    who appear are looked at.
    """
    index: Index[int] = Index()
    others: list[tuple[str, int]] = []
    for name, country, sheet in _candidates(letter, names, besides):
        index.add(Named(len(others), name, country=country))
        others.append((name, sheet))
    found = []
    for entry in names:
        alike = index.similar(entry.name, country=entry.country)
        if alike:
            found.append(Double(entry.name, *others[alike[0].id]))
        index.add(Named(len(others), entry.name, country=entry.country))
        others.append((entry.name, -1))
    return found


def _candidates(
    letter: Letter, names: Sequence[Entry], besides: uuid.UUID | None
) -> Iterator[tuple[str, str, int]]:
    """Name, country and sheet of those that share the beginning of a longest word."""
    longest = {max(fold(entry.name).split(), key=len, default="") for entry in names} - {""}
    alike = Q(pk__in=[])
    for word in longest:
        alike |= Q(search__contains=word[:_BEGINNING])
    listed = Signature.objects.filter(alike, letter=letter, state=State.LISTED).exclude(name="")
    for name, country in listed.values_list("name", "country")[:_CANDIDATES_AT_MOST]:
        yield name, country, 0
    entered = PaperName.objects.filter(alike, sheet__letter=letter, sheet__undone_at=None)
    for name, country, sheet in entered.exclude(sheet=besides).values_list(
        "name", "country", "sheet__number"
    )[:_CANDIDATES_AT_MOST]:
        yield name, country, sheet
