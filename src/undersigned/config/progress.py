"""How far long work is: a line that moves on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_AGAIN_AFTER_SECONDS = 0.1


class Progress:
    """Called with the step, and how much of it is done, of how much. Writes to standard error."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._moves = self._stream.isatty()
        self._step = ""
        self._shown_at = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        is_new = step != self._step
        if not self._moves:
            if is_new:
                print(f"{step} …", file=self._stream, flush=True)
        elif is_new or done >= total or time.monotonic() - self._shown_at > _AGAIN_AFTER_SECONDS:
            if is_new and self._step:
                print(file=self._stream)
            self._shown_at = time.monotonic()
            percent = 100 * done // total if total else 100
            print(f"\r{step} … {percent:3} %", end="", file=self._stream, flush=True)
        self._step = step

    def end(self) -> None:
        """Finish the line that moves."""
        if self._moves and self._step:
            print(file=self._stream, flush=True)
        self._step = ""
