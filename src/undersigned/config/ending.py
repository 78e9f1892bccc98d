"""Tidy up before a signal ends the process."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def tidy_when_stopped() -> Iterator[None]:
    """In this block SIGTERM and SIGHUP leave through every `finally`, as Ctrl-C does."""
    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = {
        number: signal.signal(number, lambda number, _: sys.exit(128 + number))
        for number in numbers
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
