"""Orders for work in the background: claimed once, reported on, cancelled, taken up again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from undersigned.signatures import errands
from undersigned.signatures.errands import CLAIM, Cancelled, cancel, fail, finish, report, take
from undersigned.signatures.models import ErrandState, LookUp

pytestmark = pytest.mark.django_db


def order(**columns: object) -> LookUp:
    return LookUp.objects.create(act="find", actor="Ana", **columns)


def now_of(errand: LookUp) -> LookUp:
    return LookUp.objects.get(pk=errand.pk)


def test_the_oldest_order_is_taken_first_and_once() -> None:
    first, second = order(), order()
    now = timezone.now()
    taken = [take(LookUp, now), take(LookUp, now), take(LookUp, now)]
    assert [errand and errand.pk for errand in taken] == [first.pk, second.pk, None]
    assert now_of(first).state == ErrandState.RUNNING


def test_only_those_that_fit_are_taken() -> None:
    order()
    export = LookUp.objects.create(act="export", actor="Ana")
    taken = take(LookUp, timezone.now(), Q(act="export"))
    assert taken == export
    assert take(LookUp, timezone.now(), Q(act="export")) is None


def test_progress_is_seen_and_renews_the_claim() -> None:
    errand = order()
    now = timezone.now()
    taken = take(LookUp, now)
    assert taken is not None
    report(taken, 3, 10)
    seen = now_of(errand)
    assert (seen.done, seen.total) == (3, 10)
    assert seen.claimed_until is not None
    assert seen.claimed_until > now + CLAIM
    report(taken, 4, 10)
    assert now_of(errand).done == 4


def test_what_came_of_it_is_kept() -> None:
    errand = order()
    taken = take(LookUp, timezone.now())
    assert taken is not None
    finish(taken, found=2)
    seen = now_of(errand)
    assert (seen.state, seen.found, seen.outcome) == (ErrandState.DONE, 2, "")
    assert taken.state == ErrandState.DONE
    assert seen.ended_at is not None


def test_an_order_that_cannot_be_carried_out_says_why() -> None:
    errand = order()
    taken = take(LookUp, timezone.now())
    assert taken is not None
    fail(taken, "The list is empty. " * 30)
    seen = now_of(errand)
    assert seen.state == ErrandState.FAILED
    assert seen.outcome == ("The list is empty. " * 30)[:300]


def test_an_order_is_taken_back_before_or_while_it_is_carried_out() -> None:
    waiting, running = order(), order()
    assert cancel(waiting)
    taken = take(LookUp, timezone.now())
    assert taken == running
    assert taken is not None
    assert cancel(running)
    with pytest.raises(Cancelled):
        report(taken, 1, 2)
    with pytest.raises(Cancelled):
        finish(taken)
    fail(taken, "Too late.")
    assert now_of(running).state == ErrandState.CANCELLED
    assert not cancel(running)


def test_the_order_of_a_worker_that_was_killed_is_taken_up_from_the_beginning() -> None:
    errand = order()
    now = timezone.now()
    taken = take(LookUp, now)
    assert taken is not None
    report(taken, 5, 10)
    later = timezone.now() + CLAIM + timedelta(seconds=1)
    assert take(LookUp, now + timedelta(minutes=1)) is None
    again = take(LookUp, later)
    assert again == errand
    assert now_of(errand).done == 0


def test_a_worker_that_stood_still_finds_its_order_taken() -> None:
    errand = order()
    now = timezone.now()
    slow = take(LookUp, now)
    other = take(LookUp, now + CLAIM + timedelta(seconds=1))
    assert slow is not None
    assert other is not None
    with pytest.raises(Cancelled):
        report(slow, 9, 10)
    with pytest.raises(Cancelled):
        finish(slow)
    fail(slow, "Given up.")
    report(other, 1, 10)
    assert (now_of(errand).state, now_of(errand).done) == (ErrandState.RUNNING, 1)


def test_orders_that_another_worker_looks_at_are_passed_by_where_the_database_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(errands, "_can_skip", lambda: False)
    assert take(LookUp, timezone.now()) is None
