"""Where signatures come from, on a map of the world."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from undersigned.website.plots.classes import Class, classes
from undersigned.website.plots.periods import NegativeCount

FILE = Path(__file__).parent / "world.json"


@dataclass(frozen=True)
class Outlines:
    """Paths and places (x, y) by ISO 3166-1 alpha-2 code (and XK), within width × height."""

    width: int
    height: int
    shapes: Mapping[str, str]
    places: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Country:
    """A country with signatures: its outline, its place if it is too small for one, or both."""

    code: str
    count: int
    shade: int
    shape: str
    place: tuple[int, int] | None


@dataclass(frozen=True)
class World:
    """`land` and `islets`: all other countries, as one path and one path of dots.

    `countries`: from the most signatures to the fewest, then by code. `elsewhere`: signatures
    without a country, or with one that is not on the map.
    """

    width: int
    height: int
    land: str
    islets: str
    countries: tuple[Country, ...]
    classes: tuple[Class, ...]
    elsewhere: int


def draw_world(counts: Mapping[str, int]) -> World:
    """`counts`: signatures by ISO 3166-1 alpha-2 code. Raises NegativeCount."""
    if any(count < 0 for count in counts.values()):
        raise NegativeCount(min(counts.values()))
    world = outlines()
    known = {
        code: count
        for code, count in counts.items()
        if count and (code in world.shapes or code in world.places)
    }
    steps = classes(max(known.values())) if known else ()
    return World(
        width=world.width,
        height=world.height,
        land="".join(shape for code, shape in world.shapes.items() if code not in known),
        islets="".join(
            f"M{x} {y}h0"
            for code, (x, y) in world.places.items()
            if code not in known and code not in world.shapes
        ),
        countries=tuple(
            Country(
                code,
                count,
                next(step.shade for step in reversed(steps) if step.low <= count),
                world.shapes.get(code, ""),
                world.places.get(code),
            )
            for code, count in sorted(known.items(), key=lambda item: (-item[1], item[0]))
        ),
        classes=steps,
        elsewhere=sum(counts.values()) - sum(known.values()),
    )


@lru_cache(maxsize=1)
def outlines() -> Outlines:
    """The map in `world.json`, which `tools/world_map.py` makes."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    places = {code: (x, y) for code, (x, y) in content["places"].items()}
    return Outlines(content["width"], content["height"], content["shapes"], places)
