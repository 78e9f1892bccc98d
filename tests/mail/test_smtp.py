"""Once with a real mail server, on this machine."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail import mailers
from pytest_django import Settings

from tests.mail.posting import mail, open_noted, post
from undersigned.mail.delivery import deliver_due
from undersigned.mail.models import Message, MessageState

pytestmark = pytest.mark.django_db


class Server:
    """Takes mail, but greylists one address, does not know another, and hangs up on a third."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], bytes]] = []

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == "greylisted@example.org":
            return "451 4.7.1 try again later"
        if address == "unknown@example.org":
            return "550 5.1.1 no such mailbox"
        if address == "hang-up@example.org":
            assert server.transport is not None
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


class OnAFreePort(Controller):
    """Asked for port 0, it learns from the kernel which one it got."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def server() -> Iterator[tuple[Server, int]]:
    handler = Server()
    controller = OnAFreePort(handler, hostname="127.0.0.1", port=0, ready_timeout=10)
    controller.start()
    yield handler, controller.port
    controller.stop()


@pytest.fixture
def smtp(server: tuple[Server, int], settings: Settings) -> Any:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": server[1], "timeout": 5},
        }
    }
    return mailers.default


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
