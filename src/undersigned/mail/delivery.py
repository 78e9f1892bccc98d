"""Deliver the outbox: what the worker does, one message after the other.

Each message is sent, then its row is committed as sent, then the next one begins. A crash between
the two sends that one message again, with the same Message-ID; no crash loses one.
"""

from __future__ import annotations

import logging
import smtplib
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from undersigned.mail.models import Message, MessageState
from undersigned.mail.outbox import PURPOSE, Mail

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=2)
BATCH = 40
RETRY_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(days=1),
    timedelta(days=2),
)

KEY_AGAIN_AFTER = timedelta(hours=1)

Open = Callable[[uuid.UUID, uuid.UUID, str, bytes], bytes]


class Transport(Protocol):
    """Something that takes a message for good, or raises smtplib.SMTPException or OSError."""

    def open(self) -> bool | None: ...
    def close(self) -> None: ...
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int: ...


class Undeliverable(Exception):
    """The message's content cannot be opened: it was altered."""


class KeyOutOfReach(Exception):
    """The message's content cannot be opened now; its key may be back later."""


def deliver_due(transport: Transport, open_sealed: Open) -> int:
    """Send up to BATCH messages that are due; returns how many left.

    `open_sealed(seal, message id, purpose, bytes)` opens a message; raises Undeliverable or
    KeyOutOfReach.
    A server that cannot be reached leaves everything queued for a later try.
    """
    batch = _claim(timezone.now())
    if not batch:
        return 0
    sent = 0
    try:
        transport.open()
        for message in batch:
            sent += _deliver(message, transport, open_sealed)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("The mail server cannot be used now (%s).", type(error).__name__)
        # All but those done: what is still claimed by us waits a minute and is tried again.
        waiting = [message.pk for message in batch if message.state == MessageState.QUEUED]
        Message.objects.filter(pk__in=waiting, state=MessageState.QUEUED).update(
            claimed_until=None, not_before=timezone.now() + RETRY_AFTER[0]
        )
    finally:
        transport.close()
    return sent


def _claim(now: datetime) -> list[Message]:
    """Take due messages; two workers never take the same one while a claim lasts."""
    due = Q(state=MessageState.QUEUED, not_before__lte=now) & (
        Q(claimed_until=None) | Q(claimed_until__lte=now)
    )
    with transaction.atomic():
        candidates = Message.objects.filter(due).order_by("not_before")
        if transaction.get_connection().features.has_select_for_update_skip_locked:
            candidates = candidates.select_for_update(skip_locked=True)
        batch = list(candidates[:BATCH])
        Message.objects.filter(pk__in=[message.pk for message in batch]).update(
            claimed_until=now + CLAIM
        )
    return batch


def _deliver(message: Message, transport: Transport, open_sealed: Open) -> int:
    """Send one message and record it. Returns 1 if it left."""
    try:
        mail = Mail.from_bytes(
            open_sealed(message.seal, message.pk, PURPOSE, bytes(message.sealed))
        )
    except KeyOutOfReach:
        _wait(message, KEY_AGAIN_AFTER, "key out of reach", tried=0)
        return 0
    except Undeliverable:
        _give_up(message, "cannot be opened")
        return 0
    try:
        transport.send_messages([compose(message.pk, mail)])
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        _refused(message, code)
        return 0
    except smtplib.SMTPResponseException as error:
        if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPAuthenticationError):
            raise
        _refused(message, error.smtp_code)
        return 0
    message.state = MessageState.SENT
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.SENT,
        sent_at=timezone.now(),
        sealed=b"",
        claimed_until=None,
        attempts=message.attempts + 1,
        outcome="",
    )
    return 1


def _refused(message: Message, code: int) -> None:
    """The server said no to this message: for good (5xx, or too often), or for now."""
    if code >= 500 or message.attempts >= len(RETRY_AFTER):
        _give_up(message, f"SMTP {code}")
        return
    _wait(message, RETRY_AFTER[message.attempts], f"SMTP {code}", tried=1)


def _wait(message: Message, delay: timedelta, outcome: str, *, tried: int) -> None:
    # Out of this batch; a failure of the connection must not shorten its wait.
    message.state = MessageState.FAILED
    Message.objects.filter(pk=message.pk).update(
        attempts=message.attempts + tried,
        not_before=timezone.now() + delay,
        claimed_until=None,
        outcome=outcome,
    )


def _give_up(message: Message, outcome: str) -> None:
    message.state = MessageState.FAILED
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED, sealed=b"", claimed_until=None, outcome=outcome
    )


def compose(message_id: uuid.UUID, mail: Mail) -> EmailMessage:
    """The message as it goes over the wire; the same Message-ID at every try."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">") or "localhost"
    return EmailMessage(
        subject=" ".join(mail.subject.split()),
        body=mail.text,
        to=[mail.to],
        headers={
            "Message-ID": f"<{message_id}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
            **mail.headers,
        },
    )

