from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.website.plots.bars import Bar, Part, draw_bars
from undersigned.website.plots.periods import NegativeCount

PARTS = st.lists(st.builds(Part, st.text(max_size=5), st.integers(0, 10**10)), max_size=30)


def test_the_largest_come_first_and_equal_ones_as_given() -> None:
    bars = draw_bars([Part("Chad", 1), Part("Spain", 6), Part("Mali", 0), Part("Benin", 1)])
    assert bars.shown == (
        Bar("Spain", 6, 0.75, 100.0),
        Bar("Chad", 1, 0.125, 16.7),
        Bar("Benin", 1, 0.125, 16.7),
    )
    assert bars.every == bars.shown
    assert bars.rest is None
    assert bars.total == 8


def test_the_rest_is_one_bar_that_may_be_the_longest() -> None:
    bars = draw_bars([Part("a", 4), Part("b", 3), Part("c", 2), Part("d", 1)], most=1)
    assert bars.shown == (Bar("a", 4, 0.4, 66.7),)
    assert bars.rest == Bar("", 6, 0.6, 100.0, parts=3)
    assert [bar.label for bar in bars.every] == ["a", "b", "c", "d"]


def test_one_left_over_is_shown_by_its_name() -> None:
    bars = draw_bars([Part("a", 2), Part("b", 1)], most=1)
    assert ([bar.label for bar in bars.shown], bars.rest) == (["a", "b"], None)


def test_little_beside_very_much_is_seen() -> None:
    assert [bar.width for bar in draw_bars([Part("a", 10_000_000), Part("b", 1)]).every] == [
        100,
        0.5,
    ]


def test_a_bar_from_the_right_begins_where_it_leaves_room() -> None:
    assert Bar("a", 1, 0.1, 16.7).beside == 83.3


def test_nothing_at_all_has_no_bars() -> None:
    bars = draw_bars([Part("a", 0)])
    assert (bars.shown, bars.rest, bars.every, bars.total) == ((), None, (), 0)


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(NegativeCount):
        draw_bars([Part("a", -1)])


@given(PARTS, st.integers(1, 12))
def test_whatever_there_is_bars_fit_and_add_up(parts: list[Part], most: int) -> None:
    bars = draw_bars(parts, most)
    drawn = [*bars.shown, *([bars.rest] if bars.rest else [])]
    assert len(drawn) <= most + 1
    assert sum(bar.count for bar in drawn) == bars.total == sum(part.count for part in parts)
    assert all(0 < bar.width <= 100 and 0 <= bar.beside < 100 for bar in [*drawn, *bars.every])
    assert all(0 < bar.share <= 1 for bar in drawn)
