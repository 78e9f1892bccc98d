"""Group commit: acknowledged means on disk, and one bad act harms no other."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DataError, IntegrityError, OperationalError, connections

from tests.builders import desk, entry, link_of, signed
from tests.panicking import panic
from undersigned.letters.models import Letter
from undersigned.signatures import intake
from undersigned.signatures.confirming import Choice, Outcome, confirm_all
from undersigned.signatures.intake import BATCH, GroupCommit, NotStored, Overloaded
from undersigned.signatures.models import Signature, State, Visibility
from undersigned.signatures.signing import prepare, store
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db(transaction=True)

Act = Callable[[Sequence[Any]], Sequence[Any]]


@contextmanager
def running() -> Iterator[GroupCommit]:
    writer = GroupCommit()
    writer.start()
    try:
        yield writer
    finally:
        if writer._thread.is_alive():
            writer.stop()


class Gate:
    """An act that waits until it is let through, so that others gather behind it."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def __call__(self, items: Sequence[Any]) -> Sequence[Any]:
        self.reached.set()
        assert self.opened.wait(10)
        return items


async def gather_behind(
    writer: GroupCommit, gate: Gate, acts: Sequence[tuple[Act, Any]]
) -> list[Any]:
    """Carry out acts that are written together; returns results and refusals in order."""
    first = asyncio.ensure_future(writer.carry_out(gate, "first"))
    await asyncio.to_thread(gate.reached.wait, 10)
    waiting = [asyncio.ensure_future(writer.carry_out(act, item)) for act, item in acts]
    await asyncio.sleep(0)  # all are in the queue now
    gate.opened.set()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert await first == "first"
    return results


def together(*acts: tuple[Act, Any]) -> list[Any]:
    with running() as writer:
        return asyncio.run(gather_behind(writer, Gate(), acts))


def run[Result](make: Callable[[GroupCommit], Coroutine[Any, Any, Result]]) -> Result:
    with running() as writer:
        return asyncio.run(make(writer))


def seen_from_elsewhere() -> int:
    """How many signatures another connection sees: what would be left after a crash."""
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM signatures_signature")
            count: int = cursor.fetchone()[0]
            return count
    finally:
        other.close()


def test_nobody_is_answered_before_their_act_is_stored(letter: Letter) -> None:
    counter = desk(letter)

    async def sign_three_times(writer: GroupCommit) -> list[int]:
        seen = []
        for _ in range(3):
            await writer.carry_out(store, prepare(counter, entry()))
            seen.append(await asyncio.to_thread(seen_from_elsewhere))
        return seen

    assert run(sign_three_times) == [1, 2, 3]


def test_acts_that_gathered_are_committed_in_one_transaction(letter: Letter) -> None:
    counter = desk(letter)
    batches: list[int] = []

    def store_and_note(rows: Sequence[Any]) -> Sequence[Any]:
        batches.append(len(rows))
        return store(rows)

    results = together(*[(store_and_note, prepare(counter, entry())) for _ in range(20)])

    assert results == [None] * 20
    assert batches == [20]
    assert Signature.objects.count() == 20


