"""Reads the countries of a TopoJSON file (npm `world-atlas`), each as rings of shared lines.

https://github.com/topojson/topojson-specification. A ring is a list of arc numbers; ~n is arc n
backwards. Neighbours share the arc between them, and so stay neighbours when it is simplified.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tools.equal_earth import Point

type Ring = list[int]


@dataclass
class Atlas:
    """`arcs`: lines in degrees. `shapes`: rings by ISO 3166-1 numeric code, or by name without."""

    arcs: list[list[Point]]
    shapes: dict[str, list[Ring]] = field(default_factory=dict)

    def points(self, ring: Ring) -> list[Point]:
        """A ring's points in order, the first not repeated, with no jump at the 180th meridian."""
        points: list[Point] = []
        for number in ring:
            points += _directed(self.arcs, number)[:-1]
        return unwrapped(points)


def read_atlas(document: dict[str, Any]) -> Atlas:
    (wide, high), (left, low) = document["transform"]["scale"], document["transform"]["translate"]
    atlas = Atlas([])
    for steps in document["arcs"]:
        x = y = 0
        line = []
        for across, up in steps:
            x, y = x + across, y + up
            line.append((x * wide + left, y * high + low))
        atlas.arcs.append(line)
    for geometry in document["objects"]["countries"]["geometries"]:
        polygons = geometry["arcs"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        key = geometry.get("id") or geometry["properties"]["name"]
        # An id may come twice (an outlying territory counted under its country).
        atlas.shapes.setdefault(key, []).extend(ring for polygon in polygons for ring in polygon)
    return atlas


def unwrapped(points: Sequence[Point]) -> list[Point]:
    """Longitudes that follow one another, past 180 where need be."""
    out: list[Point] = []
    for x, y in points:
        near = x if not out else x + 360 * round((out[-1][0] - x) / 360)
        out.append((near, y))
    return out


def merged(rings: Iterable[Ring], arcs: Sequence[Sequence[Point]]) -> list[Ring]:
    """The rings around the union of neighbouring shapes: what two of them share is dropped."""
    numbers = Counter(number for ring in rings for number in ring)
    outer = [number for number in numbers if ~number not in numbers]
    starting: defaultdict[Point, list[int]] = defaultdict(list)
    for number in outer:
        starting[_directed(arcs, number)[0]].append(number)
    out: list[Ring] = []
    left = dict.fromkeys(outer)
    while left:
        ring = [next(iter(left))]
        del left[ring[0]]
        while (end := _directed(arcs, ring[-1])[-1]) != _directed(arcs, ring[0])[0]:
            number = next(number for number in starting[end] if number in left)
            ring.append(number)
            del left[number]
        out.append(ring)
    return out


def _directed(arcs: Sequence[Sequence[Point]], number: int) -> list[Point]:
    return [*arcs[number]] if number >= 0 else [*arcs[~number][::-1]]
