from __future__ import annotations

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.website.plots.drawn import points
from undersigned.letters.places import COUNTRY_CODES
from undersigned.website.plots.periods import NegativeCount
from undersigned.website.plots.world import FILE, draw_world, outlines


def test_every_country_that_can_be_chosen_is_on_the_map() -> None:
    world = outlines()
    assert world.shapes.keys() | world.places.keys() == COUNTRY_CODES


@pytest.mark.parametrize("code", ["MT", "SG", "PS", "BH", "TV", "HK", "AQ", "LU", "XK"])
def test_small_places_have_a_dot(code: str) -> None:
    assert draw_world({code: 1}).countries[0].place is not None


def test_every_outline_and_dot_is_within_the_map() -> None:
    world = outlines()
    corners = [corner for shape in world.shapes.values() for corner in points(shape)]
    for x, y in [*corners, *world.places.values()]:
        assert 0 <= x <= world.width
        assert 0 <= y <= world.height


def _middle(code: str) -> tuple[float, float]:
    xs, ys = zip(*points(outlines().shapes[code]), strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def test_the_world_is_the_right_way_round() -> None:
    assert _middle("CA")[0] < _middle("DE")[0] < _middle("CN")[0] < _middle("NZ")[0]
    assert _middle("NO")[1] < _middle("DZ")[1] < _middle("ZA")[1]


@pytest.mark.parametrize(
    ("country", "longitude_and_latitude_in"),
    [("UA", "RU"), ("EH", "MA"), ("SO", "ET"), ("CY", "TR"), ("GF", "FR"), ("SJ", "NO")],
)
def test_shapes_follow_codes_rather_than_who_holds_a_place(
    country: str, longitude_and_latitude_in: str
) -> None:
    """Each is there by itself; Western Sahara reaches the sea, Ukraine the south of Crimea."""
    assert country in outlines().shapes
    assert longitude_and_latitude_in in outlines().shapes


def test_crimea_is_in_ukraine_and_the_coast_in_western_sahara() -> None:
    shapes = outlines().shapes
    romania = max(y for _, y in points(shapes["RO"]))
    assert max(y for _, y in points(shapes["UA"])) > romania - 6
    assert min(x for x, _ in points(shapes["EH"])) < min(x for x, _ in points(shapes["MA"]))
    assert max(y for _, y in points(shapes["MA"])) <= min(y for _, y in points(shapes["EH"])) + 1


def test_countries_stand_apart_from_the_rest_of_the_land() -> None:
    world = draw_world({"FR": 5, "DE": 1, "MT": 1, "": 3, "ZZ": 2})
    assert [(one.code, one.count, one.shade) for one in world.countries] == [
        ("FR", 5, 5),
        ("DE", 1, 1),
        ("MT", 1, 1),
    ]
    assert world.elsewhere == 5
    assert outlines().shapes["FR"] not in world.land
    assert outlines().shapes["ES"] in world.land
    x, y = outlines().places["MT"]
    assert world.countries[2].place == (x, y)
    assert f"M{x} {y}h0" not in world.islets
    x, y = outlines().places["SG"]
    assert f"M{x} {y}h0" in world.islets


def test_without_countries_there_is_land_only() -> None:
    world = draw_world({"": 4, "FR": 0})
    assert (world.countries, world.classes, world.elsewhere) == ((), (), 4)
    assert outlines().shapes["FR"] in world.land


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(NegativeCount):
        draw_world({"FR": -1})


@given(st.dictionaries(st.sampled_from(["", "ZZ", *sorted(COUNTRY_CODES)]), st.integers(0, 10**9)))
def test_whatever_is_counted_nothing_is_left_out(counts: dict[str, int]) -> None:
    world = draw_world(counts)
    found = sum(country.count for country in world.countries)
    assert found + world.elsewhere == sum(counts.values())
    shades = {step.shade for step in world.classes}
    assert all(country.shade in shades for country in world.countries)
    assert all(country.shape or country.place for country in world.countries)


def test_the_map_is_light() -> None:
    assert len(brotli.compress(FILE.read_bytes())) < 12_000
