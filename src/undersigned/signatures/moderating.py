"""Decide on signatures that wait for a person."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.changes import record
from undersigned.signatures.listing import CANNOT_BE_READ, read_details
from undersigned.signatures.models import Signature, State
from undersigned.signatures.rules import Act, Details
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.open import CannotOpen


class NotHeld(Exception):
    """There is no such signature, or nobody holds it any more."""


@dataclass(frozen=True)
class Held:
    """A signature in the queue, opened for the person who decides. Without the address."""

    id: uuid.UUID
    kind: str
    reason: str
    name: str
    role: str
    website: str
    country: str
    visibility: str


def held_signatures(letter: Letter, keys: WorkerKeys) -> list[Held]:
    """Those of a letter that wait, oldest first; raises KeyMissing.

    One that cannot be opened stands there without its details, to be declined.
    """
    waiting = Signature.objects.filter(letter=letter, state=State.CONFIRMED).exclude(
        held_because=""
    )
    entries = []
    for signature in waiting.order_by("confirmed_at"):
        reason = signature.held_because
        try:
            details = read_details(signature, keys)
        except CannotOpen:
            details, reason = Details(name=""), CANNOT_BE_READ
        entries.append(
            Held(
                id=signature.id,
                kind=signature.kind,
                reason=reason,
                name=details.name,
                role=details.role,
                website=details.website,
                country=signature.country,
                visibility=signature.visibility,
            )
        )
    return entries


@transaction.atomic
def accept(signature: uuid.UUID, *, actor: str) -> None:
    """Let the worker list it; raises NotHeld."""
    row = _held(signature)
    if not Signature.objects.filter(pk=row.pk, state=State.CONFIRMED).update(held_because=""):
        raise NotHeld
    _note(row, actor, "accept signature")


@transaction.atomic
def decline(signature: uuid.UUID, *, actor: str) -> None:
    """Do not list it; raises NotHeld."""
    row = _held(signature)
    if not record([row], Act.DECLINE, timezone.now()):
        raise NotHeld
    _note(row, actor, "decline signature")


def _held(signature: uuid.UUID) -> Signature:
    row = Signature.objects.filter(pk=signature, state=State.CONFIRMED).exclude(held_because="")
    found = row.first()
    if found is None:
        raise NotHeld
    return found


def _note(row: Signature, actor: str, act: str) -> None:
    LetterEvent.objects.create(
        letter_id=row.letter_id, actor=actor, act=act, details={"signature": str(row.pk)}
    )
