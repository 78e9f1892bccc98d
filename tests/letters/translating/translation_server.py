"""A stand-in for LibreTranslate on loopback: real HTTP, its answers, and every mood of a server.

It "translates" by writing in capitals; HTML as LibreTranslate does it: elements stay, their words
change, entities are undone at the end.
"""

from __future__ import annotations

import html
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LANGUAGES = [
    {"code": "en", "name": "English", "targets": ["ar", "en", "es", "pt-BR", "zh-Hans"]},
    {"code": "es", "name": "Spanish", "targets": ["en", "es"]},
]


@dataclass(frozen=True)
class Answer:
    """What is said instead. `body`: bytes as they are, or JSON."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class TranslationServer:
    """`asked`: bodies of POSTs, in order. `mood`: given a body, says something else, or nothing."""

    address: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    languages: Any = field(default_factory=lambda: LANGUAGES)
    mood: Callable[[dict[str, Any]], Answer | None] = lambda _: None
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def texts(self) -> list[str]:
        """Everything that anybody sent to be translated."""
        return [text for body in self.asked for text in body["q"]]


def translate(text: str, form: str) -> str:
    if form == "text":
        return html.unescape(text.upper())
    said = [
        part if part.startswith("<") else html.unescape(part).upper()
        for part in re.split(r"(<[^<>]*>)", text)
    ]
    return "".join(said)


@contextmanager
def translation_server() -> Iterator[TranslationServer]:
    """Runs until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.paths.append(self.path)
            found = site.languages
            self.say(found if isinstance(found, Answer) else Answer(body=found))

        def do_POST(self) -> None:
            site.paths.append(self.path)
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            site.asked.append(body)
            translated = [translate(text, body["format"]) for text in body["q"]]
            self.say(site.mood(body) or Answer(body={"translatedText": translated}))

        def say(self, answer: Answer) -> None:
            is_bytes = isinstance(answer.body, bytes)
            content = answer.body if is_bytes else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(content)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing: tests print nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = False

        def handle_error(self, *_: object) -> None:
            """Clients that go in the middle of an answer are no fault of the server."""

    with Server(("127.0.0.1", 0), Handler) as server:
        site = TranslationServer(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            site.over.set()
            server.shutdown()
            thread.join()
