"""Groups of a letter's signers whose names are hidden, and who belongs to one.

A group stays hidden until an owner has it reviewed (showing_again.py): whoever comes to light later
is hidden too (staying_hidden.py). The decision that hid it holds the group itself, in clear.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from undersigned.signatures.folding import fold
from undersigned.signatures.models import Decided, Decision, Kind, Signature

HIDE = "hide"  # the act of such a decision


class Shared(StrEnum):
    """What the people have in common."""

    COUNTRY = "country"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Group:
    """`value`: a country's code, or an organisation's name as people give their affiliation."""

    by: Shared
    value: str


@dataclass(frozen=True)
class Arrival:
    """An entry that is to be listed, or written out: opened and corrected, in memory only.

    `affiliations`: also one that a pseudonym leaves out. `chose_in`: the country that its owner had
    given when they chose how to appear; empty where nobody chose.
    """

    row: Signature
    name: str
    affiliations: tuple[str, ...]
    country: str
    chose_in: str


def open_hides(letters: Collection[uuid.UUID]) -> QuerySet[Decision]:
    """The decisions of these letters under which groups are hidden, oldest first."""
    found = Decision.objects.filter(letter__in=letters, act=HIDE, undone_at=None)
    return found.order_by("at", "pk")


def group_of(decision: Decision) -> Group:
    """What one of `open_hides` hides."""
    return Group(Shared(decision.hides_by), decision.reason)


def may_fall_under(row: Signature, group: Group) -> bool:
    """By what the web can read: a country stands in clear, an affiliation may not."""
    return group.by is Shared.ORGANISATION or row.country == group.value


def kept_hidden(decisions: QuerySet[Decision]) -> Exists:
    """Of signatures: whether one of the decisions hid it, and its owner has not chosen since."""
    noted = Decided.objects.filter(signature=OuterRef("pk"), chose_anew=False)
    return Exists(noted.filter(decision__in=decisions.order_by().values("pk")))


def falls_under(decision: Decision, arrival: Arrival) -> bool:
    """Whether an entry belongs to a hidden group, unless its owner was warned before they chose."""
    group, row = group_of(decision), arrival.row
    if group.by is Shared.ORGANISATION:
        words = fold(group.value)
        return any(names(words, row.kind, arrival.name, one) for one in arrival.affiliations)
    chose_after = row.confirmed_at is not None and row.confirmed_at >= decision.at
    was_warned = chose_after and arrival.chose_in == group.value
    return arrival.country == group.value and not was_warned


def names(words: str, kind: str, name: str, affiliation: str) -> bool:
    """Folded words in a row, in the affiliation of a person or the name of an organisation."""
    text = name if kind == Kind.ORGANISATION else affiliation
    return f" {words} " in f" {fold(text)} "
