"""Take a decision back: every signature of it that still is what the decision made of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from undersigned.letters.models import LetterEvent
from undersigned.signatures import journal, telling
from undersigned.signatures.changes import record
from undersigned.signatures.deciding import By, Outcome
from undersigned.signatures.models import Decided, Decision, Kind, Signature, State
from undersigned.signatures.reasons import TAKEN_BACK_FROM
from undersigned.signatures.rules import STANDING, Act


class CannotUndo(Exception):
    """There is no such decision, it was undone already, or it is none that can be."""


@transaction.atomic
def undo(by: By, decision: uuid.UUID) -> Outcome:
    """Put back what the decision changed; mails that were not written yet are not written.

    What changed again since then is left out: somebody withdrew, another decision was made, or
    the same mailbox signed anew. Raises CannotUndo.
    """
    row = _claim(by, decision)
    decided = list(row.decided.select_related("signature").order_by("signature_id"))
    _lock(decided)
    put_back = _UNDO[row.act](row, decided, timezone.now())
    telling.untell([one.pk for one in put_back], telling.DECLINED, str(row.pk))
    telling.untell([one.pk for one in put_back], telling.VOID, str(row.pk))
    LetterEvent.objects.create(
        letter=by.letter,
        actor=by.actor,
        act="undo decision",
        details={"decision": str(row.pk), "signatures": len(put_back), "what": row.act},
    )
    return Outcome(
        decision=row,
        done=len(put_back),
        organisations=sum(one.kind == Kind.ORGANISATION for one in put_back),
        left_out=len(decided) - len(put_back),
    )


def _claim(by: By, decision: uuid.UUID) -> Decision:
    found = Decision.objects.filter(
        pk=decision, letter=by.letter, act__in=UNDOABLE, undone_at=None, waits=False
    )
    if not found.update(undone_at=timezone.now()):
        raise CannotUndo
    return Decision.objects.get(pk=decision)


def _lock(decided: Sequence[Decided]) -> None:
    ids = [one.signature_id for one in decided]
    rows = Signature.objects.select_for_update().filter(pk__in=ids).order_by("pk").in_bulk()
    for one in decided:
        one.signature = rows[one.signature_id]


def _undo_accept(row: Decision, decided: Sequence[Decided], now: datetime) -> list[Signature]:
    """Those that the worker has listed meanwhile leave the list again."""
    waiting = [one for one in decided if _is(one, State.CONFIRMED)]
    listed = [one for one in decided if _is(one, State.LISTED)]
    for one in (*waiting, *listed):
        one.signature.held_because = one.held_before
    _save_held(waiting)
    for one in waiting:
        journal.note(Act.HOLD, [one.signature_id], now, one.held_before)
    back = record([one.signature for one in listed], Act.HOLD, now, fields=("held_because",))
    return [*(one.signature for one in waiting), *back]


def _undo_hold(row: Decision, decided: Sequence[Decided], now: datetime) -> list[Signature]:
    """The worker lists them again."""
    held = [
        one
        for one in decided
        if one.signature.state == State.CONFIRMED and one.signature.held_because
    ]
    for one in held:
        one.signature.held_because = one.held_before
    _save_held(held)
    journal.note(Act.RESTORE, [one.signature_id for one in held], now)
    return [one.signature for one in held]


def _undo_decline(row: Decision, decided: Sequence[Decided], now: datetime) -> list[Signature]:
    return _restore([one for one in decided if one.signature.state == State.DECLINED], now)


def _undo_void(row: Decision, decided: Sequence[Decided], now: datetime) -> list[Signature]:
    """What was voided by somebody else meanwhile, or by its owner, stays so."""
    ours = [
        one
        for one in decided
        if one.signature.state == State.VOID
        and one.signature.void_because == row.reason
        and row.reason in TAKEN_BACK_FROM
    ]
    return _restore(ours, now)


_UNDO = {
    "accept": _undo_accept,
    "hold": _undo_hold,
    "decline": _undo_decline,
    "void": _undo_void,
    "merge": _undo_void,
}


UNDOABLE = frozenset(_UNDO)


def _restore(decided: Sequence[Decided], now: datetime) -> list[Signature]:
    """Confirmed again, and held as before; what was listed is listed anew by the worker."""
    taken = _signed_anew([one.signature for one in decided])
    rows = []
    for one in decided:
        if one.signature_id in taken or _is_erased(one.signature):
            continue
        one.signature.held_because = one.held_before
        one.signature.void_because = ""
        one.signature.merged_into = None
        rows.append(one.signature)
    return record(rows, Act.RESTORE, now, fields=("held_because", "void_because", "merged_into"))


def _is_erased(row: Signature) -> bool:
    """Nothing is left of whoever signed: neither what was typed nor, of imports, a name."""
    return row.sealed_details is None and not row.name


def _signed_anew(rows: Sequence[Signature]) -> set[uuid.UUID]:
    """Those whose mailbox has another signature under the letter by now: it counts once."""
    indexes = {bytes(index): row.pk for row in rows if (index := row.address_index)}
    if not indexes:
        return set()
    standing = Signature.objects.filter(
        Q(state__in=STANDING),
        letter_id=rows[0].letter_id,
        address_index__in=[*indexes],
    )
    found = standing.values_list("address_index", flat=True)
    return {indexes[bytes(index or b"")] for index in found}


def _is(one: Decided, state: State) -> bool:
    return one.signature.state == state and not one.signature.held_because


def _save_held(decided: Sequence[Decided]) -> None:
    for one in decided:
        Signature.objects.filter(pk=one.signature_id).update(held_because=one.held_before)
