from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.website.plots.bars import Part
from undersigned.website.plots.funnel import Step, draw_funnel
from undersigned.website.plots.periods import NegativeCount


def test_each_step_is_measured_by_the_first_and_by_the_one_before() -> None:
    steps = draw_funnel([Part("Signed", 400), Part("Confirmed", 300), Part("Listed", 150)])
    assert steps == (
        Step("Signed", 400, 100.0, None, None),
        Step("Confirmed", 300, 75.0, 0.75, 0.75),
        Step("Listed", 150, 37.5, 0.375, 0.5),
    )
    assert [step.beside for step in steps] == [0, 25, 62.5]


def test_after_nobody_there_is_no_share() -> None:
    assert draw_funnel([Part("Signed", 0), Part("Confirmed", 0)]) == (
        Step("Signed", 0, 0.0, None, None),
        Step("Confirmed", 0, 0.0, None, None),
    )


def test_a_later_step_may_be_larger() -> None:
    assert draw_funnel([Part("Confirmed", 2), Part("Listed", 4)])[1] == Step("Listed", 4, 100, 2, 2)


def test_without_steps_there_is_nothing() -> None:
    assert draw_funnel([]) == ()


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(NegativeCount):
        draw_funnel([Part("Signed", 1), Part("Confirmed", -1)])


@given(st.lists(st.builds(Part, st.text(max_size=3), st.integers(0, 10**10)), max_size=6))
def test_whatever_there_is_bars_fit(parts: list[Part]) -> None:
    steps = draw_funnel(parts)
    assert [step.count for step in steps] == [part.count for part in parts]
    assert all(0 <= step.width <= 100 and 0 <= step.beside <= 100 for step in steps)
