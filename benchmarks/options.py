"""How long and how often to measure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """`seconds` of load per round; `signatures`: how many before memory is looked at again."""

    rounds: int = 3
    seconds: float = 4.0
    signatures: int = 100_000
