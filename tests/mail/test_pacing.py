"""The row that all workers keep to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from undersigned.mail.models import Pace
from undersigned.mail.pacing import look_for_room

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_what_one_worker_takes_another_has_not() -> None:
    with transaction.atomic():
        look_for_room(120, NOW).take(7)
    with transaction.atomic():
        assert look_for_room(120, NOW).count == 3
    assert str(Pace.objects.get()) == "2026-11-23T11:59:58.500000+00:00"


def test_a_worker_whose_clock_is_behind_waits() -> None:
    with transaction.atomic():
        look_for_room(60, NOW).take(5)
        assert look_for_room(60, NOW - timedelta(seconds=30)).count == 0


def test_a_clock_that_was_put_back_stops_nothing() -> None:
    earlier = NOW - timedelta(days=1)
    with transaction.atomic():
        look_for_room(60, NOW).take(5)
        look_for_room(60, earlier).take(0)
        assert look_for_room(60, earlier + timedelta(seconds=3)).count == 3
