"""What a first visit to a letter's page weighs: bytes of each answer, compressed."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from benchmarks.figures import Result
from benchmarks.options import Options
from benchmarks.site import Server, Site, wait_for_answer

LANGUAGES = ("en", "es", "ar")
HTML_AT_MOST = 10_000
ALL_AT_MOST = 14_000
# What a browser fetches with the page: sheets, icons, scripts, pictures.
_FETCHED = re.compile(
    r"""<link\b[^>]*\brel=["']?(?:stylesheet|icon|preload)\b[^>]*>|<(?:script|img)\b[^>]*>""",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"""\b(?:href|src)=["']?([^"'\s>]+)""", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """Bytes of the body as sent, and of the headers."""

    path: str
    body: int
    head: int
    text: str


def measure(site: Site, options: Options) -> Result:
    result = Result()
    server = site.web()
    pages = [(site.letter, f"/{site.slug}/en/")]
    pages += [
        (f"the example letter, {language}", f"/{site.example}/{language}/")
        for language in LANGUAGES
    ]
    for name, path in pages:
        page = _fetch(server, path, "br")
        parts = [page, *(_fetch(server, each, "br") for each in _fetched_with(page))]
        html, everything = page.body, sum(part.body for part in parts)
        zipped = _fetch(server, path, "gzip").body
        result.add(f"{name}: HTML, brotli", html, "bytes", at_most=HTML_AT_MOST)
        result.add(f"{name}: HTML, gzip", zipped, "bytes")
        result.add(f"{name}: everything, brotli", everything, "bytes", at_most=ALL_AT_MOST)
        # What a first round trip may bring: scripts are optional and come after.
        first = sum(part.body + part.head for part in parts if not part.path.endswith(".js"))
        result.add(f"{name}: with headers", first, "bytes", at_most=ALL_AT_MOST)
    for part in parts[1:]:
        name = part.path.rpartition("/")[2]
        result.add(f"{name}, brotli", part.body, "bytes")
        result.add(f"{name}, gzip", _fetch(server, part.path, "gzip").body, "bytes")
    result.note("The files that all pages share are fetched once and kept by the browser for ever.")
    del options
    return result


def _fetch(server: Server, path: str, encoding: str) -> Answer:
    """An answer in one encoding, and once more in none, to read its links."""
    wait_for_answer(server, Path(), path)
    encoded, head = _ask(server, path, encoding)
    plain, _ = _ask(server, path, "identity")
    return Answer(path, len(encoded), head, plain.decode(errors="replace"))


def _ask(server: Server, path: str, encoding: str) -> tuple[bytes, int]:
    """The body as sent, and the length of the headers."""
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    asked.request("GET", path, headers={"Accept-Encoding": encoding})
    answer = asked.getresponse()
    body = answer.read()
    asked.close()
    lines = [f"{name}: {value}\r\n" for name, value in answer.getheaders()]
    return body, len("HTTP/1.1 200 OK\r\n" + "".join(lines) + "\r\n")


def _fetched_with(page: Answer) -> list[str]:
    found = []
    for element in _FETCHED.findall(page.text):
        address = _ADDRESS.search(element)
        if address and not address[1].startswith("data:"):
            found.append(urljoin(page.path, address[1]))
    return list(dict.fromkeys(found))
