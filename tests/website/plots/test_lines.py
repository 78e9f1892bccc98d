from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.website.plots.drawn import points
from undersigned.website.plots.lines import path, thin

LINES = st.lists(st.floats(0, 150), min_size=1, max_size=60).map(
    lambda heights: [(float(x), y) for x, y in enumerate(heights)]
)


def test_a_straight_line_needs_its_ends_only() -> None:
    assert thin([(0, 0), (1, 1), (2, 2), (3, 3)], 0.5) == [(0, 0), (3, 3)]


def test_a_corner_stays() -> None:
    assert thin([(0, 0), (1, 0), (2, 0), (3, 9)], 0.5) == [(0, 0), (2, 0), (3, 9)]


def test_a_cliff_stays_a_cliff() -> None:
    cliff = [(0.0, 0.0), (1.0, 0.0), (1.0, 9.0), (1.0, 3.0), (2.0, 3.0)]
    assert thin(cliff, 0.5) == cliff


@given(LINES)
def test_what_is_left_out_would_not_be_seen(line: list[tuple[float, float]]) -> None:
    kept = thin(line, 0.75)
    assert kept[0] == line[0]
    assert kept[-1] == line[-1]
    for (x, y), (u, v) in pairwise(kept):
        for across, height in line[round(x) : round(u) + 1]:
            assert abs(height - y - (v - y) * (across - x) / (u - x)) <= 0.7500001


@given(LINES)
def test_a_path_goes_through_the_points_in_whole_units(line: list[tuple[float, float]]) -> None:
    rounded = [(round(x), round(y)) for x, y in line]
    drawn = points(path(line))
    assert {*drawn} == {*rounded}
    assert (drawn[0], drawn[-1]) == (rounded[0], rounded[-1])


def test_a_point_alone_is_a_path_too() -> None:
    assert path([(3, 4), (3.2, 4.4)]) == "M3 4l0 0"
