"""The one place where a signature's state changes and the change is recorded, together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from undersigned.letters.models import Edition
from undersigned.signatures.journal import note_states
from undersigned.signatures.models import Change, Signature, State
from undersigned.signatures.rules import SHOWN, Act, next_state
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
    texts = _text_numbers(changed)
    changes = [
        _change(signature, act, signature.state, after[signature.id], at, texts)
        for signature in changed
    ]
    for signature in changed:
        signature.state = after[signature.id]
    save_columns(changed, ("state", *fields))
    Change.objects.bulk_create(changes)
    note_states(changed, act, at)
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
    texts = _text_numbers(signatures)
    Change.objects.bulk_create(
        [
            _change(signature, "import", State.PENDING, signature.state, at, texts)
            for signature in signatures
        ],
        batch_size=500,
    )


@contextmanager
def replacing(signature: Signature, act: str, at: datetime) -> Iterator[None]:
    """Around a change of a listed signature's kind, country, edition or visibility.

    Out as it was, in as it is. `with replacing(signature, "renew", now): signature.edition = …;
    signature.save(…)`. Two changes are recorded, so that each count loses the one and gains the
    other. Call it in a transaction that holds the row.
    """
    with replacing_all([signature], act, at):
        yield


@contextmanager
def replacing_all(signatures: Sequence[Signature], act: str, at: datetime) -> Iterator[None]:
    """As `replacing`, around a change of several."""
    texts = _text_numbers(signatures)
    before = [_change(one, act, one.state, State.CONFIRMED, at, texts) for one in signatures]
    yield
    texts = _text_numbers(signatures)
    after = [_change(one, act, State.CONFIRMED, one.state, at, texts) for one in signatures]
    Change.objects.bulk_create([*before, *after], batch_size=500)


def _change(
    signature: Signature, act: str, before: str, after: str, at: datetime, texts: dict[int, int]
) -> Change:
    return Change(
        signature_id=signature.id,
        letter_id=signature.letter_id,
        act=act,
        before=before,
        after=after,
        kind=signature.kind,
        country=signature.country,
        text_number=texts[signature.edition_id],
        is_shown=signature.visibility in SHOWN,
        at=at,
    )


def _text_numbers(signatures: Sequence[Signature]) -> dict[int, int]:
    """By edition; see letters.models.Edition."""
    editions = {signature.edition_id for signature in signatures}
    return dict(Edition.objects.filter(pk__in=editions).values_list("pk", "text_number"))
