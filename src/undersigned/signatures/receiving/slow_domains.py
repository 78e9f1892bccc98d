"""Domains whose name servers kept us waiting: other people's mail goes first for a while."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

SLOW_SECONDS = 2.0
HELD_SECONDS = 60.0
# Below such short names people register theirs: co.uk, org.by, com.br.
_SHORT = 3


@dataclass
class SlowDomains:
    """Remembers who holds such a domain, for HELD_SECONDS."""

    _until: dict[str, float] = field(default_factory=dict)

    def is_held(self, domain: str) -> bool:
        """Whether mail from there has to wait."""
        return time.monotonic() < self._until.get(_holder(domain), 0.0)

    def note(self, domain: str, seconds: float) -> None:
        """How long its name servers took; without an answer that is `inf`."""
        now = time.monotonic()
        if seconds >= SLOW_SECONDS:
            self._until = {one: until for one, until in self._until.items() if until > now}
            self._until[_holder(domain)] = now + HELD_SECONDS


def _holder(domain: str) -> str:
    """Roughly what somebody registered: whoever has one, has any number of names below it."""
    labels = domain.lower().split(".")
    is_shared = len(labels) > 2 and len(labels[-2]) <= _SHORT and len(labels[-1]) == 2
    return ".".join(labels[-3 if is_shared else -2 :])
