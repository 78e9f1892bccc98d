"""What all workers keep to: the row of the minute, the counts of the hour and the day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from undersigned.mail.models import Pace, Spent
from undersigned.mail.pacing import Limits, Room, look_for_room, put_back

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def look(now: datetime = NOW, /, **limits: int) -> Room:
    with transaction.atomic():
        return look_for_room(Limits(**limits), 200, now)


def test_what_one_worker_takes_another_has_not() -> None:
    look(per_minute=120).take(7)
    assert look(per_minute=120).count == 3
    assert str(Pace.objects.get()) == "2026-11-23T11:59:58.500000+00:00"


def test_a_worker_whose_clock_is_behind_waits() -> None:
    look(per_minute=60).take(5)
    assert look(NOW - timedelta(seconds=30), per_minute=60).count == 0


def test_a_clock_that_was_put_back_stops_nothing() -> None:
    earlier = NOW - DAY
    look(per_minute=60, per_day=10).take(5)
    look(earlier, per_minute=60, per_day=10).take(0)
    assert look(earlier + timedelta(seconds=3), per_minute=60, per_day=10).count == 3
    assert look(earlier + timedelta(minutes=1), per_day=10).count == 10


@pytest.mark.parametrize(("name", "window"), [("per_hour", HOUR), ("per_day", DAY)])
def test_no_hour_and_no_day_has_more(name: str, window: timedelta) -> None:
    look(**{name: 10}).take(6)
    look(NOW + timedelta(minutes=7), **{name: 10}).take(3)
    at_its_end = NOW + window - timedelta(seconds=1)
    assert look(at_its_end, **{name: 10}).count == 1
    assert look(NOW + window + timedelta(seconds=59), **{name: 10}).count == 1  # not too early
    assert look(NOW + window + timedelta(minutes=1), **{name: 10}).count == 7
    assert look(NOW + window + timedelta(minutes=8), **{name: 10}).count == 10


def test_the_narrowest_limit_counts() -> None:
    assert look(per_day=1000).count == 200  # as many as were asked for
    limits = {"per_minute": 600, "per_hour": 30, "per_day": 100}
    assert look(**limits).count == 30
    look(**limits).take(30)
    room = look(NOW + timedelta(minutes=5), **limits)
    assert (room.count, room.is_long) == (0, True)
    tomorrow = look(NOW + timedelta(hours=2), **{**limits, "per_minute": 12})
    assert (tomorrow.count, tomorrow.is_long) == (1, False)


def test_a_fifth_is_kept_from_updates() -> None:
    assert (look(per_day=100).count, look(per_day=100).later) == (100, 80)
    look(per_day=100).take(80)
    assert (look(per_day=100).count, look(per_day=100).later) == (20, 0)
    look(per_day=100).take(15)
    assert (look(per_day=100).count, look(per_day=100).later) == (5, 0)
    assert look(NOW + DAY + HOUR, per_hour=50, per_day=1000).later == 40
    assert look(per_minute=600).later == look(per_minute=600).count


@pytest.mark.parametrize(("limit", "later"), [(1, 1), (2, 1), (4, 3), (9, 8), (10, 8)])
def test_of_a_small_limit_at_least_one_is_kept(limit: int, later: int) -> None:
    assert (look(per_hour=limit).count, look(per_hour=limit).later) == (limit, later)


def test_a_limit_that_was_lowered_leaves_nothing_and_no_less() -> None:
    look(per_day=100).take(50)
    assert (look(per_day=10).count, look(per_day=10).later) == (0, 0)


def test_what_did_not_leave_is_put_back() -> None:
    look(per_day=10).take(8)
    put_back(5, NOW + timedelta(seconds=2))
    assert look(per_day=10).count == 7
    put_back(5, NOW - HOUR)  # nothing was taken then
    assert look(per_day=10).count == 7


def test_what_limits_nothing_any_more_is_forgotten() -> None:
    look(per_day=10).take(1)
    look(NOW + DAY, per_day=10).take(1)
    look(NOW + 2 * DAY + timedelta(minutes=1), per_day=10).take(1)
    assert [str(row) for row in Spent.objects.order_by("minute")] == [
        "2026-11-24T12:00:00+00:00",
        "2026-11-25T12:01:00+00:00",
    ]


def test_without_such_limits_nothing_is_counted() -> None:
    look(per_minute=10).take(1)
    assert not Spent.objects.exists()
