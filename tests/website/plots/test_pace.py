from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.website.plots.drawn import points
from undersigned.website.plots.growth import HEIGHT, WIDTH, Level
from undersigned.website.plots.pace import draw_pace
from undersigned.website.plots.periods import Days, Length, Period, days_of

FIRST = date(2026, 11, 13)


def days(*counts: int) -> Days:
    found = days_of((FIRST + timedelta(i), count) for i, count in enumerate(counts))
    assert found is not None
    return found


def test_each_day_with_signatures_has_a_column() -> None:
    columns = draw_pace(days(*[100, 0, 50] + [0] * 16 + [25]))
    assert columns.area == "M2.4 150V0H29.6V150zM66.4 150V75H93.6V150zM610.4 150V112.5H637.6V150z"
    assert columns.levels == (Level(0, 150), Level(50, 75), Level(100, 0))
    assert columns.length is Length.DAY
    assert columns.best == Period(FIRST, FIRST, 100, 100)
    assert (columns.total, columns.first, columns.last) == (175, FIRST, date(2026, 12, 2))
    assert len(columns.periods) == 20


def test_few_columns_are_no_wall() -> None:
    assert draw_pace(days(1)).area == "M296.0 150V0H344.0V150z"


def test_one_signature_beside_ten_million_is_seen() -> None:
    assert draw_pace(days(1, 10_000_000)).area.startswith("M136.0 150V149H")


def test_many_days_are_drawn_as_weeks() -> None:
    columns = draw_pace(days(*[1] * 140))
    assert columns.length is Length.WEEK
    assert (columns.best.count, columns.best.first) == (7, date(2026, 11, 16))


@given(
    st.lists(
        st.tuples(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 10**10)),
        min_size=1,
        max_size=40,
    )
)
def test_whatever_happened_the_columns_stay_within(counts: list[tuple[date, int]]) -> None:
    found = days_of(counts)
    assert found is not None
    columns = draw_pace(found)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points(columns.area))
    assert columns.area.count("z") == sum(period.count > 0 for period in columns.periods)
