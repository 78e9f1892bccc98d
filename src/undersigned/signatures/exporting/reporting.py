"""Say how far an export is, not too often, and hear whether it was cancelled."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from undersigned.signatures.errands import Cancelled, report
from undersigned.signatures.models import Export

_EVERY_ROWS = 500
_EVERY_SECONDS = 1.0


class Reporter:
    """Counts for one export; for None it counts in silence, as the command line wants it."""

    def __init__(self, export: Export | None) -> None:
        self.total = 0
        self._export = export
        self._said_at = 0.0

    def counted[Row](self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows as they come; raises errands.Cancelled between two of them."""
        for number, row in enumerate(rows, 1):
            self.tell(number)
            yield row

    def tell(self, done: int) -> None:
        """So many are done; raises errands.Cancelled."""
        if self._export is not None and done % _EVERY_ROWS == 1:
            report(self._export, done, self.total)

    def is_cancelled(self) -> bool:
        """Asked a few times a second while something else works; keeps the claim meanwhile."""
        if self._export is None or time.monotonic() - self._said_at < _EVERY_SECONDS:
            return False
        self._said_at = time.monotonic()
        try:
            report(self._export, self.total, self.total)
        except Cancelled:
            return True
        return False
