"""Queue mail: a row in the same transaction as its cause."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from undersigned.mail.models import Circular, Message, MessageState, Priority

PURPOSE = "mail"
SETTLED_LIFETIME = timedelta(days=30)
Seal = Callable[[uuid.UUID, str, bytes], bytes]


@dataclass(frozen=True)
class Mail:
    """What will be sent: one recipient, a subject, plain text, further headers.

    With `html`, the same words also as a page, for those who read mail so.
    """

    to: str
    subject: str
    text: str
    language: str
    headers: dict[str, str] = field(default_factory=dict)
    html: str = ""

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Mail:
        return cls(**json.loads(data))


class Content(Protocol):
    """A mail, or one reader's copy of a circular (circulars.py)."""

    def to_bytes(self) -> bytes: ...


@dataclass(frozen=True)
class Draft:
    """A mail to queue: `cause` names the act that it follows from, once for ever."""

    cause: str
    topic: str
    seal: uuid.UUID
    mail: Content
    priority: Priority = Priority.NOW
    series: uuid.UUID | None = None
    circular: uuid.UUID | None = None


def queue(drafts: Sequence[Draft], seal: Callable[[uuid.UUID], Seal], at: datetime) -> None:
    """Save drafts as sealed rows. `seal(id)` gives the function that seals under that key.

    A cause that was queued before is passed over, so that an act carried out twice mails once.
    """
    save(seal_all(drafts, seal, at))


def seal_all(
    drafts: Sequence[Draft], seal: Callable[[uuid.UUID], Seal], at: datetime
) -> list[Message]:
    """The rows of drafts, for `save`: for who wants the transaction to be short."""
    messages = []
    for draft in drafts:
        message = Message(
            cause=draft.cause,
            topic=draft.topic,
            seal=draft.seal,
            priority=draft.priority,
            series=draft.series,
            circular_id=draft.circular,
            not_before=at,
        )
        message.sealed = seal(draft.seal)(message.id, PURPOSE, draft.mail.to_bytes())
        messages.append(message)
    return messages


def save(messages: Sequence[Message]) -> None:
    """To be called in the transaction of their cause."""
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def forget_settled(now: datetime, going_on: Collection[uuid.UUID] = ()) -> None:
    """Drop the rows of mail that left, or was given up, longer ago than anybody asks about.

    `going_on`: series that are not over, whose rows say who must not get the same again. Where
    such a mail went is forgotten all the same.
    """
    settled = Message.objects.exclude(state=MessageState.QUEUED)
    settled = settled.filter(queued_at__lte=now - SETTLED_LIFETIME)
    settled.filter(series__in=going_on, recipient__isnull=False).update(recipient=None)
    settled.exclude(series__in=going_on).delete()
    old = Circular.objects.filter(made_at__lte=now - SETTLED_LIFETIME)
    of_any = Message.objects.filter(circular__isnull=False).values("circular")
    old.exclude(pk__in=of_any).delete()
