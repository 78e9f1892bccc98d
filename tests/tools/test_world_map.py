"""What makes the map of the world: projection, lines with fewer points, shapes that are joined."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.atlas import Atlas, merged, read_atlas, unwrapped
from tools.equal_earth import area, centre, project, simplify
from tools.world_map import path

# Two unit squares side by side: arc 1 is the border between them.
SQUARES = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [
        [[1, 1], [-1, 0], [0, -1], [1, 0]],
        [[1, 0], [0, 1]],
        [[1, 0], [1, 0], [0, 1], [-1, 0]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "id": "001", "arcs": [[0, 1]], "properties": {}},
                {
                    "type": "MultiPolygon",
                    "arcs": [[[2, -2]]],
                    "properties": {"name": "Right"},
                },
            ]
        }
    },
}


def test_the_projection_keeps_areas_and_the_middle_in_the_middle() -> None:
    assert project((10.5, 0), middle=10.5) == (0, 0)
    # Half of the earth's width, from the authors' table: 2.7066 for the whole radius 1.
    assert round(project((180, 0), middle=0)[0], 3) == 2.707
    sizes = []
    for low in (0.0, 40.0, 70.0):
        high = low + 0.01
        ring = [(0.0, low), (0.01, low), (0.01, high), (0.0, high)]
        plane = abs(area([project(point, middle=0) for point in ring]))
        sizes.append(plane / _true_area(low, high))
    assert [round(size / sizes[0], 4) for size in sizes] == [1, 1, 1]


def _true_area(low: float, high: float) -> float:
    return math.sin(math.radians(high)) - math.sin(math.radians(low))


def test_small_bends_go_and_large_ones_stay() -> None:
    line = [(0.0, 0.0), (1.0, 0.1), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]
    assert simplify(line, 1) == [(0, 0), (2, 0), (3, 5), (4, 0)]
    assert simplify(line, 1000) == [(0, 0), (4, 0)]
    assert simplify(line[:1], 1) == line[:1]


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=30))
def test_the_ends_of_a_line_always_stay(line: list[tuple[float, float]]) -> None:
    kept = simplify(line, 1)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    assert len(kept) <= len(line)


def test_a_square_has_its_size_and_its_centre() -> None:
    square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]
    assert (area(square), centre(square)) == (4, (1, 1))


def test_countries_are_read_as_rings() -> None:
    atlas = read_atlas(SQUARES)
    assert atlas.shapes == {"001": [[0, 1]], "Right": [[2, -2]]}
    assert atlas.points([0, 1]) == [(1, 1), (0, 1), (0, 0), (1, 0)]
    assert atlas.points([2, -2]) == [(1, 0), (2, 0), (2, 1), (1, 1)]


def test_what_is_joined_has_no_border_within() -> None:
    atlas = read_atlas(SQUARES)
    (ring,) = merged([[0, 1], [2, -2]], atlas.arcs)
    assert sorted(ring) == [0, 2]
    assert abs(area(atlas.points(ring))) == 2
    assert merged([[0, 1]], atlas.arcs) == [[0, 1]]


def test_a_shape_across_the_180th_meridian_stays_whole() -> None:
    assert unwrapped([(179, 0), (-179, 0), (-178, 1), (178, 1)]) == [
        (179, 0),
        (181, 0),
        (182, 1),
        (178, 1),
    ]
    atlas = Atlas([[(179, 0), (-179, 0), (-179, 1), (179, 0)]])
    assert atlas.points([0]) == [(179, 0), (181, 0), (181, 1)]


@pytest.mark.parametrize(
    ("ring", "drawn"),
    [
        ([(1, 1), (3, 1), (3.2, 0.6), (1, 4)], "M1 1l2 0-2 3z"),
        ([(1, 1), (1.2, 1), (2, 2)], ""),
    ],
)
def test_a_path_is_in_whole_units(ring: list[tuple[float, float]], drawn: str) -> None:
    assert path(ring) == drawn
