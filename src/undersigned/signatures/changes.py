"""The one place where a signature's state changes and the change is recorded, together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from undersigned.signatures.models import Change, Signature, State
from undersigned.signatures.rules import Act, next_state


@transaction.atomic
def record(
    signatures: Sequence[Signature], act: Act, at: datetime, *, fields: Sequence[str] = ()
) -> list[Signature]:
    """Carry out `act` on signatures as they were read, saving `fields` with it.

    Each row is updated only if its state is still the one that was read; who loses that race is
    left out. Returns those that changed. Raises rules.NotAllowed before anything is written.
    """
    after = {signature.id: next_state(signature.state, act) for signature in signatures}
    changes = []
    changed = []
    for signature in signatures:
        before = signature.state
        values = {field: getattr(signature, field) for field in fields}
        won = Signature.objects.filter(pk=signature.id, state=before).update(
            state=after[signature.id], **values
        )
        if not won:
            continue
        signature.state = after[signature.id]
        changed.append(signature)
        changes.append(
            Change(
                signature_id=signature.id,
                letter_id=signature.letter_id,
                act=act,
                before=before,
                after=signature.state,
                kind=signature.kind,
                country=signature.country,
                at=at,
            )
        )
    Change.objects.bulk_create(changes)
    return changed


@transaction.atomic
def enter(signatures: Sequence[Signature], at: datetime) -> None:
    """Store signatures that were gathered elsewhere, and record that they came."""
    Signature.objects.bulk_create(signatures, batch_size=500)
    Change.objects.bulk_create(
        [
            Change(
                signature_id=signature.id,
                letter_id=signature.letter_id,
                act="import",
                before=State.PENDING,
                after=signature.state,
                kind=signature.kind,
                country=signature.country,
                at=at,
            )
            for signature in signatures
        ],
        batch_size=500,
    )
