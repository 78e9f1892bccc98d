"""Queue mail: a row in the same transaction as its cause."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from undersigned.mail.models import Message, MessageState

PURPOSE = "mail"
SETTLED_LIFETIME = timedelta(days=30)
Seal = Callable[[uuid.UUID, str, bytes], bytes]


@dataclass(frozen=True)
class Mail:
    """What will be sent: one recipient, a subject, plain text, further headers."""

    to: str
    subject: str
    text: str
    language: str
    headers: dict[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Mail:
        return cls(**json.loads(data))


@dataclass(frozen=True)
class Draft:
    """A mail to queue: `cause` names the act that it follows from, once for ever."""

    cause: str
    topic: str
    seal: uuid.UUID
    mail: Mail


def queue(drafts: Sequence[Draft], seal: Callable[[uuid.UUID], Seal], at: datetime) -> None:
    """Save drafts as sealed rows. `seal(id)` gives the function that seals under that key.

    A cause that was queued before is passed over, so that an act carried out twice mails once.
    """
    messages = []
    for draft in drafts:
        message = Message(cause=draft.cause, topic=draft.topic, seal=draft.seal, not_before=at)
        message.sealed = seal(draft.seal)(message.id, PURPOSE, draft.mail.to_bytes())
        messages.append(message)
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def forget_settled(now: datetime) -> None:
    """Drop the rows of mail that left, or was given up, longer ago than anybody asks about."""
    settled = Message.objects.exclude(state=MessageState.QUEUED)
    settled.filter(queued_at__lte=now - SETTLED_LIFETIME).delete()
