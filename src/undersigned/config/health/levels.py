"""How bad a finding is."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum


class Level(StrEnum):
    """`wrong` must be put right, a `note` should be known."""

    FINE = "fine"
    NOTE = "note"
    WRONG = "wrong"


Judged = Iterator[tuple[Level, str]]
