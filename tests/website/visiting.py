"""Visitors without a browser: forms filled in, and the ASGI front driven as a server drives it."""

from __future__ import annotations

import asyncio
import gzip
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import brotli
from django.core.handlers.asgi import ASGIHandler

from undersigned.letters.models import Letter
from undersigned.website.front.app import Front
from undersigned.website.stamps import make_stamp

HOST = b"127.0.0.1:8000"
FORM = "application/x-www-form-urlencoded"
PATIENCE = 20.0


def good_form(letter: Letter, **changes: str | None) -> dict[str, str]:
    """What a browser sends for a person who signs; `None` leaves a field out."""
    fields: dict[str, str | None] = {
        "stamp": make_stamp(letter.pk, waited=True),
        "language": "en",
        "kind": "individual",
        "name": "Ana Example",
        "email": "ana@example.org",
        "consent_publication": "on",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        match self.headers.get("content-encoding"):
            case "gzip":
                return gzip.decompress(self.body).decode()
            case "br":
                return brotli.decompress(self.body).decode()
        return self.body.decode()


class Running:
    """A front on an event loop of its own thread, from start-up to shutdown."""

    def __init__(self, front: Front) -> None:
        self.front = front
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._lifespan_in: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._lifespan_out: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def start(self) -> None:
        self._thread.start()
        self._life = asyncio.run_coroutine_threadsafe(
            self.front({"type": "lifespan"}, self._lifespan_in.get, self._lifespan_out.put),
            self._loop,
        )
        assert self._tell("lifespan.startup") == "lifespan.startup.complete"

    def stop(self) -> None:
        try:
            assert self._tell("lifespan.shutdown") == "lifespan.shutdown.complete"
            self._life.result(PATIENCE)
            self.run(self._loop.shutdown_default_executor())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def _tell(self, message: str) -> str:
        asyncio.run_coroutine_threadsafe(self._lifespan_in.put({"type": message}), self._loop)
        return str(self.run(self._lifespan_out.get())["type"])

    def run(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(PATIENCE)

    def look(self) -> None:
        """Have the watcher look now, and wait until what it started is done."""
        self.run(self.front.look())
        self.settle()

    def settle(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.front.pages._tasks:
            assert time.monotonic() < deadline, "pages are still being rendered"
            time.sleep(0.005)

    def get(self, path: str, **headers: str) -> Answer:
        """`accept_encoding="br"` becomes a header."""
        return self.send("GET", path, **headers)

    def post(self, path: str, fields: Mapping[str, str] | bytes, **headers: str) -> Answer:
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        return self.send("POST", path, body, **{"content_type": FORM, **headers})

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        chunks = [body[at : at + 2**20] for at in range(0, len(body), 2**20)] or [b""]
        return self.run(send(self.front, scope(method, path, **headers), chunks))


def scope(method: str, path: str, **headers: str) -> dict[str, Any]:
    """A request as Granian presents it; `path` may have a query."""
    path, _, query = path.partition("?")
    named = {"host": HOST.decode(), **headers}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "replace"),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [
            (name.replace("_", "-").encode(), value.encode("latin-1"))
            for name, value in named.items()
        ],
        "client": ("127.0.0.1", 40000),
        "server": ("127.0.0.1", 8000),
    }


async def send(application: Any, request: dict[str, Any], chunks: list[bytes]) -> Answer:
    """Send a request in chunks, as a visitor who then waits for the answer."""
    inbox = [
        {"type": "http.request", "body": chunk, "more_body": number < len(chunks)}
        for number, chunk in enumerate(chunks, 1)
    ]
    outbox: list[Any] = []

    async def receive() -> dict[str, Any]:
        if not inbox:
            await asyncio.Event().wait()
        return inbox.pop(0)

    async def collect(message: Any) -> None:
        outbox.append(message)

    await application(request, receive, collect)
    start, *parts = outbox
    assert start["type"] == "http.response.start"
    headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(part.get("body", b"") for part in parts))


@contextmanager
def running_front(django: Any = None) -> Iterator[Running]:
    """A front before Django, running; `django` may stand in for it."""
    running = Running(Front(django or ASGIHandler()))
    running.start()
    try:
        yield running
    finally:
        running.stop()
