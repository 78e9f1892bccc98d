"""Whether mail comes in at an address of ours."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.mail.imap_server import FakeMailbox, serving
from tests.signatures.authority.nameserver import Zone, nameserver
from undersigned.config.health import incoming as module
from undersigned.config.health.facts import IncomingFacts
from undersigned.config.health.incoming import look_at_incoming
from undersigned.config.health.records import Look

SIGN = "sign@Letters.example"
HERE: Zone = {"letters.example MX": ["10 127.0.0.1."]}


@dataclass
class Server:
    """Answers each recipient as it is told, and every sender by `sender`; all in capitals."""

    answers: dict[str, str]
    sender: str = "250 OK"
    heard: list[str] = field(default_factory=list)

    def answer(self, line: str) -> str:
        line = line.upper()
        self.heard.append(line)
        if line.startswith("MAIL"):
            return self.sender
        if line.startswith("RCPT"):
            return self.answers[line.partition("<")[2].partition("@")[0]]
        return "221 bye" if line == "QUIT" else "250 OK"


@pytest.fixture(autouse=True)
def nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PORT", 1)


@contextmanager
def listening(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 ready\r\n")
            for line in self.rfile:
                self.wfile.write(f"{server.answer(line.decode().strip())}\r\n".encode())

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as found:
        thread = threading.Thread(target=found.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        monkeypatch.setattr(module, "PORT", found.server_address[1])
        yield
        found.shutdown()
        thread.join()


def seen(zone: Zone, imap_url: str = "") -> IncomingFacts:
    with nameserver(zone) as names:
        found = look_at_incoming(SIGN, imap_url, Look(names.resolver()))
    assert found is not None
    return found


def test_without_an_address_there_is_nothing_to_see() -> None:
    assert look_at_incoming("", "", Look()) is None


def test_a_server_that_cannot_be_reached_from_here_says_nothing() -> None:
    assert seen(HERE) == IncomingFacts(SIGN, takes_mail=True, takes_plus=None, mailbox=None)
    assert seen(HERE).domain == "letters.example"


def test_no_server_takes_mail() -> None:
    assert seen({}) == IncomingFacts(SIGN, takes_mail=False)


def test_name_servers_that_fail_say_nothing() -> None:
    with nameserver({}, rcode=2) as names:
        found = look_at_incoming(SIGN, "", Look(names.resolver()))
    assert found == IncomingFacts(SIGN, takes_mail=None)


@pytest.mark.parametrize(
    ("with_plus", "without", "sender", "takes"),
    [
        ("250 OK", "", "250 OK", True),
        ("550 5.1.1 no such mailbox", "250 OK", "250 OK", False),
        ("550 5.7.1 not from there", "550 5.7.1 not from there", "250 OK", None),
        ("550 5.1.1 no such mailbox", "451 4.7.1 greylisted", "250 OK", None),
        ("451 4.7.1 greylisted", "", "250 OK", None),
        ("250 OK", "250 OK", "550 5.7.1 not from there", None),
    ],
)
def test_what_the_server_says_of_an_address_with_a_plus(
    monkeypatch: pytest.MonkeyPatch, with_plus: str, without: str, sender: str, takes: bool | None
) -> None:
    server = Server({"SIGN+UNDERSIGNED": with_plus, "SIGN": without}, sender)
    with listening(server, monkeypatch):
        assert seen(HERE).takes_plus is takes
    # As for a report that comes back, each in a try of its own, and nothing is sent.
    assert {line for line in server.heard if line.startswith("MAIL")} == {"MAIL FROM:<>"}
    assert not any(line.startswith("DATA") for line in server.heard)


def test_the_mailbox_is_visited() -> None:
    with serving(FakeMailbox()) as url:
        assert seen(HERE, url).mailbox == ""
    with serving(FakeMailbox(password="another")) as url:
        assert seen(HERE, url).mailbox == "error"
    with serving(FakeMailbox(refuses="SELECT")) as url:
        assert seen(HERE, url).mailbox == "error"
