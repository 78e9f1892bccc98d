"""Makes the map of the world that plots are drawn on, from Natural Earth's outlines.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    .venv/bin/python -m tools.world_map package    writes src/undersigned/website/plots/world.json

`countries-110m.json` gives the shapes; `countries-50m.json` the places of what is too small there.
Shapes follow ISO 3166: what has a code of its own is drawn by itself, and what has none belongs to
the country in whose list of subdivisions (ISO 3166-2) it stands, whoever holds it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from django_countries.data import ALT_CODES

from tools.atlas import Atlas, Ring, merged, read_atlas
from tools.equal_earth import Point, area, centre, project, simplify
from tools.report import PACKAGE

WRITTEN = PACKAGE / "website" / "plots" / "world.json"
SOURCE = "Natural Earth 4.1.0 (public domain), by way of npm world-atlas 2.0.2 (ISC)"

WIDTH = 1400  # units from edge to edge of the projection; one is about 25 km at the equator
MIDDLE = 10.5  # degrees east: the edge then runs through the Bering Strait
UNIT = WIDTH / 5.413
LEAST_BEND = 1.2  # square units: smaller bends of a line are left out
LEAST_ISLAND = 6.0  # square units: smaller ones are left out where the country has a larger one
SMALL = 24.0  # square units: countries below get a dot as well
MARGIN = 4

ANTARCTICA = "010"
JOINED = {"706": ("Somaliland",), "196": ("N. Cyprus",)}
NAMED = {"Kosovo": "XK"}
# Too small for the 50m file, or drawn there as a part of somewhere else. Degrees east and north.
PLACES = {
    "AQ": (-58.8, -62.2),  # King George Island, where most of its stations are
    "BQ": (-68.3, 12.2),
    "BV": (3.4, -54.4),
    "CC": (96.9, -12.2),
    "CX": (105.6, -10.5),
    "GI": (-5.4, 36.1),
    "GP": (-61.6, 16.2),
    "MQ": (-61.0, 14.6),
    "RE": (55.5, -21.1),
    "TK": (-171.8, -9.2),
    "TV": (179.2, -8.5),
    "UM": (166.6, 19.3),
    "YT": (45.2, -12.8),
}


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    coarse, fine = (read(Path(arguments[0]), name) for name in ("110m", "50m"))
    follow_iso(coarse)
    coarse.arcs = [without_small_bends(arc) for arc in coarse.arcs]
    shapes = {code: outlines(coarse, rings) for code, rings in named(coarse)}
    sizes = {code: abs(area(rings[0])) for code, rings in shapes.items()}
    places = {code: on_plane([place])[0] for code, place in PLACES.items()}
    for code, rings in named(fine):
        if code not in places and sizes.get(code, 0) < SMALL:
            places[code] = centre(outlines(fine, rings)[0])
    write(shapes, places)
    return 0


def read(folder: Path, scale: str) -> Atlas:
    return read_atlas(json.loads((folder / f"countries-{scale}.json").read_text("utf-8")))


def follow_iso(atlas: Atlas) -> None:
    """Undo where the file draws who holds a place rather than the codes that people choose."""
    shapes = atlas.shapes
    take_out(atlas, "643", "804", west=32, south=44, east=37, north=47)  # Crimea: UA-43 and UA-40
    take_out(atlas, "250", "254", west=-55, south=2, east=-51, north=6)  # French Guiana: GF
    take_out(atlas, "578", "744", west=10, south=76, east=28, north=81)  # Svalbard: SJ
    for code, parts in JOINED.items():
        shapes[code] = merged([*shapes[code], *(shapes.pop(part)[0] for part in parts)], atlas.arcs)
    shapes["804"] = merged(shapes["804"], atlas.arcs)
    divide_at_the_parallel(atlas)
    del shapes[ANTARCTICA]


def take_out(
    atlas: Atlas, giver: str, taker: str, *, west: float, south: float, east: float, north: float
) -> None:
    """Give those rings of a country that lie within the degrees to another."""
    rings = atlas.shapes.pop(giver)
    inside = [
        all(west < x < east and south < y < north for x, y in atlas.points(ring)) for ring in rings
    ]
    atlas.shapes[giver] = [ring for ring, out in zip(rings, inside, strict=True) if not out]
    moved = [ring for ring, out in zip(rings, inside, strict=True) if out]
    atlas.shapes[taker] = atlas.shapes.get(taker, []) + moved


def divide_at_the_parallel(atlas: Atlas) -> None:
    """Western Sahara (EH) up to 27° 40′ north, instead of what lies east of the wall through it."""
    morocco, sahara = atlas.shapes["504"][0], atlas.shapes["732"][0]
    wall = next(number for number in sahara if ~number in morocco)
    coast = next(number for number in morocco if number != ~wall and _touches(atlas, number, wall))
    line = atlas.arcs[coast]
    at = min(range(len(line)), key=lambda i: abs(line[i][1] - 27.667))
    south, north, border = len(atlas.arcs), len(atlas.arcs) + 1, len(atlas.arcs) + 2
    corner = atlas.arcs[wall][-1]
    atlas.arcs += [line[: at + 1], line[at:], [corner, line[at]]]
    in_place = [
        border if number == ~wall else north if number == coast else number for number in morocco
    ]
    atlas.shapes["504"] = [in_place]
    cut = sahara.index(wall)
    atlas.shapes["732"] = [[*sahara[:cut], south, ~border, *sahara[cut + 1 :]]]


def _touches(atlas: Atlas, coast: int, wall: int) -> bool:
    return coast >= 0 and atlas.arcs[coast][0] == atlas.arcs[wall][0]


def named(atlas: Atlas) -> Iterator[tuple[str, list[Ring]]]:
    """The shapes by ISO 3166-1 alpha-2 code; what has none is left out."""
    codes = {f"{numeric:03}": code for code, (_, numeric) in ALT_CODES.items()}
    for key, rings in atlas.shapes.items():
        code = NAMED.get(key) or codes.get(key)
        if code:
            yield code, rings


def without_small_bends(arc: list[Point]) -> list[Point]:
    drawn = on_plane(arc)
    kept = {*simplify(drawn, LEAST_BEND)}
    return [degrees for degrees, point in zip(arc, drawn, strict=True) if point in kept]


def outlines(atlas: Atlas, rings: Sequence[Ring]) -> list[list[Point]]:
    """The rings in units, y downwards, the largest first and without tiny islands."""
    drawn = sorted((on_plane(atlas.points(ring)) for ring in rings), key=lambda r: -abs(area(r)))
    return [drawn[0], *(ring for ring in drawn[1:] if abs(area(ring)) >= LEAST_ISLAND)]


def on_plane(points: Sequence[Point]) -> list[Point]:
    """Degrees to units, the shape moved to the side of the edge where most of it lies."""
    turns = 360 * round((sum(x for x, _ in points) / len(points) - MIDDLE) / 360)
    found = (project((x - turns, y), middle=MIDDLE) for x, y in points)
    return [(x * UNIT, -y * UNIT) for x, y in found]


def write(shapes: dict[str, list[list[Point]]], places: dict[str, Point]) -> None:
    every = [p for rings in shapes.values() for ring in rings for p in ring] + [*places.values()]
    left, top = (round(min(p[i] for p in every)) - MARGIN for i in (0, 1))
    right, bottom = (round(max(p[i] for p in every)) + MARGIN for i in (0, 1))
    paths = {
        code: "".join(path([(x - left, y - top) for x, y in ring]) for ring in rings)
        for code, rings in sorted(shapes.items())
    }
    dots = {code: [round(x - left), round(y - top)] for code, (x, y) in sorted(places.items())}
    content = {
        "source": SOURCE,
        "width": right - left,
        "height": bottom - top,
        "shapes": {code: drawn for code, drawn in paths.items() if drawn},
        "places": dots,
    }
    text = json.dumps(content, separators=(",", ":"))
    # A line for each country, so that a change can be read.
    WRITTEN.write_text(text.replace('","', '",\n"').replace('],"', '],\n"') + "\n", "utf-8")
    print(f"{WRITTEN}: {len(paths)} shapes, {len(dots)} dots, {len(text):,} bytes")


def path(ring: Sequence[Point]) -> str:
    """A closed path in whole units: one absolute move, then steps. Empty if nothing is left."""
    x, y = round(ring[0][0]), round(ring[0][1])
    start, steps = f"M{x} {y}l", []
    for point in ring[1:]:
        u, v = round(point[0]), round(point[1])
        if (u, v) != (x, y):
            steps.append(f"{u - x} {v - y}")
        x, y = u, v
    return start + " ".join(steps).replace(" -", "-") + "z" if len(steps) > 1 else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
