"""A sign of life: whoever works touches a file, and others see when they last did."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

EVERY_SECONDS = 10.0


class Heartbeat:
    """The file `worker.alive` in the data directory; its time is all that it says.

    `of`: whose life; the worker's second thread, `errands`, has a file of its own.
    """

    def __init__(self, folder: Path, of: str = "worker") -> None:
        self._path = folder / f"{of}.alive"
        self._beat_at = -EVERY_SECONDS

    def beat(self) -> None:
        """Show that work goes on. A disk that is full or read-only must not stop it."""
        if time.monotonic() - self._beat_at < EVERY_SECONDS:
            return
        self._beat_at = time.monotonic()
        with suppress(OSError):
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.utime(handle)
            finally:
                os.close(handle)

    def last(self) -> datetime | None:
        """When work last went on here; None if it never did, or nobody may know."""
        try:
            seconds = self._path.stat().st_mtime
        except OSError:
            return None
        return datetime.fromtimestamp(seconds, UTC)
