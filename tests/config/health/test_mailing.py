"""Whether the mail server answers."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from undersigned.config.health.mailing import mail_is_encrypted, mail_server_answers

Answer = Callable[[bytes], None]


@pytest.fixture
def server(settings: Settings) -> Iterator[Answer]:
    """A server that says its lines, one for each that it is told; the settings name it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threads: list[threading.Thread] = []

        def answer(lines: bytes) -> None:
            def serve() -> None:
                there, _ = listening.accept()
                there.settimeout(10)
                with there, there.makefile("rwb") as talk:
                    for line in lines.splitlines(keepends=True):
                        talk.write(line)
                        talk.flush()
                        if not talk.readline():
                            return

            threads.append(threading.Thread(target=serve))
            threads[-1].start()
            point_to(settings, port=listening.getsockname()[1])

        yield answer
        for thread in threads:
            thread.join()


def point_to(settings: Settings, **options: object) -> None:
    settings.MAILERS = {
        "default": {"OPTIONS": {"host": "127.0.0.1", "use_tls": False, "use_ssl": False, **options}}
    }


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (b"220 ready\r\n250 hello\r\n221 bye\r\n", ""),
        (b"554 go away\r\n221 bye\r\n", "SMTP 554"),
        (b"220 ready\r\n421 busy\r\n221 bye\r\n", "SMTP 421"),
        (b"", "SMTPServerDisconnected"),
    ],
)
def test_it_says_what_the_server_says(server: Answer, lines: bytes, word: str) -> None:
    server(lines)
    assert mail_server_answers() == word


def test_a_server_that_is_not_there(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    point_to(settings, port=port)
    assert mail_server_answers() == "ConnectionRefusedError"
    point_to(settings, port=port, use_ssl=True)
    assert mail_server_answers() == "ConnectionRefusedError"


def test_mail_to_another_machine_should_be_encrypted(settings: Settings) -> None:
    point_to(settings)
    assert mail_is_encrypted()
    point_to(settings, host="mail.example.org")
    assert not mail_is_encrypted()
    point_to(settings, host="mail.example.org", use_tls=True)
    assert mail_is_encrypted()
    point_to(settings, host="mail.example.org", use_ssl=True)
    assert mail_is_encrypted()


def test_a_mail_service_is_not_asked(settings: Settings) -> None:
    settings.MAIL_SERVICE = "postmark"
    assert mail_server_answers() is None
