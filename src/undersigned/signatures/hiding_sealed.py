"""Hide whom the web left: of an organisation what it cannot read, of a country where it broke off.

Of an organisation's people it is who waits, appears by initials or to the addressee alone, or left
openly: the worker opens their entries. Beginning again does no harm: whom the decision dealt with
before is left as they are.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from undersigned.letters.models import LetterEvent
from undersigned.signatures import errands
from undersigned.signatures.correcting import arrival, shown
from undersigned.signatures.errands import Cancelled
from undersigned.signatures.hidden_groups import falls_under
from undersigned.signatures.hiding import empty_withdrawn, hide_rows
from undersigned.signatures.models import Decision, Hiding, Signature, State
from undersigned.signatures.rules import STANDING
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyDestroyed, KeyMissing
from undersigned.vault.open import CannotOpen

CHUNK = 200
_LOOKED_AT = Q(state__in=STANDING) | Q(state=State.WITHDRAWN, withdrawn_on__isnull=False)
WORKER = "worker"


def hide_sealed(keys: WorkerKeys) -> int:
    """Carry out one order; returns 1 if there was any. For the errand thread.

    Where the key of the letter cannot be read, it is taken up again until it can.
    """
    within_reach = ~Q(decision__letter__in=keys.out_of_reach())
    order = errands.take(Hiding, timezone.now(), within_reach)
    if order is None:
        return 0
    try:
        _carry_out(order, keys)
    except Cancelled:
        pass
    except KeyDestroyed:
        errands.finish(order)  # nothing can be opened any more, by nobody
    except KeyMissing:
        pass
    return 1


def _carry_out(order: Hiding, keys: WorkerKeys) -> None:
    decision = Decision.objects.select_related("letter").get(pk=order.decision_id)
    hidden = 0
    for rows in _portions(order, decision):
        found = [row for row in rows if _belongs(row, decision, keys)]
        left = [row.pk for row in found if row.state == State.WITHDRAWN]
        stand = [row.pk for row in found if row.state != State.WITHDRAWN]
        with transaction.atomic():
            empty_withdrawn(decision.letter, left)
            hidden += len(left) + hide_rows(decision, stand, timezone.now()).appeared
    with transaction.atomic():
        errands.finish(order)
        if hidden:
            _note(decision, hidden)


def _portions(order: Hiding, decision: Decision) -> Iterator[Sequence[Signature]]:
    """All who stand, or left openly; says how far it is. Raises Cancelled."""
    rows = Signature.objects.filter(_LOOKED_AT, letter=decision.letter_id).order_by("pk")
    total, done = rows.count(), 0
    last = uuid.UUID(int=0)
    while portion := list(rows.filter(pk__gt=last).prefetch_related("corrections")[:CHUNK]):
        last = portion[-1].pk
        yield portion
        done += len(portion)
        errands.report(order, done, max(total, done))


def _belongs(row: Signature, decision: Decision, keys: WorkerKeys) -> bool:
    """One that cannot be opened could not be listed. Raises vault.keys.KeyMissing."""
    try:
        return falls_under(decision, arrival(row, shown(row, keys), keys))
    except CannotOpen:
        return False


def _note(decision: Decision, hidden: int) -> None:
    details = {"signatures": hidden, "reason": decision.reason, "decision": str(decision.pk)}
    LetterEvent.objects.create(
        letter=decision.letter, actor=WORKER, act="hide signatures", details=details
    )
