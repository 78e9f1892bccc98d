from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.website.plots.classes import Class, classes


@pytest.mark.parametrize(
    ("highest", "lows"),
    [
        (1, [1]),
        (5, [1, 2, 3, 4, 5]),
        (6, [1, 2, 5]),
        (20, [1, 2, 5, 10, 20]),
        (60, [1, 3, 10, 30]),
        (120, [1, 3, 10, 30, 100]),
        (5_000, [1, 10, 100, 1_000]),
        (10_000_000, [1, 100, 10_000, 1_000_000]),
    ],
)
def test_steps_are_as_fine_as_five_can_be(highest: int, lows: list[int]) -> None:
    assert [step.low for step in classes(highest)] == lows


def test_classes_follow_each_other_to_the_strongest_colour() -> None:
    assert classes(60) == (
        Class(1, 2, 1),
        Class(3, 9, 2),
        Class(10, 29, 4),
        Class(30, None, 5),
    )


@given(st.integers(1, 10**15))
def test_every_count_has_one_class_and_every_class_its_own_colour(highest: int) -> None:
    found = classes(highest)
    assert 1 <= len(found) <= 5
    assert (found[0].low, found[-1].high, found[-1].shade) == (1, None, 5)
    assert found[-1].low <= highest
    assert [step.high for step in found[:-1]] == [step.low - 1 for step in found[1:]]
    assert len({step.shade for step in found}) == len(found)
    assert all(1 <= step.shade <= 5 for step in found)
