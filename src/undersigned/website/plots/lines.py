"""Paths of SVG in whole units, with no more points than can be seen."""

from __future__ import annotations

from collections.abc import Sequence

type Point = tuple[float, float]


def thin(points: Sequence[Point], tolerance: float) -> list[Point]:
    """The line without points that lie within `tolerance` (of y) of what remains; its ends stay.

    Douglas and Peucker (1973), with the distance taken upwards: x is time, and goes forward only.
    """
    kept = {0, len(points) - 1}
    todo = [(0, len(points) - 1)]
    while todo:
        start, end = todo.pop()
        at, off = _farthest(points, start, end)
        if off > tolerance:
            kept.add(at)
            todo += [(start, at), (at, end)]
    return [points[i] for i in sorted(kept)]


def path(points: Sequence[Point]) -> str:
    """`M0 150l12-3 8-40`: a move, then steps from point to point; steps of nothing are left out."""
    rounded = [(round(x), round(y)) for x, y in points]
    (x, y), *rest = rounded
    steps = []
    for u, v in rest:
        if (u, v) != (x, y):
            steps.append(f"{u - x} {v - y}")
        x, y = u, v
    return f"M{rounded[0][0]} {rounded[0][1]}l{' '.join(steps) or '0 0'}".replace(" -", "-")


def _farthest(points: Sequence[Point], start: int, end: int) -> tuple[int, float]:
    """The point between two others that lies farthest off the line through them, and how far."""
    (x, y), (u, v) = points[start], points[end]
    slope = (v - y) / (u - x) if u > x else 0.0
    found = ((abs(points[i][1] - y - slope * (points[i][0] - x)), i) for i in range(start + 1, end))
    off, at = max(found, default=(0.0, start))
    return at, off
