"""Signatures that wait for a person, opened for the moderator who looks at them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Min, QuerySet
from django.utils.functional import Promise

from undersigned.letters.models import Letter
from undersigned.signatures.cases import Like, OpenCase, read_case
from undersigned.signatures.deciding import IS_HELD
from undersigned.signatures.evidence_words import evidence_sentences, like_sentence, reason_label
from undersigned.signatures.models import Signature
from undersigned.studio.signature_words import KINDS
from undersigned.teams.installation import studio_opener
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen, Opener

_MOST_REASONS = 2


@dataclass(frozen=True)
class Alike:
    """Another entry that may be the same, with the sentence that says why."""

    like: Like
    sentence: str


@dataclass(frozen=True)
class Waiting:
    """A signature in the queue. `case` is None until the worker has prepared it."""

    row: Signature
    kind: str | Promise
    case: OpenCase | None
    reasons: list[str]
    sentences: list[str]
    alike: list[Alike]

    @property
    def name(self) -> str:
        return self.case.name if self.case else self.row.name

    @property
    def is_known(self) -> bool:
        return self.case is not None

    @property
    def is_for_organisation(self) -> bool:
        return self.row.kind == "organisation"


def held_in_order(letter: Letter) -> QuerySet[Signature]:
    """Organisations first, then who has waited longest."""
    held = Signature.objects.filter(IS_HELD, letter=letter).select_related("case")
    sealed = ("sealed_address", "sealed_details", "address_index", "sort_key")
    return held.defer(*sealed).order_by("-kind", "confirmed_at", "pk")


def oldest_held(letter: Letter) -> datetime | None:
    """Since when the first in the queue has waited."""
    held = Signature.objects.filter(IS_HELD, letter=letter)
    found: dict[str, Any] = held.aggregate(since=Min("confirmed_at"))
    since: datetime | None = found["since"]
    return since


def open_all(rows: Sequence[Signature]) -> list[Waiting]:
    """Each with its case, as far as the worker has prepared it and the studio's key opens it."""
    opener = _opener()
    return [_open(row, opener) for row in rows]


def open_case(row: Signature) -> Waiting:
    return open_all([row])[0]


def neighbours(rows: Sequence[Waiting], at: uuid.UUID) -> tuple[uuid.UUID | None, uuid.UUID | None]:
    """Who stands before and after one of them."""
    ids = [waiting.row.pk for waiting in rows]
    place = ids.index(at)
    before = ids[place - 1] if place else None
    return before, ids[place + 1] if place + 1 < len(ids) else None


def _open(row: Signature, opener: Opener | None) -> Waiting:
    case = None
    if hasattr(row, "case") and opener is not None:
        try:
            case = read_case(row.case, opener)
        except CannotOpen:
            case = OpenCase(is_readable=False)
    codes = row.case.reasons if hasattr(row, "case") else [row.held_because]
    return Waiting(
        row=row,
        kind=KINDS[row.kind],
        case=case,
        reasons=[reason_label(code) for code in codes if code][:_MOST_REASONS],
        sentences=evidence_sentences(case) if case else [],
        alike=[Alike(like, like_sentence(like)) for like in case.likes] if case else [],
    )


def _opener() -> Opener | None:
    try:
        return studio_opener(settings.DATA / "web")
    except KeyMissing:
        return None
