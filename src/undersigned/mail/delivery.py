"""Deliver the outbox: what the worker does, one message after the other.

Each message is sent, then its row is committed as sent, then the next one's content follows. A
worker that is killed between the two sends that one message again, with the same Message-ID;
nothing loses one.
"""

from __future__ import annotations

import contextlib
import logging
import smtplib
import time
import uuid
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from django.core.mail import EmailMessage
from django.utils import timezone

from undersigned.mail.circulars import CannotFill, Copy
from undersigned.mail.claiming import claim, give_back
from undersigned.mail.composing import compose
from undersigned.mail.envelopes import Envelopes
from undersigned.mail.models import Message, MessageState, Priority
from undersigned.mail.outbox import PURPOSE, Mail
from undersigned.mail.pacing import NO_LIMITS, Limits, put_back
from undersigned.mail.printing import compose_copy
from undersigned.mail.settling import (
    RETRY_AFTER,
    give_up,
    note_fault,
    note_sent,
    wait,
    without_waiting_for_the_disk,
)
from undersigned.mail.smtp import PipeliningBackend
from undersigned.mail.suppression import suppressed_among

log = logging.getLogger(__name__)

WORK = timedelta(minutes=1)
# Notices and updates go in small portions, so that a confirmation never waits long behind them.
PORTION_OF_LATER = timedelta(seconds=3)
# Whether they are still wanted is asked for so many at once, and again when that is so long ago.
ASKED_TOGETHER = 50
ASK_AGAIN_AFTER = timedelta(seconds=1)
NOT_WANTED = "not wanted"  # by whom it is for, when it was to leave
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


def _all_of_them(messages: Collection[Message]) -> set[uuid.UUID]:
    return {message.pk for message in messages}


@dataclass(frozen=True)
class Terms:
    """How mail leaves here.

    `envelopes`: marks messages so that they are known when they come back, and knows addresses that
    updates no longer go to. `limits`: how many may leave.
    `wanted_among`: asked directly before notices and updates leave; says which of them still may.
    """

    envelopes: Envelopes | None = None
    limits: Limits = NO_LIMITS
    wanted_among: Callable[[Collection[Message]], Collection[uuid.UUID]] = _all_of_them


def deliver_due(transport: Transport, open_sealed: Open, terms: Terms = Terms()) -> int:
    """Send a batch of messages that are due; returns how many left.

    The connection is kept as long as there is mail, and closed when there is none.

    `open_sealed(seal, message id, purpose, bytes)` opens a message; raises Undeliverable or
    KeyOutOfReach.
    A server that cannot be reached leaves everything queued for a later try.
    """
    now = timezone.now()
    batch = claim(now, terms.limits)
    if batch is None:
        return 0
    if not batch:
        _close(transport)
        return 0
    sent = tried = 0
    delay = timedelta()
    under_way = _UnderWay(open_sealed, terms)
    try:
        transport.open()
        with without_waiting_for_the_disk():
            for fault in _hand_over(under_way.letters(batch), transport):
                tried += 1
                sent += under_way.settle_next(fault)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("The mail server cannot be used now (%s).", type(error).__name__)
        delay = RETRY_AFTER[0]
        _close(transport)
    except BaseException:
        _close(transport)
        # What was in hand stays claimed for a while, and may have left; the rest used up no limit.
        with contextlib.suppress(Exception):  # the database may be what failed
            put_back(len(batch) - tried - under_way.in_hand, now)
        raise
    if sent < len(batch):
        give_back(batch, now, delay, tried=tried)
    return sent


def oldest_waiting() -> datetime | None:
    """When the mail that waits longest for its first try was queued; of what somebody waits for.

    Mail whose key is out of reach is left out: it waits for the key.
    """
    waiting = Message.objects.filter(
        state=MessageState.QUEUED, priority=Priority.NOW, attempts=0, outcome=""
    )
    return waiting.order_by("not_before").values_list("queued_at", flat=True).first()


@dataclass(frozen=True)
class _Opened:
    message: Message
    content: Mail | Copy
    mark: bytes | None


