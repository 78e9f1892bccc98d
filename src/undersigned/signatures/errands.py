"""Work in the background: claimed, carried out with progress, cancelled, taken up after a crash.

A row of a model below `Errand` is the order; the worker's errand thread takes one at a time. A
claim lasts CLAIM and is renewed with each report of progress: the order of a worker that was killed
is taken up by another one, from the beginning. Each kind of work is therefore written so that
beginning again does no harm. A worker that stood still for longer than its claim finds, at its next
report, that the order is another's.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from undersigned.signatures.models import Errand, ErrandState

CLAIM = timedelta(minutes=5)


class Cancelled(Exception):
    """Whoever gave the order took it back, or another worker has it. Stop, and leave nothing."""


class Failed(Exception):
    """The work cannot be done. The message is a code that says why, perhaps with more behind it."""


@transaction.atomic
def take[Work: Errand](kind: type[Work], now: datetime, only: Q | None = None) -> Work | None:
    """Claim the oldest order of a kind that nobody works on; None if there is none."""
    due = Q(state=ErrandState.WAITING) | Q(state=ErrandState.RUNNING, claimed_until__lte=now)
    waiting = kind._default_manager.filter(due, only or Q()).order_by("asked_at")
    errand = waiting.select_for_update(skip_locked=_can_skip()).first()
    if errand is None:
        return None
    errand.state = ErrandState.RUNNING
    errand.claimed_until = now + CLAIM
    errand.done = 0
    errand.save(update_fields=["state", "claimed_until", "done"])
    return errand


def report(errand: Errand, done: int, total: int) -> None:
    """Say how far it is, and keep the claim; raises Cancelled."""
    until = timezone.now() + CLAIM
    if not _ours(errand).update(done=done, total=total, claimed_until=until):
        raise Cancelled
    errand.claimed_until = until


def finish(errand: Errand, **columns: object) -> None:
    """Done, with what came of it; raises Cancelled."""
    done = {"state": ErrandState.DONE, "ended_at": timezone.now(), "outcome": ""}
    if not _ours(errand).update(**{**done, **columns}):
        raise Cancelled
    errand.refresh_from_db()


def fail(errand: Errand, why: str) -> None:
    """Given up, and why, in a code; one that was cancelled meanwhile stays so."""
    _ours(errand).update(state=ErrandState.FAILED, ended_at=timezone.now(), outcome=why[:300])


def cancel(errand: Errand) -> bool:
    """Take an order back; False if it had ended before."""
    open_states = (ErrandState.WAITING, ErrandState.RUNNING)
    found = type(errand)._default_manager.filter(pk=errand.pk, state__in=open_states)
    return found.update(state=ErrandState.CANCELLED, ended_at=timezone.now()) > 0


def _ours(errand: Errand) -> QuerySet[Errand]:
    """The order, as long as it runs under the claim that `errand` knows of."""
    return type(errand)._default_manager.filter(
        pk=errand.pk, state=ErrandState.RUNNING, claimed_until=errand.claimed_until
    )


def _can_skip() -> bool:
    skips: bool = transaction.get_connection().features.has_select_for_update_skip_locked
    return skips
