"""Apply rules to what was confirmed or listed before: counted first, held only on demand.

A sweep is an order to the worker. First it counts what its conditions fit. Whoever ordered it looks
at the number and says so; then the worker holds what fits, as one decision that can be undone.
Cancelled half-way, what is held by then stays in that decision.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from undersigned.letters.models import LetterEvent
from undersigned.signatures import errands
from undersigned.signatures.changes import record
from undersigned.signatures.deciding import By
from undersigned.signatures.errands import Cancelled
from undersigned.signatures.holding import RULE
from undersigned.signatures.holding_rules import Condition, RuleKind, Rules
from undersigned.signatures.models import (
    Decided,
    Decision,
    ErrandState,
    Kind,
    Signature,
    State,
    Sweep,
)
from undersigned.signatures.reading import read
from undersigned.signatures.rules import Act
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen

CHUNK = 200
_STANDS_UNHELD = Q(state=State.LISTED) | Q(state=State.CONFIRMED, held_because="")
KEY_IS_MISSING = gettext_noop(
    "The key of this letter cannot be read, so that nothing could be looked through. "
    "Nothing was changed. Ask the host to put the key back, and start again."
)


class NothingToRun(Exception):
    """The sweep was not counted yet, was cancelled, or has run already."""


def order_sweep(by: By, conditions: Sequence[Condition]) -> Sweep:
    """Have the worker count what conditions fit among what is confirmed or listed."""
    return Sweep.objects.create(
        letter=by.letter,
        actor=by.actor,
        conditions=[{"kind": one.kind.value, "pattern": one.pattern} for one in conditions],
    )


@transaction.atomic
def run_sweep(by: By, sweep: uuid.UUID) -> None:
    """Have the worker hold what was counted; raises NothingToRun."""
    counted = Sweep.objects.filter(
        pk=sweep, letter=by.letter, state=ErrandState.DONE, wants_to_run=False, found__gt=0
    )
    if not counted.update(wants_to_run=True, state=ErrandState.WAITING, done=0, ended_at=None):
        raise NothingToRun
    LetterEvent.objects.create(
        letter=by.letter, actor=by.actor, act="run sweep", details={"sweep": str(sweep)}
    )


def cancel_sweep(by: By, sweep: uuid.UUID) -> bool:
    """Stop it; False if it had ended before. What is held by then can be undone."""
    found = Sweep.objects.filter(pk=sweep, letter=by.letter).first()
    return found is not None and errands.cancel(found)


def sweep_signatures(keys: WorkerKeys) -> int:
    """Carry out one order; returns 1 if there was any. For the errand thread."""
    sweep = errands.take(Sweep, timezone.now())
    if sweep is None:
        return 0
    try:
        if sweep.wants_to_run:
            _hold(sweep, keys)
        else:
            _count(sweep, keys)
    except KeyMissing:
        errands.fail(sweep, KEY_IS_MISSING)
    except Cancelled:
        pass
    return 1


def _count(sweep: Sweep, keys: WorkerKeys) -> None:
    found = organisations = 0
    for rows in _fitting(sweep, keys):
        found += len(rows)
        organisations += sum(row.kind == Kind.ORGANISATION for row in rows)
    errands.finish(sweep, found=found, organisations=organisations)


def _hold(sweep: Sweep, keys: WorkerKeys) -> None:
    decision = _decision(sweep)
    for rows in _fitting(sweep, keys):
        with transaction.atomic():
            _hold_chunk(decision, rows)
    errands.finish(sweep)


def _decision(sweep: Sweep) -> Decision:
    """One for the sweep, also where a worker takes it up again after another was killed."""
    if sweep.decision is None:
        with transaction.atomic():
            sweep.decision = Decision.objects.create(
                letter=sweep.letter,
                act="hold",
                actor=sweep.actor,
                reason=RULE,
                at=timezone.now(),
            )
            sweep.save(update_fields=["decision"])
    return sweep.decision


def _hold_chunk(decision: Decision, rows: Sequence[Signature]) -> None:
    wanted = Signature.objects.filter(_STANDS_UNHELD, pk__in=[row.pk for row in rows])
    locked = list(wanted.select_for_update().order_by("pk"))
    Decided.objects.bulk_create(
        Decided(decision=decision, signature=row, state_before=row.state) for row in locked
    )
    listed = [row for row in locked if row.state == State.LISTED]
    for row in listed:
        row.held_because = RULE
    record(listed, Act.HOLD, timezone.now(), fields=("held_because",))
    waiting = [row.pk for row in locked if row.state == State.CONFIRMED and not row.held_because]
    Signature.objects.filter(pk__in=waiting).update(held_because=RULE)


def _fitting(sweep: Sweep, keys: WorkerKeys) -> Iterator[list[Signature]]:
    """Those that the conditions fit, in chunks; says how far it is. Raises KeyMissing, Cancelled.

    One that cannot be opened fits nothing: it could not have been listed.
    """
    rules = Rules([Condition(RuleKind(one["kind"]), one["pattern"]) for one in sweep.conditions])
    standing = Signature.objects.filter(_STANDS_UNHELD, letter=sweep.letter).order_by("pk")
    total, done = standing.count(), 0
    last = uuid.UUID(int=0)
    while rows := list(standing.filter(pk__gt=last).prefetch_related("corrections")[:CHUNK]):
        last = rows[-1].pk
        yield [row for row in rows if _fits(row, rules, keys)]
        done += len(rows)
        errands.report(sweep, done, max(total, done))


def _fits(row: Signature, rules: Rules, keys: WorkerKeys) -> bool:
    try:
        return rules.match(read(row, keys).seen(with_domains=rules.look_at_domains)) is not None
    except CannotOpen:
        return False
