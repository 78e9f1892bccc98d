"""The whole: `undersigned serve` on a free port of this machine, with Granian and a worker.

Signed over HTTP, answered by mail, confirmed, listed and counted; hostile requests on the wire;
children that die; a clean end.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from undersigned.mail.kept import read_kept

PATIENCE = 30.0
FORM = "application/x-www-form-urlencoded"


def until[Found](look: Callable[[], Found | None], what: str) -> Found:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    pytest.fail(f"still waiting for {what}")


@dataclass
class Site:
    """A running installation."""

    port: int
    data: Path
    server: subprocess.Popen[bytes]

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, address after redirects, and text."""
        body = None if fields is None else urlencode(fields).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return (
                    answer.status,
                    answer.url.partition(str(self.port))[2],
                    answer.read().decode(),
                )
        except urllib.error.HTTPError as error:
            return error.code, path, error.read().decode()

    def send(self, *lines: bytes, body: bytes = b"") -> bytes:
        """Bytes on the wire; the first line of the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as wire:
            head = [*lines, b"Host: 127.0.0.1:%d" % self.port, b"Connection: close"]
            if body:
                head.append(b"Content-Length: %d" % len(body))
            with contextlib.suppress(OSError):  # answered before everything was read
                wire.sendall(b"\r\n".join([*head, b"", b""]) + body)
            answer = b""
            while part := wire.recv(65536):
                answer += part
                if b"\r\n" in answer:
                    break
        return answer.partition(b"\r\n")[0]

    def answers(self) -> bool:
        try:
            return self.ask("/healthz")[0] == 200
        except OSError:
            return False

    def children(self) -> dict[str, int]:
        """The process ids of web and worker."""
        found = {}
        path = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")  # Linux
        for pid in path.read_text().split():
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            found["web" if b"granian" in command else "worker"] = int(pid)
        return found


def start(data: Path) -> Site:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (data / "log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "undersigned", "serve", "--port", str(port)],
            env={
                **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
                "UNDERSIGNED_DATA": str(data),
                "UNDERSIGNED_URL": "",
                "UNDERSIGNED_WEB_PROCESSES": "1",
            },
            stdout=log,
            stderr=log,
        )
    site = Site(port, data, server)
    until(site.answers, "the server")
    return site


def stop(site: Site, number: signal.Signals) -> None:
    children = site.children()
    site.server.send_signal(number)
    status = site.server.wait(PATIENCE)
    log = (site.data / "log").read_text(errors="replace")
    assert status == 0, log
    assert not any(Path(f"/proc/{pid}").exists() for pid in children.values())
    assert "Traceback" not in log, log


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One installation for the tests of this module, stopped by Ctrl-C."""
    running = start(tmp_path_factory.mktemp("site"))
    try:
        yield running
        stop(running, signal.SIGINT)
    finally:
        running.server.kill()


def signed_up(site: Site, name: str, address: str) -> str:
    """Fill in the form as a person does; the link that is mailed."""
    _, _, page = site.ask("/example/en/sign/")
    stamp = re.search(r"name=stamp value=([\w.-]+)", page)
    assert stamp is not None
    fields = {
        "stamp": stamp[1], "language": "en", "kind": "individual", "name": name,
        "email": address, "country": "UY", "consent_publication": "on",
    }  # fmt: skip

    def accepted() -> bool:  # the first seconds of a stamp are too quick for a person
        return site.ask("/example/sign/", fields)[1] == "/example/en/check-inbox/"

    until(accepted, "the stamp to be old enough")
    mail = until(
        lambda: [kept for kept in read_kept(site.data / "outbox") if kept.to == address],
        "the mail",
    )[0]
    link = re.search(r"/example/confirm/[\w-]+/", mail.text)
    assert link is not None
    return link[0]


def test_a_signature_from_the_form_to_the_count(site: Site) -> None:
    before = json.loads(site.ask("/example/count.json")[2])
    link = signed_up(site, "Ana Example-Canary", "canary-ana@example.org")
    assert "Ana Example-Canary" in site.ask(link)[2]
    status, url, page = site.ask(link, {"visibility": "public", "statement": "on"})
    assert (status, url) == (200, link)
    assert "Thank you: your signature is confirmed" in page
    until(lambda: "Ana Example-Canary" in site.ask("/example/en/")[2], "the name on the page")
    after = until(
        lambda: (found := json.loads(site.ask("/example/count.json")[2])) != before and found,
        "the count",
    )
    assert after["individuals"] == before["individuals"] + 1
    assert after["total"] == before["total"] + 1

    stored = b"".join(path.read_bytes() for path in site.data.iterdir() if path.is_file())
    assert b"Ana Example-Canary" in stored, "the name is public"
    assert b"canary-ana" not in stored, "the address is not, not even to the disk or the log"


@pytest.mark.parametrize(
    ("lines", "body", "statuses"),
    [
        ((b"GET /%ff/%00/ HTTP/1.1",), b"", {404}),
        ((b"GET /\xff/ HTTP/1.1",), b"", {400}),
        ((b"GET /example/signatures/?q=%ff%00&page=9e9 HTTP/1.1",), b"", {200}),
        ((b"GET //evil.example/.. HTTP/1.1",), b"", {404}),
        ((b"BREW /example/ HTTP/1.1",), b"", {405}),
        ((b"OPTIONS * HTTP/1.1",), b"", {404}),
        ((b"GET /example/sign/ HTTP/1.1",), b"", {302}),
        (
            (b"POST /example/sign/ HTTP/1.1", b"Content-Type: " + FORM.encode()),
            b"name=" + b"x" * 10_000_000,
            {413},
        ),
        (
            (b"POST /example/sign/ HTTP/1.1", b"Content-Type: " + FORM.encode()),
            b"name=" + b"x" * 40_000_000,
            {413},
        ),
        (
            (
                b"POST /example/sign/ HTTP/1.1",
                b"Origin: http://[",
                b"Content-Type: " + FORM.encode(),
            ),
            b"name=x",
            {403},
        ),
        (
            (
                b"POST /example/sign/ HTTP/1.1",
                b"Content-Type: multipart/form-data; boundary=x; charset=zlib",
            ),
            b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nx\r\n--x--\r\n',
            {400},
        ),
    ],
)
def test_hostile_requests_on_the_wire(
    site: Site, lines: tuple[bytes, ...], body: bytes, statuses: set[int]
) -> None:
    answer = site.send(*lines, body=body)
    assert int(answer.split()[1]) in statuses


def test_the_outbox_opens_on_this_machine_and_to_no_proxy(site: Site) -> None:
    assert site.ask("/outbox/")[0] == 200
    assert b"404" in site.send(b"GET /outbox/ HTTP/1.1", b"X-Forwarded-For: 203.0.113.7")


@pytest.mark.parametrize("name", ["web", "worker"])
def test_who_is_killed_is_started_again(site: Site, name: str) -> None:
    before = until(lambda: len(found := site.children()) == 2 and found, "both")
    os.kill(before[name], signal.SIGKILL)

    def back() -> bool:
        now = site.children()
        return len(now) == 2 and now[name] != before[name] and site.answers()

    until(back, f"another {name}")
    signed_up(site, f"After The {name.title()}", f"after-{name}@example.org")


def test_sigterm_ends_it_as_cleanly_and_what_was_stored_is_there_again(tmp_path: Path) -> None:
    running = start(tmp_path)
    try:
        stop(running, signal.SIGTERM)
        again = start(tmp_path)
        try:
            assert again.ask("/example/")[0] == 200
            stop(again, signal.SIGTERM)
        finally:
            again.server.kill()
    finally:
        running.server.kill()
