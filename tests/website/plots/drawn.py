"""Reads paths back, as a browser would, for what tests say about them."""

from __future__ import annotations

import re

_COMMANDS = re.compile(r"([MlVHhz])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?[0-9.]+")


def points(path: str) -> list[tuple[float, float]]:
    """Every corner of a path that is made of M, l, V, H, h and z."""
    found: list[tuple[float, float]] = []
    read = ""
    for letter, rest in _COMMANDS.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        read += letter + rest
        if letter == "M":
            found.append((numbers[0], numbers[1]))
        elif letter == "V":
            found.append((found[-1][0], numbers[0]))
        elif letter == "H":
            found.append((numbers[0], found[-1][1]))
        elif letter == "l":
            for across, down in zip(numbers[::2], numbers[1::2], strict=True):
                found.append((found[-1][0] + across, found[-1][1] + down))
    assert read == path, "a path with something else in it"
    return found
