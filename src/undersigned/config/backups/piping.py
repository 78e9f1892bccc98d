"""One side writes, the other reads, and neither holds more than a few kilobytes."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO


@contextmanager
def writing_to(consume: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """A file to write to; `consume` reads all of it in a thread.

    What `consume` raises is raised here, at the end of the block at the latest.
    """
    read_end, write_end = os.pipe()
    reader, writer = os.fdopen(read_end, "rb"), os.fdopen(write_end, "wb")
    thread, faults = _run(consume, reader)
    try:
        yield writer
    except BrokenPipeError:
        pass  # the other side says why
    finally:
        with contextlib.suppress(BrokenPipeError):
            writer.close()
        thread.join()
    if faults:
        raise faults[0]


@contextmanager
def reading_from(produce: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """A file to read; `produce` writes it in a thread.

    What `produce` raises is raised here, and instead of what the reader made of half a file. A
    reader that stops early ends `produce` with a BrokenPipeError, which is nobody's fault.
    """
    read_end, write_end = os.pipe()
    reader, writer = os.fdopen(read_end, "rb"), os.fdopen(write_end, "wb")
    thread, faults = _run(produce, writer)
    try:
        yield reader
    finally:
        reader.close()
        thread.join()
        if faults and not isinstance(faults[0], BrokenPipeError):
            raise faults[0] from None


def _run(
    work: Callable[[BinaryIO], None], end: BinaryIO
) -> tuple[threading.Thread, list[BaseException]]:
    faults: list[BaseException] = []

    def run() -> None:
        try:
            with end:
                work(end)
        except BaseException as fault:  # told to whoever waits for us
            faults.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, faults