@dataclass
class _UnderWay:
    """Messages from their rows to letters, and those whose answer is awaited, in order."""

    open_sealed: Open
    terms: Terms
    _awaited: deque[_Opened] = field(default_factory=deque)

    @property
    def in_hand(self) -> int:
        """How many the server may have, without an answer so far."""
        return len(self._awaited)

    def letters(self, batch: Sequence[Message]) -> Iterator[EmailMessage]:
        """What may leave, as long as there is time; each one asked for will be sent."""
        began_at = time.monotonic()
        waiting = deque(batch)
        portion: deque[_Opened] = deque()
        wanted: Collection[uuid.UUID] = ()
        asked_at = began_at
        while waiting or portion:
            if not portion:
                portion += self._open_some(waiting)
                wanted, asked_at = self._wanted(portion), time.monotonic()
                continue
            one = portion.popleft()
            limit = WORK if one.message.priority == Priority.NOW else PORTION_OF_LATER
            if time.monotonic() - began_at >= limit.total_seconds():
                return
            if time.monotonic() - asked_at >= ASK_AGAIN_AFTER.total_seconds():
                wanted, asked_at = self._wanted([one, *portion]), time.monotonic()
            if one.message.pk not in wanted:
                give_up(one.message, NOT_WANTED)
                continue
            self._awaited.append(one)
            yield self._letter(one)

    def settle_next(self, fault: Exception | None) -> int:
        """Note what became of the next one; returns 1 if it left. Raises the server's faults."""
        one = self._awaited.popleft()
        if fault is not None:
            note_fault(one.message, one.mark, fault)
            return 0
        envelopes = self.terms.envelopes
        masked = envelopes.mask(one.message.pk, one.mark) if envelopes and one.mark else None
        note_sent(one.message, masked)
        return 1

    def _open_some(self, waiting: deque[Message]) -> Iterator[_Opened]:
        for message in [waiting.popleft() for _ in range(min(ASKED_TOGETHER, len(waiting)))]:
            try:
                content = self._content(message)
            except KeyOutOfReach:
                wait(message, KEY_AGAIN_AFTER, "key out of reach", tried=0)
            except Undeliverable:
                give_up(message, "cannot be opened")
            except CannotFill:
                give_up(message, "cannot be filled in")
            else:
                envelopes = self.terms.envelopes
                mark = envelopes.mark_of(content.to) if envelopes else None
                yield _Opened(message, content, mark)

    def _content(self, message: Message) -> Mail | Copy:
        opened = self.open_sealed(message.seal, message.pk, PURPOSE, bytes(message.sealed))
        if message.circular_id is not None:
            return Copy.from_bytes(message.circular_id, opened)
        return Mail.from_bytes(opened)

    def _wanted(self, portion: Iterable[_Opened]) -> Collection[uuid.UUID]:
        """Those that whoever they are for still takes, at this moment."""
        found = {one.message.pk for one in portion}
        asked = [one for one in portion if one.message.priority != Priority.NOW]
        if asked:
            found.difference_update(one.message.pk for one in asked)
            wanted = self.terms.wanted_among([one.message for one in asked])
            later = [one for one in asked if one.message.priority == Priority.LATER]
            stopped = suppressed_among([one.mark for one in later if one.mark])
            found.update(wanted)
            found.difference_update(one.message.pk for one in later if one.mark in stopped)
        return found

    def _letter(self, one: _Opened) -> EmailMessage:
        number, envelopes = one.message.pk, self.terms.envelopes
        sender = envelopes.sender(number) if envelopes else ""
        if isinstance(one.content, Copy):
            letter = compose_copy(number, one.content, sender)
        else:
            letter = compose(number, one.content, sender)
        if envelopes:
            letter.token = envelopes.token(number)
        return letter


def _hand_over(letters: Iterator[EmailMessage], transport: Transport) -> Iterator[Exception | None]:
    """What became of each, in order; none follows before that was taken note of."""
    if isinstance(transport, PipeliningBackend):
        yield from transport.send_each(letters)
        return
    for letter in letters:
        try:
            transport.send_messages([letter])
        except (OSError, smtplib.SMTPException, ValueError) as fault:
            yield fault
        else:
            yield None


def _close(transport: Transport) -> None:
    """A server that does not even take a goodbye must not undo what was sent."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        transport.close()
