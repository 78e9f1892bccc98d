"""Write down what became of a message that was to leave."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from undersigned.mail.models import Message, MessageState, Reason
from undersigned.mail.statuses import read_status, reason_of
from undersigned.mail.suppression import suppress

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


# As SQL: Django takes longer to put it together than the database to carry it out.
_SENT = """
    UPDATE mail_message
    SET state = 'sent', sent_at = %s, attempts = %s, recipient = %s,
        sealed = %s, claimed_until = NULL, outcome = ''
    WHERE id = %s
"""


def note_sent(message: Message, recipient: bytes | None) -> None:
    """`recipient`: its mark, masked. What it said goes."""
    sent_at = connection.ops.adapt_datetimefield_value(timezone.now())
    number = Message._meta.pk.get_db_prep_value(message.pk, connection)
    with transaction.atomic(), connection.cursor() as cursor:  # SQLite: in its turn
        cursor.execute(_SENT, [sent_at, message.attempts + 1, recipient, b"", number])


def note_fault(message: Message, mark: bytes | None, fault: Exception) -> None:
    """It did not get through. Raises the fault if the server is of no use for others either."""
    match fault:
        case smtplib.SMTPRecipientsRefused():
            code, words = next(iter(fault.recipients.values()))
            _refused(message, f"SMTP {code}", for_good=code >= 500)
            # Anything less may be our own fault, and that of every recipient at once.
            if mark and reason_of(read_status(words.decode("ascii", "replace"))) == Reason.HARD:
                suppress(mark, Reason.HARD, timezone.now())
        case smtplib.SMTPDataError():
            _refused(message, f"SMTP {fault.smtp_code}", for_good=fault.smtp_code >= 500)
        case ValueError() | smtplib.SMTPNotSupportedError():
            give_up(message, "not an address for mail")
        case smtplib.SMTPResponseException():
            # Our sender, our greeting or our password was refused: no message is to blame.
            raise fault
        case _:
            # The connection broke over this message: it waits longer, so that others get past it.
            _refused(message, type(fault).__name__, for_good=False)
            raise fault


def wait(message: Message, delay: timedelta, outcome: str, *, tried: int) -> None:
    """Not now."""
    Message.objects.filter(pk=message.pk).update(
        attempts=message.attempts + tried,
        not_before=timezone.now() + delay,
        claimed_until=None,
        outcome=outcome,
    )


def give_up(message: Message, outcome: str) -> None:
    """Never. What it said goes."""
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED, sealed=b"", claimed_until=None, outcome=outcome
    )


@contextmanager
def without_waiting_for_the_disk() -> Iterator[None]:
    """Commits within are safe from a worker that dies at once, and from a power cut a little later.

    Whatever is committed after them, in the ordinary way, makes them safe too.
    """
    if connection.in_atomic_block:  # somebody else commits
        yield
        return
    _run(
        {
            "sqlite": "PRAGMA synchronous = NORMAL",
            "postgresql": "SET synchronous_commit = off",
        }
    )
    try:
        yield
    finally:
        _run(
            {
                "sqlite": "PRAGMA synchronous = FULL",
                "postgresql": "RESET synchronous_commit",
            }
        )


def _run(statements: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements[connection.vendor])


def _refused(message: Message, outcome: str, *, for_good: bool) -> None:
    """This message did not get through: for good, or once more too often, or for now."""
    if for_good or message.attempts >= len(RETRY_AFTER):
        give_up(message, outcome)
    else:
        wait(message, RETRY_AFTER[message.attempts], outcome, tried=1)
