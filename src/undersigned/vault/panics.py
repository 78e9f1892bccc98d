"""Libraries written in Rust that give up: a panic, which Python code does not catch by itself.

PyO3 raises it as `PanicException`, which is no `Exception`: so it would end a thread that survives
everything else. Each library has a class of that name of its own, and none can be imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Panicked(Exception):
    """A library gave up. Its own words are left out: they may quote what it was given."""


@contextmanager
def panics_as_faults() -> Iterator[None]:
    """Turn a panic into Panicked, which is an error like others; all else passes as it is."""
    try:
        yield
    except BaseException as fault:
        if _is_panic(fault):
            raise Panicked from None
        raise


def _is_panic(fault: BaseException) -> bool:
    kind = type(fault)
    return (kind.__module__, kind.__name__) == ("pyo3_runtime", "PanicException")
