"""Deliver the outbox: what the worker does, one message after the other.

Each message is sent, then its row is committed as sent, then the next one begins. A crash between
the two sends that one message again, with the same Message-ID; no crash loses one.
"""

from __future__ import annotations

import contextlib
import logging
import smtplib
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from undersigned.mail.composing import compose
from undersigned.mail.models import Message, MessageState
from undersigned.mail.outbox import PURPOSE, Mail

log = logging.getLogger(__name__)

# A worker starts nothing new a while before its claim ends, so that a slow server does not lead
# another worker to send the same.
CLAIM = timedelta(minutes=3)
WORK = timedelta(minutes=1)
BATCH = 100
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
    now = timezone.now()
    batch = _claim(now)
    if not batch:
        return 0
    stop_at = time.monotonic() + WORK.total_seconds()
    sent = 0
    delay = timedelta()
    try:
        transport.open()
        for message in batch:
            if time.monotonic() >= stop_at:
                break
            sent += _deliver(message, transport, open_sealed)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("The mail server cannot be used now (%s).", type(error).__name__)
        delay = RETRY_AFTER[0]
    finally:
        _close(transport)
    if sent < len(batch):
        # What is still claimed by us was not tried.
        Message.objects.filter(
            pk__in=[message.pk for message in batch], claimed_until=now + CLAIM
        ).update(claimed_until=None, not_before=timezone.now() + delay)
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
    """Send one message and record it. Returns 1 if it left.

    Raises smtplib.SMTPException or OSError if the server cannot be used for others either.
    """
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
        _refused(message, f"SMTP {code}", for_good=code >= 500)
        return 0
    except smtplib.SMTPDataError as error:
        _refused(message, f"SMTP {error.smtp_code}", for_good=error.smtp_code >= 500)
        return 0
    except (ValueError, smtplib.SMTPNotSupportedError):
        _give_up(message, "not an address for mail")
        return 0
    except smtplib.SMTPResponseException:
        # Our sender, our greeting or our password was refused: no message is to blame.
        raise
    except (OSError, smtplib.SMTPException) as error:
        # The connection broke over this message: it waits longer, so that others get past it.
        _refused(message, type(error).__name__, for_good=False)
        raise
    with transaction.atomic():  # SQLite: in its turn (config/sqlite)
        Message.objects.filter(pk=message.pk).update(
            state=MessageState.SENT,
            sent_at=timezone.now(),
            sealed=b"",
            claimed_until=None,
            attempts=message.attempts + 1,
            outcome="",
        )
    return 1


def _refused(message: Message, outcome: str, *, for_good: bool) -> None:
    """This message did not get through: for good, or once more too often, or for now."""
    if for_good or message.attempts >= len(RETRY_AFTER):
        _give_up(message, outcome)
    else:
        _wait(message, RETRY_AFTER[message.attempts], outcome, tried=1)


def _wait(message: Message, delay: timedelta, outcome: str, *, tried: int) -> None:
    Message.objects.filter(pk=message.pk).update(
        attempts=message.attempts + tried,
        not_before=timezone.now() + delay,
        claimed_until=None,
        outcome=outcome,
    )


def _give_up(message: Message, outcome: str) -> None:
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED, sealed=b"", claimed_until=None, outcome=outcome
    )


def _close(transport: Transport) -> None:
    """A server that does not even take a goodbye must not undo what was sent."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        transport.close()
