"""Signatures that wait for a person, as the command line shows and decides them, one at a time."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from undersigned.letters.models import Letter
from undersigned.signatures import deciding
from undersigned.signatures.listing import CANNOT_BE_READ, read_details
from undersigned.signatures.models import Signature, State
from undersigned.signatures.rules import Details
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


def accept(signature: uuid.UUID, *, actor: str) -> None:
    """Let the worker list it; raises NotHeld."""
    _decided(deciding.accept, signature, actor)


def decline(signature: uuid.UUID, *, actor: str) -> None:
    """Do not list it; raises NotHeld."""
    _decided(deciding.decline, signature, actor)


def _decided(
    decide: Callable[[deciding.By, list[uuid.UUID]], deciding.Outcome],
    signature: uuid.UUID,
    actor: str,
) -> None:
    held = Signature.objects.filter(deciding.IS_HELD, pk=signature).select_related("letter")
    row = held.first()
    if row is None or not decide(deciding.By(row.letter, actor), [signature]).done:
        raise NotHeld
