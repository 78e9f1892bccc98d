from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.website.plots.axes import Time, Unit, levels, times


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (4, (0, 1, 2, 3, 4)),
        (5, (0, 2, 4, 6)),
        (120, (0, 50, 100, 150)),
        (312, (0, 100, 200, 300, 400)),
        (10_000_000, (0, 5_000_000, 10_000_000)),
    ],
)
def test_values_at_the_side_are_round(top: int, expected: tuple[int, ...]) -> None:
    assert levels(top) == expected


@given(st.integers(0, 10**12))
def test_values_reach_just_above_what_is_drawn(top: int) -> None:
    found = levels(top)
    assert found[0] == 0
    assert found[-2] < max(top, 1) <= found[-1]
    assert 2 <= len(found) <= 5


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-11-21", "2026-11-21", [("2026-11-21", Unit.DAY, 50.0)]),
        (
            "2026-11-20",
            "2026-11-21",
            [("2026-11-20", Unit.DAY, 25.0), ("2026-11-21", Unit.DAY, 75.0)],
        ),
        (
            "2026-11-13",
            "2026-11-21",
            [
                ("2026-11-13", Unit.DAY, 5.6),
                ("2026-11-16", Unit.DAY, 38.9),
                ("2026-11-19", Unit.DAY, 72.2),
            ],
        ),
        (
            "2026-01-01",
            "2026-12-31",
            [
                ("2026-01-01", Unit.MONTH, 0.0),
                ("2026-04-01", Unit.MONTH, 24.7),
                ("2026-07-01", Unit.MONTH, 49.6),
                ("2026-10-01", Unit.MONTH, 74.8),
            ],
        ),
        (
            "2025-11-24",
            "2026-11-23",
            [
                ("2026-01-01", Unit.MONTH, 10.4),
                ("2026-04-01", Unit.MONTH, 35.1),
                ("2026-07-01", Unit.MONTH, 60.0),
                ("2026-10-01", Unit.MONTH, 85.2),
            ],
        ),
        (
            "2017-03-05",
            "2027-03-05",
            [("2020-01-01", Unit.YEAR, 28.3), ("2025-01-01", Unit.YEAR, 78.3)],
        ),
    ],
)
def test_dates_below_are_few_and_round(
    first: str, last: str, expected: list[tuple[str, Unit, float]]
) -> None:
    found = times(date.fromisoformat(first), date.fromisoformat(last))
    assert [(time.day.isoformat(), time.unit, time.x) for time in found] == expected


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 40_000))
def test_there_are_always_a_few_dates_and_all_within_the_plot(first: date, more: int) -> None:
    last = first + timedelta(more)
    found = times(first, last)
    assert 1 <= len(found) <= 4
    assert [time.day for time in found] == sorted({time.day for time in found})
    assert all(first <= time.day <= last and 0 <= time.x <= 100 for time in found)


@pytest.mark.parametrize(
    ("x", "anchor"), [(0, "start"), (7.9, "start"), (8, "middle"), (92, "middle"), (92.1, "end")]
)
def test_a_date_at_the_edge_is_not_cut_off(x: float, anchor: str) -> None:
    assert Time(date(2026, 11, 21), Unit.DAY, x).anchor == anchor
