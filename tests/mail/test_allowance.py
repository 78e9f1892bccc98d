"""Nobody is bombed by us: once per topic and day, three times a day, six times a week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from undersigned.mail.allowance import Ledger, Permit, forget_old
from undersigned.mail.models import Allowance

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ANA, BEN = b"a" * 32, b"b" * 32


def topic(number: int) -> bytes:
    return bytes([number]) * 32


def ask(mark: bytes, number: int, at: datetime) -> Permit:
    """Ask as a batch of its own."""
    ledger = Ledger([mark], at)
    permit = ledger.ask(mark, topic(number))
    ledger.save()
    return permit


def test_one_topic_is_mailed_once_a_day() -> None:
    assert ask(ANA, 1, MONDAY) is Permit.YES
    assert ask(ANA, 1, MONDAY + 23 * HOUR) is Permit.NO
    assert ask(ANA, 1, MONDAY + DAY) is Permit.YES


def test_three_a_day_and_the_third_is_the_last() -> None:
    permits = [ask(ANA, number, MONDAY + number * HOUR) for number in range(5)]

    assert permits == [Permit.YES, Permit.YES, Permit.LAST, Permit.NO, Permit.NO]


def test_six_a_week_and_the_sixth_is_the_last() -> None:
    permits = [ask(ANA, number, MONDAY + number * DAY) for number in range(8)]

    # The seventh day is still within a week of the first; on the eighth the first is forgotten.
    yes, last, no = Permit.YES, Permit.LAST, Permit.NO
    assert permits == [yes, yes, yes, yes, yes, last, no, last]


def test_a_refusal_uses_nothing_up() -> None:
    for hour in range(3):
        ask(ANA, hour, MONDAY + hour * HOUR)
    for hour in range(3, 20):
        assert ask(ANA, hour, MONDAY + hour * HOUR) is Permit.NO

    assert Allowance.objects.count() == 3
    assert ask(ANA, 30, MONDAY + DAY) is Permit.LAST


def test_addresses_do_not_share_their_allowances() -> None:
    for hour in range(3):
        ask(ANA, hour, MONDAY + hour * HOUR)

    assert ask(BEN, 1, MONDAY + 3 * HOUR) is Permit.YES


def test_the_limits_hold_within_one_batch() -> None:
    ledger = Ledger([ANA, BEN, ANA], MONDAY)

    permits = [ledger.ask(ANA, topic(number)) for number in (1, 1, 2, 3, 4)]

    assert permits == [Permit.YES, Permit.NO, Permit.YES, Permit.LAST, Permit.NO]
    assert ledger.ask(BEN, topic(1)) is Permit.YES


def test_what_was_not_saved_was_not_used() -> None:
    Ledger([ANA], MONDAY).ask(ANA, topic(1))

    assert ask(ANA, 1, MONDAY) is Permit.YES


def test_what_limits_nothing_any_more_is_forgotten() -> None:
    ask(ANA, 1, MONDAY)
    ask(ANA, 2, MONDAY + HOUR)

    forget_old(MONDAY + timedelta(days=7))

    left = Allowance.objects.get()
    assert str(left) == "2026-11-23T10:00:00+00:00"
    assert (bytes(left.mark), bytes(left.topic)) == (ANA, topic(2))
