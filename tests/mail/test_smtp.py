"""Once with a real mail server, on this machine."""

from __future__ import annotations

import email
import email.policy
import smtplib
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail import mailers
from django.utils import timezone
from pytest_django import Settings

from tests.mail.posting import blank, circular, mail, open_noted, post, post_copies
from undersigned.mail.composing import compose
from undersigned.mail.delivery import Terms, deliver_due
from undersigned.mail.envelopes import Envelopes
from undersigned.mail.models import Message, MessageState

pytestmark = pytest.mark.django_db


class Server:
    """Takes mail, but greylists one address, does not know another, and hangs up on a third."""

    def __init__(self, offers: tuple[str, ...] = ()) -> None:
        self.offers = offers
        self.letters: list[tuple[list[str], bytes]] = []
        self.senders: list[str | None] = []
        self.options: list[list[str]] = []
        self.hellos = 0
        self.heads_only = 0  # senders who asked for no more than headers to come back

    async def handle_EHLO(  # noqa: N802  aiosmtpd's name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        self.hellos += 1
        session.host_name = hostname
        kept = [line for line in responses if "8BITMIME" not in line or "8BITMIME" in self.offers]
        more = [f"250-{offer}" for offer in self.offers if offer != "8BITMIME"]
        return [*kept[:-1], *more, kept[-1]]

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("closing"):
            return "421 4.3.2 closing"
        if address.startswith("nobody"):
            return "550 5.7.1 not from here"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == "greylisted@example.org":
            return "451 4.7.1 try again later"
        if address == "unknown@example.org":
            return "550 5.1.1 no such mailbox"
        if address == "closing@example.org":
            return "421 4.3.2 closing"
        if address == "hang-up@example.org":
            assert server.transport is not None
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        if b"full up" in envelope.content:
            return "452 4.2.2 full"
        if b"hangs up" in envelope.content:
            return "421 4.3.2 closing"
        self.letters.append((envelope.rcpt_tos, envelope.content))
        self.senders.append(envelope.mail_from)
        self.options.append(envelope.mail_options)
        return "250 OK"


class WithNotifications(SMTP):
    """Understands RET=HDRS (RFC 3461), which aiosmtpd does not."""

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802  aiosmtpd's name
        assert arg is not None
        offers = self.event_handler.offers
        if "RET=HDRS" in arg and "DSN" in offers:
            arg = arg.replace(" RET=HDRS", "")
            self.event_handler.heads_only += 1
        await super().smtp_MAIL(arg)


class OnAFreePort(Controller):
    """Asked for port 0, it learns from the kernel which one it got."""

    def factory(self) -> SMTP:
        return WithNotifications(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture(params=[(), ("PIPELINING", "8BITMIME", "DSN")], ids=["plain", "pipelining"])
def server(request: pytest.FixtureRequest) -> Iterator[tuple[Server, int]]:
    handler = Server(request.param)
    controller = OnAFreePort(handler, hostname="127.0.0.1", port=0, ready_timeout=10)
    controller.start()
    yield handler, controller.port
    controller.stop()


@pytest.fixture
def smtp(server: tuple[Server, int], settings: Settings) -> Iterator[Any]:
    settings.MAILERS = {
        "default": {
            "BACKEND": "undersigned.mail.smtp.PipeliningBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": server[1], "timeout": 5},
        }
    }
    transport = mailers.default
    yield transport
    transport.close()


def states() -> list[tuple[str, str, int]]:
    rows = Message.objects.order_by("outcome", "state")
    return list(rows.values_list("state", "outcome", "attempts"))


def test_mail_arrives_as_it_was_written(server: tuple[Server, int], smtp: Any) -> None:
    (message,) = post(
        mail(to="ana@bücher.example", subject="تأكيد “Été”", text="Zeile eins\n.\nفتح\n")
    )

    assert deliver_due(smtp, open_noted) == 1

    ((recipients, content),) = server[0].letters
    read = email.message_from_bytes(content, policy=email.policy.default)
    assert recipients == ["ana@xn--bcher-kva.example"]
    assert read["Subject"] == "تأكيد “Été”"
    assert read["Message-ID"].startswith(f"<{message.id}@")
    assert read["Auto-Submitted"] == "auto-generated"
    assert read.get_content().replace("\r\n", "\n") == "Zeile eins\n.\nفتح\n"
    assert content.isascii() == ("8BITMIME" not in server[0].offers)


def test_each_answer_of_the_server_is_taken_for_its_own_message(
    server: tuple[Server, int], smtp: Any
) -> None:
    post(
        mail(to="greylisted@example.org"),
        mail(to="unknown@example.org"),
        mail(to="δοκιμή@example.org"),
        mail(to="ana@example.org"),
    )

    assert deliver_due(smtp, open_noted) == 1

    assert [recipients for recipients, _ in server[0].letters] == [["ana@example.org"]]
    assert states() == [
        (MessageState.SENT, "", 1),
        (MessageState.QUEUED, "SMTP 451", 1),
        (MessageState.FAILED, "SMTP 550", 0),
        (MessageState.FAILED, "not an address for mail", 0),
    ]


def test_a_server_that_hangs_up_loses_nothing(server: tuple[Server, int], smtp: Any) -> None:
    post(mail(to="hang-up@example.org"))
    assert deliver_due(smtp, open_noted) == 0
    assert states() == [(MessageState.QUEUED, "SMTPServerDisconnected", 1)]

    post(mail(to="ana@example.org"))
    assert deliver_due(smtp, open_noted) == 1


def test_a_server_that_is_gone_leaves_mail_queued(server: tuple[Server, int], smtp: Any) -> None:
    post()
    smtp.port = 1  # nothing listens there

    assert deliver_due(smtp, open_noted) == 0

    assert states() == [(MessageState.QUEUED, "", 0)]


# One connection for many


def test_one_connection_serves_many_messages(server: tuple[Server, int], smtp: Any) -> None:
    for _ in range(3):
        post(mail(), mail())
        assert deliver_due(smtp, open_noted) == 2

    assert server[0].hellos == 1
    assert deliver_due(smtp, open_noted) == 0
    assert smtp.connection is None
    post()
    assert deliver_due(smtp, open_noted) == 1
    assert server[0].hellos == 2


def test_a_connection_ends_after_many_messages(
    server: tuple[Server, int], smtp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undersigned.mail.smtp.MOST_PER_CONNECTION", 2)
    post(mail(), mail(), mail())

    assert deliver_due(smtp, open_noted) == 3

    assert server[0].hellos == 2


@pytest.mark.parametrize("answers", [True, False])
def test_a_connection_that_lay_idle_is_asked_first(
    server: tuple[Server, int], smtp: Any, monkeypatch: pytest.MonkeyPatch, answers: bool
) -> None:
    smtp.open()
    smtp.connection.ehlo()
    monkeypatch.setattr("undersigned.mail.smtp.ASK_AFTER_SECONDS", 0.0)
    if not answers:
        smtp.connection.sock.shutdown(2)
    post()

    assert deliver_due(smtp, open_noted) == 1

    assert server[0].hellos == (1 if answers else 2)
    assert states() == [(MessageState.SENT, "", 1)]


def test_the_envelope_says_what_the_letter_does_not(server: tuple[Server, int], smtp: Any) -> None:
    (message,) = post(mail(text="Été\n"))
    envelopes = Envelopes("bounces@example.org", b"k" * 32, lambda address: b"m" * 32)

    deliver_due(smtp, open_noted, Terms(envelopes))

    assert server[0].senders == [envelopes.sender(message.pk)]
    assert b"bounces+" not in server[0].letters[0][1]
    assert server[0].heads_only == (1 if server[0].offers else 0)
    [options] = server[0].options
    size = f"SIZE={len(server[0].letters[0][1])}"
    assert sorted(option.upper() for option in options) == (
        ["BODY=8BITMIME", size] if server[0].offers else [size]
    )


def test_after_each_refusal_the_next_message_starts_afresh(
    server: tuple[Server, int], smtp: Any
) -> None:
    post(
        mail(to="unknown@example.org"),
        mail(to="ana@example.org"),
        mail(text="full up"),
        mail(to="ben@example.org"),
        mail(to="closing@example.org"),
        mail(to="cleo@example.org"),
        mail(text="hangs up"),
        mail(to="dora@example.org"),
    )

    assert deliver_due(smtp, open_noted) == 4

    # Queued at one moment, they may leave in any order.
    assert sorted(recipients for recipients, _ in server[0].letters) == [
        ["ana@example.org"],
        ["ben@example.org"],
        ["cleo@example.org"],
        ["dora@example.org"],
    ]
    assert sorted(states()) == [
        (MessageState.FAILED, "SMTP 550", 0),
        (MessageState.QUEUED, "SMTP 421", 1),
        (MessageState.QUEUED, "SMTP 421", 1),
        (MessageState.QUEUED, "SMTP 452", 1),
        *[(MessageState.SENT, "", 1)] * 4,
    ]


@pytest.mark.parametrize("name", ["nobody", "closing"])
def test_a_refused_sender_is_our_fault_and_costs_no_message(
    server: tuple[Server, int], smtp: Any, settings: Settings, name: str
) -> None:
    post()
    settings.DEFAULT_FROM_EMAIL = f"{name}@example.org"
    assert deliver_due(smtp, open_noted) == 0
    assert states() == [(MessageState.QUEUED, "", 0)]

    Message.objects.update(not_before=timezone.now())
    settings.DEFAULT_FROM_EMAIL = "letters@example.org"
    assert deliver_due(smtp, open_noted) == 1


def test_lines_that_begin_with_a_dot_arrive(server: tuple[Server, int], smtp: Any) -> None:
    post(mail(text=".one\n..two\n.\nthree"))

    deliver_due(smtp, open_noted)

    assert server[0].letters[0][1].endswith(b".one\r\n..two\r\n.\r\nthree\r\n")


# A server that says its lines, whatever it is told


@contextmanager
def scripted(settings: Settings, *answers: bytes) -> Iterator[tuple[Any, list[bytes]]]:
    """Offers pipelining, and answers each line that it is told with the next of its own."""
    told: list[bytes] = []

    def serve() -> None:
        there, _ = listening.accept()
        there.settimeout(10)
        with there, there.makefile("rb") as lines:
            there.sendall(b"220 ready\r\n")
            lines.readline()
            there.sendall(b"250-here\r\n250 PIPELINING\r\n")
            for answer in answers:
                told.append(lines.readline().strip())
                there.sendall(answer + b"\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.MAILERS = {
            "default": {
                "BACKEND": "undersigned.mail.smtp.PipeliningBackend",
                "OPTIONS": {"host": "127.0.0.1", "port": listening.getsockname()[1], "timeout": 5},
            }
        }
        thread = threading.Thread(target=serve)
        thread.start()
        yield mailers.default, told
        thread.join()


def test_a_server_that_would_take_content_for_nobody_gets_none(settings: Settings) -> None:
    post()
    answers = (b"250 ok", b"550 5.1.1 no", b"354 go on", b"554 nobody", b"250 reset", b"221 bye")
    with scripted(settings, *answers) as (transport, told):
        assert deliver_due(transport, open_noted) == 0
        transport.close()
    assert told[2:] == [b"DATA", b".", b"rset", b"quit"]
    assert states() == [(MessageState.FAILED, "SMTP 550", 0)]


@pytest.mark.parametrize(
    ("answer", "then"), [(b"451 later", (b"250 reset", b"221 bye")), (b"421 closing", ())]
)
def test_a_server_that_takes_no_content_puts_the_message_off(
    settings: Settings, answer: bytes, then: tuple[bytes, ...]
) -> None:
    post()
    with scripted(settings, b"250 ok", b"250 ok", answer, *then) as (transport, told):
        assert deliver_due(transport, open_noted) == 0
        transport.close()
    assert told[3:] == [b"rset", b"quit"][: len(then)]
    assert states() == [(MessageState.QUEUED, f"SMTP {answer[:3].decode()}", 1)]


def test_a_recipient_at_whom_the_server_hangs_up_is_put_off(settings: Settings) -> None:
    post()
    with scripted(settings, b"250 ok", b"421 4.3.2 closing") as (transport, _):
        assert deliver_due(transport, open_noted) == 0
        transport.close()
    assert states() == [(MessageState.QUEUED, "SMTP 421", 1)]


# The next one's envelope right behind a content


def test_the_next_envelope_is_told_behind_the_content(settings: Settings) -> None:
    """The server answers the first content only when it has read the second envelope."""
    post_copies(("ana@example.org", "a"), ("ben@example.org", "b"))
    told: list[bytes] = []

    def serve() -> None:
        there, _ = listening.accept()
        there.settimeout(10)
        with there, there.makefile("rb") as lines:

            def read_until(last: bytes) -> None:
                while told[-1:] != [last]:
                    told.append(lines.readline().strip())

            there.sendall(b"220 ready\r\n")
            lines.readline()
            there.sendall(b"250-here\r\n250 PIPELINING\r\n")
            read_until(b"DATA")
            there.sendall(b"250 ok\r\n250 ok\r\n354 go on\r\n")
            read_until(b".")
            read_until(b"DATA")
            there.sendall(b"250 taken\r\n250 ok\r\n250 ok\r\n354 go on\r\n")
            read_until(b".")
            there.sendall(b"250 taken\r\n")
            lines.readline()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.MAILERS = {
            "default": {
                "BACKEND": "undersigned.mail.smtp.PipeliningBackend",
                "OPTIONS": {"host": "127.0.0.1", "port": listening.getsockname()[1], "timeout": 5},
            }
        }
        thread = threading.Thread(target=serve)
        thread.start()
        transport = mailers.default
        assert deliver_due(transport, open_noted) == 2
        transport.close()
        thread.join()

    assert [line for line in told if line.startswith(b"RCPT")] == [
        b"RCPT TO:<ana@example.org>",
        b"RCPT TO:<ben@example.org>",
    ]
    assert states() == [(MessageState.SENT, "", 1)] * 2


def test_no_content_follows_before_the_one_before_was_taken_note_of(
    server: tuple[Server, int], smtp: Any
) -> None:
    letters = [compose(uuid.uuid4(), mail(to=f"{name}@example.org")) for name in ("ana", "ben")]
    outcomes = smtp.send_each(letters)
    assert next(outcomes) is None
    time.sleep(0.1)
    assert [recipients for recipients, _ in server[0].letters] == [["ana@example.org"]]
    assert list(outcomes) == [None]
    assert len(server[0].letters) == 2


def test_copies_of_a_circular_arrive_too(server: tuple[Server, int], smtp: Any) -> None:
    readers = [("ana@example.org", "AAA"), ("unknown@example.org", "x"), ("ben@example.org", "BBB")]
    post_copies(*readers, words=circular(text=f".“{blank(0)}”\n", html=f"<p>{blank(0)}</p>\n"))

    assert deliver_due(smtp, open_noted) == 2

    found = {recipients[0]: content for recipients, content in server[0].letters}
    assert sorted(found) == ["ana@example.org", "ben@example.org"]
    for recipient, token in (readers[0], readers[2]):
        read = email.message_from_bytes(found[recipient], policy=email.policy.default)
        assert isinstance(read, email.message.EmailMessage)
        plain = read.get_body(("plain",))
        assert plain is not None
        assert plain.get_content().replace("\r\n", "\n") == f".“{token}”\n"
        assert read["To"] == recipient


def test_one_by_one_what_goes_wrong_is_raised(server: tuple[Server, int], smtp: Any) -> None:
    ana, unknown = (
        compose(uuid.uuid4(), mail(to=f"{name}@example.org")) for name in ("ana", "unknown")
    )
    assert smtp.send_messages([ana]) == 1
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        smtp.send_messages([unknown])


def test_a_message_that_cannot_be_told_yet_waits_for_its_turn(
    server: tuple[Server, int], smtp: Any
) -> None:
    letters = [
        compose(uuid.uuid4(), mail(to=f"{name}@example.org")) for name in ("ana", "δοκιμή", "ben")
    ]
    outcomes = [type(outcome) for outcome in smtp.send_each(letters)]
    assert outcomes == [type(None), ValueError, type(None)]
    assert [recipients for recipients, _ in server[0].letters] == [
        ["ana@example.org"],
        ["ben@example.org"],
    ]
