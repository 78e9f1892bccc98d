"""The little of ASGI that the front speaks itself (ASGI HTTP message format 2.x)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

BODY_AT_MOST = 64 * 1024
# What is too large is still read to its end, within reason, so that the sentence about it arrives.
DRAINED_AT_MOST = 128 * 1024 * 1024


class TooLarge(Exception):
    """The body is longer than any form of ours."""


class Gone(Exception):
    """The visitor hung up before sending everything."""


@dataclass
class Answer:
    """A response as Django gave it, collected."""

    status: int = 500
    headers: Headers | None = None
    body: bytes = b""

    async def collect(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message["headers"])
        else:
            self.body += message.get("body", b"")


def header(scope: Scope, name: bytes) -> bytes | None:
    """A request header; `name` in lower case."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value)
    return None


async def read_body(scope: Scope, receive: Receive) -> bytes:
    """The whole body; raises TooLarge or Gone."""
    parts = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        part = message.get("body", b"")
        size += len(part)
        if size <= BODY_AT_MOST:
            parts.append(part)
        more = message.get("more_body", False) and size <= DRAINED_AT_MOST
    if size > BODY_AT_MOST:
        raise TooLarge
    return parts[0] if len(parts) == 1 else b"".join(parts)


def at_most(limit: int, scope: Scope, mark: str, receive: Receive) -> Receive:
    """A `receive` for Django that reads on to the end of a body but passes on `limit` bytes.

    What is longer reaches Django empty, with `mark` in the scope.
    """
    size = 0

    async def receive_some() -> Message:
        nonlocal size
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return message
            size += len(message.get("body", b""))
            if size <= limit:
                return message
            scope[mark] = True
            if not message.get("more_body", False) or size > DRAINED_AT_MOST:
                return {"type": "http.request", "body": b"", "more_body": False}

    return receive_some


def replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` for Django that gives the body that was read already."""
    given = False

    async def receive_again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again


def listen_to_nobody() -> Receive:
    """A `receive` without a body, whose visitor never hangs up."""
    return replay(b"", _never)


async def _never() -> Message:
    return await asyncio.get_running_loop().create_future()  # type: ignore[no-any-return]


async def respond(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
