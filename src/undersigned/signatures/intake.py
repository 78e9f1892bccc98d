"""Group commit: many acknowledged acts, one transaction, one wait for the disk.

One writer thread per process takes what has gathered while it was writing and commits it together.
Nobody is answered before their act is on disk, and nobody waits for more than one batch ahead.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction

from undersigned.vault.panics import panics_as_faults

log = logging.getLogger(__name__)

BATCH = 256
WAITING_AT_MOST = 20_000

# Carries out several acts of one kind; results in the order of the items. It must be atomic.
Together = Callable[[Sequence[Any]], Sequence[Any]]


class Overloaded(Exception):
    """More is waiting than can be written soon, or the process ends. Nothing of this was kept."""


class NotStored(Exception):
    """The database refused the act (a full disk, say). Nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class _Job:
    together: Together
    item: Any
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any]


class GroupCommit:
    """The writer of one process. `start` and `stop` are called once each."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="group commit", daemon=True)
        self._is_closing = False

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, take nothing more, then end."""
        self._is_closing = True
        self._jobs.put(None)
        self._thread.join()

    async def carry_out(self, together: Together, item: Any) -> Any:
        """Have `together([item])` done with others of its kind; returns its result once durable.

        Raises Overloaded or NotStored.
        """
        if self._is_closing or self._jobs.qsize() >= WAITING_AT_MOST:
            raise Overloaded
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()
        self._jobs.put(_Job(together, item, loop, answer))
        return await answer

    def _run(self) -> None:
        while True:
            jobs, last = self._gather()
            if jobs:
                _answer(_write(jobs))
            if last:
                connection.close()
                return

    def _gather(self) -> tuple[list[_Job], bool]:
        """Wait for a job, then take along what else is there."""
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == BATCH:
                return jobs, False
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return jobs, False
        return jobs, True


def _write(jobs: Sequence[_Job]) -> list[tuple[_Job, Any]]:
    """Carry out all jobs, together if possible; one that fails takes no other with it."""
    if len(jobs) > 1:
        with contextlib.suppress(Exception):
            return _write_together(jobs)
        connection.close()
    answers: list[tuple[_Job, Any]] = []
    for number, job in enumerate(jobs):
        try:
            answers += _write_together([job])
        except Exception as error:  # whatever it is, each job must get an answer
            log.exception("An act could not be stored.")
            connection.close()
            answers.append((job, NotStored()))
            if isinstance(error, OperationalError | InterfaceError):
                # The database, not this act, is the trouble: nobody else waits to find that out.
                return answers + [(other, NotStored()) for other in jobs[number + 1 :]]
    return answers


def _write_together(jobs: Sequence[_Job]) -> list[tuple[_Job, Any]]:
    kinds: dict[Together, list[_Job]] = {}
    for job in jobs:
        kinds.setdefault(job.together, []).append(job)
    answers: list[tuple[_Job, Any]] = []
    # The one thread that stores outlives whatever a job stumbles over.
    with panics_as_faults(), transaction.atomic():
        for together, same in kinds.items():
            results = together([job.item for job in same])
            answers.extend(zip(same, results, strict=True))
    return answers


def _answer(answers: Sequence[tuple[_Job, Any]]) -> None:
    """Wake the waiting requests, one call into each event loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[_Job, Any]]] = {}
    for job, result in answers:
        by_loop.setdefault(job.loop, []).append((job, result))
    for loop, done in by_loop.items():
        with contextlib.suppress(RuntimeError):  # a loop that was closed waits for nothing
            loop.call_soon_threadsafe(_settle, done)


def _settle(answers: Sequence[tuple[_Job, Any]]) -> None:
    for job, result in answers:
        if job.answer.done():
            continue  # the visitor went away; the act stands
        if isinstance(result, Exception):
            job.answer.set_exception(result)
        else:
            job.answer.set_result(result)
