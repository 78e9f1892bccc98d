"""The Equal Earth projection, and lines with fewer points."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence

type Point = tuple[float, float]

# Šavrič, Patterson and Jenny (2018), “The Equal Earth map projection”, equations 1 to 3.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2


def project(point: Point, *, middle: float) -> Point:
    """Degrees (longitude, latitude) to the projection's plane, y upwards; areas keep their size.

    `middle`: the longitude in the middle of the map. Longitudes are not wrapped: a shape that
    reaches over the edge stays whole.
    """
    longitude, latitude = (math.radians(point[0] - middle), math.radians(point[1]))
    theta = math.asin(_M * math.sin(latitude))
    square = theta * theta
    sixth = square**3
    y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
    return longitude * math.cos(theta) / (_M * slope), y


def simplify(line: Sequence[Point], least: float) -> list[Point]:
    """The line without the points that matter least; its ends stay.

    Visvalingam and Whyatt (1993): again and again, the point goes whose triangle with its
    neighbours is smallest, while that is below `least` (in square units of the points).
    """
    count = len(line)
    before = [*range(-1, count - 1)]
    after = [*range(1, count + 1)]
    alive = [True] * count
    heap = [(_triangle(line[i - 1], line[i], line[i + 1]), i) for i in range(1, count - 1)]
    sizes = {i: size for size, i in heap}
    heapq.heapify(heap)
    while heap:
        size, i = heapq.heappop(heap)
        if not alive[i] or size != sizes[i]:
            continue
        if size >= least:
            break
        alive[i] = False
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if 0 < j < count - 1:
                sizes[j] = max(size, _triangle(line[before[j]], line[j], line[after[j]]))
                heapq.heappush(heap, (sizes[j], j))
    return [point for point, kept in zip(line, alive, strict=True) if kept]


def area(ring: Sequence[Point]) -> float:
    """Of a closed ring, in square units; negative where it runs clockwise (y upwards)."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x * v - u * y for (x, y), (u, v) in pairs) / 2


def centre(ring: Sequence[Point]) -> Point:
    """The centroid of a closed ring with an area other than 0."""
    size = area(ring)
    x = y = 0.0
    for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a * d - c * b
        x += (a + c) * cross
        y += (b + d) * cross
    return x / (6 * size), y / (6 * size)


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
