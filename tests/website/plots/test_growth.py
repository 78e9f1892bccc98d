from __future__ import annotations

import math
from datetime import date, timedelta

import brotli
from hypothesis import given
from hypothesis import strategies as st

from tests.website.plots.drawn import points
from undersigned.website.plots.growth import HEIGHT, WIDTH, Level, draw_growth
from undersigned.website.plots.periods import Days, Length, days_of


def days(*counts: int, first: date = date(2026, 11, 13)) -> Days:
    found = days_of((first + timedelta(i), count) for i, count in enumerate(counts))
    assert found is not None
    return found


def test_a_curve_goes_from_nothing_to_the_total() -> None:
    curve = draw_growth(days(10, 0, 30))
    assert curve.line == "M0 150l213-38 214 0 213-112"
    assert curve.area == curve.line + "V150H0z"
    assert curve.levels == (
        Level(0, 150),
        Level(10, 112.5),
        Level(20, 75),
        Level(30, 37.5),
        Level(40, 0),
    )
    assert (curve.total, curve.first, curve.last) == (40, date(2026, 11, 13), date(2026, 11, 15))


def test_the_best_day_is_the_first_of_the_best() -> None:
    assert draw_growth(days(1, 5, 5)).best == (date(2026, 11, 14), 5)


def test_one_day_is_drawn_as_well() -> None:
    assert points(draw_growth(days(1)).line) == [(0, HEIGHT), (WIDTH, 0)]


def test_nothing_happening_is_a_level_line() -> None:
    found = days_of([(date(2026, 11, 13), 4)], until=date(2026, 11, 22))
    assert found is not None
    assert points(draw_growth(found).line) == [(0, 150), (64, 0), (640, 0)]


def test_its_table_has_every_period() -> None:
    curve = draw_growth(days(1, 0, 2))
    assert curve.length is Length.DAY
    assert [(period.count, period.so_far) for period in curve.periods] == [(1, 1), (0, 1), (2, 3)]


def test_a_year_of_days_weighs_little() -> None:
    # An uneven year: nothing is thinned by being straight.
    curve = draw_growth(days(*(i * 7919 % 83 for i in range(1, 366))))
    assert len(brotli.compress((curve.line + curve.area).encode())) < 700


@given(
    st.lists(
        st.tuples(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 10**10)),
        min_size=1,
        max_size=40,
    ),
    st.none() | st.dates(date(2000, 1, 1), date(2060, 1, 1)),
)
def test_whatever_happened_the_curve_stays_within_and_never_falls(
    counts: list[tuple[date, int]], until: date | None
) -> None:
    found = days_of(counts, until)
    assert found is not None
    curve = draw_growth(found)
    corners = points(curve.line)
    assert corners[0] == (0, HEIGHT)
    assert corners[-1][0] == WIDTH
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points(curve.area))
    assert all(math.isfinite(number) for corner in corners for number in corner)
    assert corners == sorted(corners, key=lambda corner: (corner[0], -corner[1]))
    assert all(0 <= level.y <= HEIGHT for level in curve.levels)
