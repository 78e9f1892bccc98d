"""An outbox for tests: queue mail, and hand it to transports that can fail on demand."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from django.core.mail import EmailMessage
from django.utils import timezone

from undersigned.mail.circulars import Blanks, Copy, Words, keep_circular
from undersigned.mail.models import Message, Priority
from undersigned.mail.outbox import Draft, Mail, queue

SEAL = uuid.UUID("0199c2a0-0000-7000-8000-000000000001")


BLANKS = Blanks()
blank = BLANKS.blank


def no_seal(seal: uuid.UUID) -> Callable[[uuid.UUID, str, bytes], bytes]:
    """Instead of sealing, note what would open it."""
    return lambda row, purpose, value: f"{seal}|{row}|{purpose}|".encode() + value


def open_noted(seal: uuid.UUID, row: uuid.UUID, purpose: str, sealed: bytes) -> bytes:
    """What `no_seal` noted; a value of another row or purpose is an error of the test."""
    prefix = f"{seal}|{row}|{purpose}|".encode()
    assert sealed.startswith(prefix)
    return sealed[len(prefix) :]


def mail(**changes: str) -> Mail:
    words = {
        "to": "ana@example.org",
        "subject": "One step left",
        "text": "Open this link.",
        "language": "en",
    }
    return Mail(**{**words, **changes})  # type: ignore[arg-type]


def post(*mails: Mail, priority: Priority = Priority.NOW) -> list[Message]:
    """Queue mails, due now, each of its own cause; returns their rows in order."""
    drafts = [
        Draft(f"cause {uuid.uuid4()}", "confirm", SEAL, one, priority) for one in mails or (mail(),)
    ]
    queue(drafts, no_seal, timezone.now())
    rows = {row.cause: row for row in Message.objects.all()}
    return [rows[draft.cause] for draft in drafts]


def circular(**changes: str) -> Mail:
    """Words to many, with one blank."""
    link = f"https://example.org/{blank(0)}/"
    words = {"to": "", "subject": "News", "text": f"Leave: {link}\n", "language": "en", **changes}
    return Mail(**words, headers={"List-Unsubscribe": f"<{link}>"})  # type: ignore[arg-type]


def kept(words: Mail) -> uuid.UUID:
    """The circular of words with `blank`s."""
    return keep_circular(Words.of(words, BLANKS))


def post_copies(*readers: tuple[str, str], words: Mail | None = None) -> list[Message]:
    """Queue a circular to readers, each with what goes into the blank."""
    number = kept(words or circular())
    drafts = []
    for to, token in readers:
        copy = Copy(to, number, (token,))
        cause = f"cause {uuid.uuid4()}"
        drafts.append(Draft(cause, "update", SEAL, copy, Priority.LATER, circular=number))
    queue(drafts, no_seal, timezone.now())
    rows = {row.cause: row for row in Message.objects.all()}
    return [rows[draft.cause] for draft in drafts]


class FakeTransport:
    """Takes messages and remembers them; `on_send` may raise instead."""

    def __init__(self, on_send: Callable[[EmailMessage], None] = lambda message: None) -> None:
        self.taken: list[EmailMessage] = []
        self.calls: list[str] = []
        self.on_send = on_send

    def open(self) -> bool:
        self.calls.append("open")
        return True

    def close(self) -> None:
        self.calls.append("close")

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self.on_send(message)
            self.taken.append(message)
        return len(email_messages)

    @property
    def recipients(self) -> list[str]:
        return [recipient for message in self.taken for recipient in message.to]
