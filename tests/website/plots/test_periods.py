from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.website.plots.periods import (
    Length,
    NegativeCount,
    Period,
    days_of,
    length_for,
    periods,
)

COUNTS = st.lists(
    st.tuples(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 10**7)), max_size=20
)


def test_days_are_put_in_order_and_added_up() -> None:
    monday, friday = date(2026, 11, 16), date(2026, 11, 20)
    days = days_of([(friday, 2), (monday, 1), (friday, 3), (date(2026, 12, 1), 0)])
    assert days is not None
    assert (days.first, days.last, len(days), days.total) == (monday, friday, 5, 6)
    assert days.counts == ((monday, 1), (friday, 5))


def test_days_may_go_on_after_the_last_signature() -> None:
    day, today = date(2026, 11, 16), date(2026, 11, 23)
    days, earlier = days_of([(day, 1)], until=today), days_of([(today, 1)], until=day)
    assert days is not None
    assert earlier is not None
    assert days.last == earlier.last == today


def test_without_signatures_there_are_no_days() -> None:
    assert days_of([]) is None
    assert days_of([(date(2026, 11, 16), 0)], until=date(2026, 11, 23)) is None


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(NegativeCount):
        days_of([(date(2026, 11, 16), -1)])


@pytest.mark.parametrize(
    ("count", "length"),
    [
        (1, Length.DAY),
        (120, Length.DAY),
        (121, Length.WEEK),
        (366, Length.WEEK),
        (840, Length.WEEK),
        (841, Length.MONTH),
        (3653, Length.MONTH),
        (3721, Length.YEAR),
    ],
)
def test_many_days_are_gathered(count: int, length: Length) -> None:
    first = date(2016, 11, 21)
    days = days_of([(first, 1), (first + timedelta(count - 1), 1)])
    assert days is not None
    assert length_for(days) is length


def test_weeks_begin_on_monday_and_the_first_and_last_may_be_short() -> None:
    days = days_of([(date(2026, 11, 13), 1), (date(2026, 11, 16), 2), (date(2026, 11, 24), 4)])
    assert days is not None
    assert periods(days, Length.WEEK) == (
        Period(date(2026, 11, 13), date(2026, 11, 15), 1, 1),
        Period(date(2026, 11, 16), date(2026, 11, 22), 2, 3),
        Period(date(2026, 11, 23), date(2026, 11, 24), 4, 7),
    )


@pytest.mark.parametrize(
    ("length", "starts"),
    [
        (Length.MONTH, ["2027-11-30", "2027-12-01", "2028-01-01", "2028-02-01", "2028-03-01"]),
        (Length.YEAR, ["2027-11-30", "2028-01-01"]),
    ],
)
def test_months_and_years_begin_on_their_first_day(length: Length, starts: list[str]) -> None:
    days = days_of([(date(2027, 11, 30), 1), (date(2028, 3, 1), 1)])
    assert days is not None
    assert [period.first.isoformat() for period in periods(days, length)] == starts


@given(COUNTS, st.sampled_from([Length.WEEK, Length.MONTH, Length.YEAR]))
def test_no_day_and_no_signature_is_lost_or_counted_twice(
    counts: list[tuple[date, int]], length: Length
) -> None:
    days = days_of(counts)
    if days is None:
        assert sum(count for _, count in counts) == 0
        return
    found = periods(days, length)
    assert sum((period.last - period.first).days + 1 for period in found) == len(days)
    assert (found[0].first, found[-1].last) == (days.first, days.last)
    assert found[-1].so_far == sum(period.count for period in found) == days.total
