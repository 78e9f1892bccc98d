"""Ask LibreTranslate, by its HTTP API (https://docs.libretranslate.com, as of version 1.9).

    GET  /languages   [{"code": "en", "name": "English", "targets": ["es", "pt-BR", …]}, …]
    POST /translate   {"q": ["…"], "source": "en", "target": "es", "format": "text" or "html",
                       "api_key": "…"}   ->   {"translatedText": ["…"]}, or {"error": "…"}

The languages are asked for each time: which there are, and by which codes, differs from server to
server and from version to version. Errors are told by status: 400 for what it does not take (too
long, too many at once, no key), 403 for a wrong key or a ban, 429 for too much, 500 for a fault.

The letter goes to the one address that the host has set, by TLS unless that is this machine;
redirects are not followed, and no proxy is used.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import socket
from typing import Any
from urllib.parse import urlsplit

from undersigned.letters.translating.machine import (
    BrokenMachine,
    CertificateRefused,
    KeyRefused,
    LanguageNotOffered,
    Redirected,
    SlowDown,
    TooSlow,
    Unreachable,
    Unreadable,
)

SECONDS = 60.0  # for everything that one call asks
SECONDS_TO_LOOK = 10.0
MOST_BYTES = 1024 * 1024
_WAIT, _LONGEST_WAIT = 60, 600
_OK, _UNAUTHORISED, _FORBIDDEN, _TOO_MUCH, _FAULT = 200, 401, 403, 429, 500
_MOVED = range(300, 400)
_NOT_TAKEN = frozenset({400, 413})
# What LibreTranslate calls languages that have other codes here, the best first. The models' own
# codes (`pb`, `zt`) are those of older servers.
_CODES = {
    "pt-br": ("pt-BR", "pb", "pt"),
    "zh-hans": ("zh-Hans", "zh"),
    "zh-hant": ("zh-Hant", "zt"),
    "no": ("no", "nb"),
    "fil": ("fil", "tl"),
}


class _NotTaken(Exception):
    """Too long, or too many at once, for this server."""


@dataclass(frozen=True)
class _Deadline:
    seconds: float
    start: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Seconds that are left; raises TooSlow if there are none."""
        left = self.start + self.seconds - time.monotonic()
        if left <= 0:
            raise TooSlow
        return left


@dataclass(frozen=True)
class LibreTranslate:
    """A server. `address`: https://host[:port][/prefix]. `key`: empty where it wants none."""

    address: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, is_html: bool
    ) -> list[str | None]:
        """See machine.Machine."""
        deadline = _Deadline(self.seconds)
        ours, theirs = _pair(self._languages(deadline), source, target)
        order = {"source": ours, "target": theirs, "format": "html" if is_html else "text"}
        try:
            return [*self._translate(texts, order, deadline)]
        except _NotTaken:
            return [self._translate_alone(text, order, deadline) for text in texts]

    def look(self) -> None:
        """See machine.Machine."""
        self._languages(_Deadline(SECONDS_TO_LOOK))

    def _translate_alone(
        self, text: str, order: Mapping[str, object], deadline: _Deadline
    ) -> str | None:
        try:
            return self._translate([text], order, deadline)[0]
        except _NotTaken:
            return None

    def _translate(
        self, texts: Sequence[str], order: Mapping[str, object], deadline: _Deadline
    ) -> list[str]:
        key = {"api_key": self.key} if self.key else {}
        answer = self._ask("POST", "/translate", {"q": [*texts], **order, **key}, deadline)
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(found, list) or len(found) != len(texts):
            raise Unreadable
        if not all(isinstance(one, str) for one in found):
            raise Unreadable
        return found

    def _languages(self, deadline: _Deadline) -> list[Any]:
        try:
            answer = self._ask("GET", "/languages", None, deadline)
        except _NotTaken:
            raise Unreadable from None
        if not isinstance(answer, list):
            raise Unreadable
        return answer

    def _ask(self, method: str, path: str, body: object, deadline: _Deadline) -> Any:
        """What the server answers, read as JSON; raises MachineRefused, _NotTaken."""
        url = urlsplit(self.address)
        connection = self._connection(url.hostname or "", url.port, url.scheme, deadline)
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "User-Agent": "undersigned"}
        try:
            connection.request(method, f"{url.path.rstrip('/')}{path}", content, headers)
            return _read(connection, deadline)
        except ssl.SSLCertVerificationError:
            raise CertificateRefused from None
        except TimeoutError:
            raise TooSlow from None
        except (OSError, UnicodeError):
            raise Unreachable from None
        except HTTPException:
            raise Unreadable from None
        finally:
            connection.close()

    def _connection(
        self, host: str, port: int | None, scheme: str, deadline: _Deadline
    ) -> HTTPConnection:
        if scheme == "https":
            return HTTPSConnection(host, port, timeout=deadline.left(), context=self.tls())
        return HTTPConnection(host, port, timeout=deadline.left())


def _pair(offered: list[Any], source: str, target: str) -> tuple[str, str]:
    """The server's codes for two languages of ours; raises LanguageNotOffered."""
    known = {one["code"].lower(): one for one in offered if _is_language(one)}
    for ours in _CODES.get(source, (source,)):
        found = known.get(ours.lower())
        if found is None:
            continue
        # Older servers do not say what they translate into.
        targets = found.get("targets", [one["code"] for one in known.values()])
        by_code = {code.lower(): code for code in targets}
        for theirs in _CODES.get(target, (target,)):
            if theirs.lower() in by_code:
                return found["code"], by_code[theirs.lower()]
    raise LanguageNotOffered


def _is_language(one: object) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("code"), str):
        return False
    targets = one.get("targets", [])
    return isinstance(targets, list) and all(isinstance(code, str) for code in targets)


def _read(connection: HTTPConnection, deadline: _Deadline) -> Any:
    # Kept, because the connection lets go of it where nothing follows the answer.
    wire = connection.sock
    wire.settimeout(deadline.left())
    with connection.getresponse() as response:
        answer = _as_json(_read_whole(response, wire, deadline))
        _judge(response, answer)
    return answer


def _read_whole(response: HTTPResponse, wire: socket, deadline: _Deadline) -> bytes:
    """However slowly it drips."""
    body = b""
    while not response.isclosed():
        wire.settimeout(deadline.left())
        some = response.read1(MOST_BYTES)
        body += some
        if len(body) > MOST_BYTES:
            raise Unreadable
        if not some:
            break
    return body


def _judge(response: HTTPResponse, answer: object) -> None:
    """Raises what a status means, and Unreadable for one that means nothing here."""
    status = response.status
    if status in _MOVED:
        raise Redirected
    if status in _NOT_TAKEN:
        # A missing key is told by the same status as a text that is too long.
        error = answer.get("error") if isinstance(answer, dict) else ""
        raise KeyRefused if "api key" in str(error).lower() else _NotTaken
    if status in (_UNAUTHORISED, _FORBIDDEN):
        raise KeyRefused
    if status == _TOO_MUCH:
        raise SlowDown(_seconds(response.getheader("Retry-After") or ""))
    if status >= _FAULT:
        raise BrokenMachine
    if status != _OK:
        raise Unreadable


def _seconds(told: str) -> int:
    """How long to wait; servers that name a date, or nothing, are asked again in a minute."""
    is_number = told.isascii() and told.isdigit() and len(told) < 10
    return max(1, min(int(told), _LONGEST_WAIT)) if is_number else _WAIT


def _as_json(body: bytes) -> Any:
    """None for what is none; the status says more about an error page."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