def test_a_batch_has_a_size(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    assert BATCH == 256
    monkeypatch.setattr(intake, "BATCH", 3)
    sizes: list[int] = []

    def note(items: Sequence[Any]) -> Sequence[Any]:
        sizes.append(len(items))
        return items

    assert together(*[(note, number) for number in range(7)]) == list(range(7))
    assert sizes == [3, 3, 1]


def test_each_kind_of_act_gets_its_own_results(letter: Letter, keys: WorkerKeys) -> None:
    waiting = signed(letter)
    choice = Choice(link_of(waiting, keys), Visibility.PUBLIC)
    row = prepare(desk(letter), entry())

    results = together((store, row), (confirm_all, choice), (confirm_all, choice))

    assert results == [None, Outcome.CONFIRMED, Outcome.ALREADY]
    assert sorted(Signature.objects.values_list("state", flat=True)) == [
        State.CONFIRMED,
        State.PENDING,
    ]


# One bad act


def refuse(error: Exception) -> Act:
    def together_(items: Sequence[Any]) -> Sequence[Any]:
        raise error

    return together_


@pytest.mark.parametrize(
    "error", [IntegrityError("Key (ana@example.org)"), DataError("Ana"), ValueError("Ana")]
)
def test_one_poisonous_act_takes_no_other_with_it(
    letter: Letter, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    counter = desk(letter)

    with caplog.at_level(logging.ERROR):
        results = together(
            (store, prepare(counter, entry())),
            (refuse(error), "poison"),
            (store, prepare(counter, entry())),
        )

    assert [type(result) for result in results] == [type(None), NotStored, type(None)]
    assert Signature.objects.count() == 2
    assert caplog.messages == ["An act could not be stored."]
    assert str(results[1]) == ""
    assert results[1].__cause__ is None


def test_a_library_that_gives_up_takes_the_writer_with_it_no_more(letter: Letter) -> None:
    counter = desk(letter)

    def give_up(_: Sequence[Any]) -> Sequence[Any]:
        return [panic()]

    results = together(
        (store, prepare(counter, entry())),
        (give_up, "poison"),
        (store, prepare(counter, entry())),
    )

    assert [type(result) for result in results] == [type(None), NotStored, type(None)]
    assert Signature.objects.count() == 2


def test_a_poisonous_row_among_others_of_its_kind_is_refused_alone(letter: Letter) -> None:
    counter = desk(letter)
    good, other = prepare(counter, entry()), prepare(counter, entry())

    results = together((store, good), (store, good), (store, other))

    assert [type(result) for result in results] == [type(None), NotStored, type(None)]
    assert Signature.objects.count() == 2


def test_an_act_with_too_few_results_is_not_stored(letter: Letter) -> None:
    rows = [prepare(desk(letter), entry()) for _ in range(2)]

    def forgetful(items: Sequence[Any]) -> Sequence[Any]:
        store(items)
        return []

    results = together((forgetful, rows[0]), (store, rows[1]))

    assert [type(result) for result in results] == [NotStored, type(None)]
    assert Signature.objects.count() == 1


def test_when_the_database_fails_everybody_hears_at_once(letter: Letter) -> None:
    tried: list[int] = []

    def full_disk(items: Sequence[Any]) -> Sequence[Any]:
        tried.append(len(items))
        raise OperationalError("database or disk is full")

    results = together(*[(full_disk, number) for number in range(10)])

    assert {type(result) for result in results} == {NotStored}
    assert tried == [10, 1]  # together, then one to see whether it was to blame


def test_after_a_failure_the_writer_goes_on(letter: Letter) -> None:
    row = prepare(desk(letter), entry())

    async def fail_then_sign(writer: GroupCommit) -> None:
        with pytest.raises(NotStored):
            await writer.carry_out(refuse(OperationalError("gone")), 1)
        await writer.carry_out(store, row)

    run(fail_then_sign)
    assert Signature.objects.count() == 1


# Too much, and the end


def test_more_than_can_wait_is_refused_and_not_stored(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "WAITING_AT_MOST", 2)
    counter = desk(letter)

    results = together(*[(store, prepare(counter, entry())) for _ in range(4)])

    assert [type(result) for result in results] == [type(None)] * 2 + [Overloaded] * 2
    assert Signature.objects.count() == 2


def test_stopping_writes_what_waits(letter: Letter) -> None:
    counter = desk(letter)

    async def stop_while_waiting(writer: GroupCommit) -> list[Any]:
        gate = Gate()
        first = asyncio.ensure_future(writer.carry_out(gate, "first"))
        await asyncio.to_thread(gate.reached.wait, 10)
        rows = [prepare(counter, entry()) for _ in range(5)]
        waiting = [asyncio.ensure_future(writer.carry_out(store, row)) for row in rows]
        await asyncio.sleep(0)
        stopped = asyncio.ensure_future(asyncio.to_thread(writer.stop))
        while not writer._is_closing:
            await asyncio.sleep(0)
        gate.opened.set()
        await stopped
        return await asyncio.gather(first, *waiting)

    assert run(stop_while_waiting) == ["first"] + [None] * 5
    assert Signature.objects.count() == 5


def test_after_stopping_nothing_more_is_taken(letter: Letter) -> None:
    async def too_late(writer: GroupCommit) -> None:
        await asyncio.to_thread(writer.stop)
        with pytest.raises(Overloaded):
            await writer.carry_out(store, prepare(desk(letter), entry()))

    run(too_late)
    assert Signature.objects.count() == 0


def test_a_visitor_who_goes_away_has_signed_all_the_same(letter: Letter) -> None:
    row, later = (prepare(desk(letter), entry()) for _ in range(2))

    async def leave(writer: GroupCommit) -> None:
        gate = Gate()
        first = asyncio.ensure_future(writer.carry_out(gate, "first"))
        await asyncio.to_thread(gate.reached.wait, 10)
        leaving = asyncio.ensure_future(writer.carry_out(store, row))
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.sleep(0)
        gate.opened.set()
        await first
        await writer.carry_out(store, later)  # the answer to the one who left came before this

    run(leave)
    assert Signature.objects.count() == 2


def test_a_closed_event_loop_does_not_end_the_writer(letter: Letter) -> None:
    rows = [prepare(desk(letter), entry()) for _ in range(2)]
    gate = Gate()

    async def leave_behind(writer: GroupCommit) -> None:
        asyncio.ensure_future(writer.carry_out(gate, "first")).add_done_callback(
            lambda done: done.cancelled()
        )
        await asyncio.to_thread(gate.reached.wait, 10)

    with running() as writer:
        asyncio.run(leave_behind(writer))
        gate.opened.set()
        asyncio.run(writer.carry_out(store, rows[0]))
        asyncio.run(writer.carry_out(store, rows[1]))

    assert Signature.objects.count() == 2
