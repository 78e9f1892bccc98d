"""The little of ASGI that the front speaks itself."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from undersigned.website.front.messages import (
    BODY_AT_MOST,
    DRAINED_AT_MOST,
    Answer,
    Gone,
    TooLarge,
    at_most,
    header,
    listen_to_nobody,
    read_body,
    replay,
    respond,
)


class Sender:
    """A visitor's messages, one after the other; counts how many were taken."""

    def __init__(self, *messages: dict[str, Any]) -> None:
        self.messages = [*messages]
        self.taken = 0

    async def receive(self) -> dict[str, Any]:
        self.taken += 1
        return self.messages.pop(0)


def part(body: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def read(*messages: dict[str, Any]) -> bytes:
    return asyncio.run(read_body({}, Sender(*messages).receive))


def test_a_body_comes_in_one_part_or_several() -> None:
    assert read(part(b"name=Ana")) == b"name=Ana"
    assert read(part(b"name", more=True), part(b"", more=True), part(b"=Ana")) == b"name=Ana"
    assert read({"type": "http.request"}) == b""


def test_a_body_may_be_as_long_as_a_form_of_ours_and_no_longer() -> None:
    assert len(read(part(b"x" * BODY_AT_MOST))) == BODY_AT_MOST
    with pytest.raises(TooLarge):
        read(part(b"x" * BODY_AT_MOST, more=True), part(b"x"))


def test_what_is_too_large_is_read_to_its_end_within_reason() -> None:
    piece = b"x" * (8 * 1024 * 1024)
    sender = Sender(*[part(piece, more=True)] * 100)
    with pytest.raises(TooLarge):
        asyncio.run(read_body({}, sender.receive))
    assert sender.taken == DRAINED_AT_MOST // len(piece) + 1


def test_a_visitor_may_hang_up() -> None:
    with pytest.raises(Gone):
        read(part(b"na", more=True), {"type": "http.disconnect"})


def test_a_body_that_was_read_can_be_given_again() -> None:
    async def give() -> list[Any]:
        receive = replay(b"name=Ana", Sender({"type": "http.disconnect"}).receive)
        return [await receive(), await receive()]

    assert asyncio.run(give()) == [part(b"name=Ana"), {"type": "http.disconnect"}]


def test_nobody_sends_nothing_and_never_hangs_up() -> None:
    async def listen() -> Any:
        receive = listen_to_nobody()
        first = await receive()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(receive(), 0.01)
        return first

    assert asyncio.run(listen()) == part(b"")


def test_headers_are_found_by_name() -> None:
    scope = {"headers": [(b"host", b"a"), (b"origin", b"b")]}
    assert header(scope, b"origin") == b"b"
    assert header(scope, b"cookie") is None


def test_an_answer_is_collected_as_it_is_sent() -> None:
    async def collect() -> Answer:
        answer = Answer()
        await respond(answer.collect, 404, [(b"A", b"b")], b"no")
        await answer.collect({"type": "http.response.body", "body": b" page"})
        await answer.collect({"type": "http.response.body"})
        return answer

    assert asyncio.run(collect()) == Answer(404, [(b"A", b"b")], b"no page")


def pass_on(limit: int, *messages: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What Django receives of a body, until it ends; and the scope."""
    scope: dict[str, Any] = {}
    receive = at_most(limit, scope, "too large", Sender(*messages).receive)

    async def take() -> list[dict[str, Any]]:
        passed = [await receive()]
        while passed[-1].get("more_body", False):
            passed.append(await receive())  # type: ignore[arg-type]
        return passed  # type: ignore[return-value]

    return asyncio.run(take()), scope


def test_an_upload_within_the_limit_is_passed_on_as_it_comes() -> None:
    parts = [part(b"ab", more=True), part(b"cd")]
    assert pass_on(4, *parts) == (parts, {})


def test_what_is_longer_is_read_to_its_end_but_not_passed_on() -> None:
    parts = [part(b"ab", more=True), part(b"cde", more=True), part(b"f", more=True), part(b"g")]
    assert pass_on(4, *parts) == ([parts[0], part(b"")], {"too large": True})


def test_what_is_far_longer_is_not_read_to_its_end() -> None:
    flood = part(b"x" * 1024 * 1024, more=True)
    passed, scope = pass_on(4, *[flood] * (DRAINED_AT_MOST // (1024 * 1024) + 1))
    assert (passed, scope) == ([part(b"")], {"too large": True})


def test_who_hangs_up_during_an_upload_is_heard() -> None:
    gone = {"type": "http.disconnect"}
    assert pass_on(4, gone) == ([gone], {})
