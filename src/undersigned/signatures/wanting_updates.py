"""What names each person's mail of an update, and whether they still want it when it leaves."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from undersigned.mail.models import Message
from undersigned.signatures.models import Signature
from undersigned.signatures.rules import STANDING

TOPIC = "update"


def cause_of(update: uuid.UUID, signature: uuid.UUID) -> str:
    """One person's mail of one update, once for ever."""
    return f"{TOPIC} {update} {signature}"


def signature_in(cause: str) -> uuid.UUID:
    """Whom a mail with such a cause goes to."""
    return uuid.UUID(cause.rpartition(" ")[2])


def wanted_among(messages: Collection[Message]) -> set[uuid.UUID]:
    """Which mails may leave: asked directly before, so that leaving works at once."""
    readers = {
        message.pk: signature_in(message.cause) for message in messages if message.topic == TOPIC
    }
    asked = Signature.objects.filter(
        pk__in=readers.values(),
        consent_updates=True,
        state__in=STANDING,
    )
    wanting = set(asked.values_list("pk", flat=True))
    unwanted = {pk for pk, reader in readers.items() if reader not in wanting}
    return {message.pk for message in messages} - unwanted
