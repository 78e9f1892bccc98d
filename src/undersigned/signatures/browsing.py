"""All signatures of a letter, for the people who run it: whatever became of each."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from undersigned.letters.models import Letter
from undersigned.signatures.folding import fold
from undersigned.signatures.models import Signature, State


@dataclass(frozen=True)
class Wanted:
    """What to look for; empty is everything. `words` are found in what is or was shown."""

    state: str = State.LISTED
    kind: str = ""
    source: str = ""
    country: str = ""
    language: str = ""
    words: str = ""
    batch: uuid.UUID | None = None
    only_featured: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the state is asked for."""
        return self != Wanted(state=self.state)


def find_signatures(letter: Letter, wanted: Wanted) -> QuerySet[Signature]:
    """The latest first, without what is sealed."""
    found = Signature.objects.filter(letter=letter, state=wanted.state)
    for name in ("kind", "source", "country", "language", "batch"):
        if value := getattr(wanted, name):
            found = found.filter(**{name: value})
    if wanted.only_featured:
        found = found.filter(is_featured=True)
    folded = fold(wanted.words).split()
    for word in folded:
        found = found.filter(search__contains=word)
    if wanted.words and not folded:  # signs only, such as `#`
        found = found.filter(name__contains=wanted.words)
    sealed = ("sealed_address", "sealed_details", "address_index", "sort_key")
    # No second column: with it, a database sorts all rows of one moment, such as a whole import.
    return found.defer(*sealed).order_by("-created_at")


def count_by_state(letter: Letter) -> dict[str, int]:
    """How many there are in each state that has any."""
    states = Signature.objects.filter(letter=letter).values_list("state")
    return dict(states.order_by("state").annotate(total=Count("*")))
