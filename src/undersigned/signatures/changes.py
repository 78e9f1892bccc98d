"""The one place where a signature's state changes and the change is recorded, together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from undersigned.signatures.models import Change, Signature, State
from undersigned.signatures.rules import Act, next_state
from undersigned.signatures.saving import save_columns


@transaction.atomic
def record(
    signatures: Sequence[Signature], act: Act, at: datetime, *, fields: Sequence[str] = ()
) -> list[Signature]:
    """Carry out `act` on signatures as they were read, saving `fields` with it.

    Each row is updated only if its state is still the one that was read; who loses that race is
    left out. Returns those that changed. Raises rules.NotAllowed before anything is written.
    """
    after = {signature.id: next_state(signature.state, act) for signature in signatures}
    changed = _unchanged_so_far(signatures)
    changes = [
        Change(
            signature_id=signature.id,
            letter_id=signature.letter_id,
            act=act,
            before=signature.state,
            after=after[signature.id],
            kind=signature.kind,
            country=signature.country,
            at=at,
        )
        for signature in changed
    ]
    for signature in changed:
        signature.state = after[signature.id]
    save_columns(changed, ("state", *fields))
    Change.objects.bulk_create(changes)
    return changed


def _unchanged_so_far(signatures: Sequence[Signature]) -> list[Signature]:
    """Those whose state is still the one that was read, locked until the transaction ends."""
    states = dict(
        Signature.objects.select_for_update()
        .filter(pk__in=[signature.id for signature in signatures])
        .order_by("pk")  # two that lock the same rows never wait for each other
        .values_list("pk", "state")
    )
    return [signature for signature in signatures if states.get(signature.id) == signature.state]


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
