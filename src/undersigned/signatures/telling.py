"""Tell signers something by mail: a row for each, written out by the worker (`notices`)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from undersigned.signatures.models import Notice

DECLINED = "declined"
VOID = "void"
PROOF = "proof"
RENEW = "renew"
FOUNDERS = "founders"


def tell(
    signatures: Iterable[uuid.UUID],
    topic: str,
    occasion: str,
    not_before: datetime,
    *,
    words: str = "",
) -> int:
    """Queue a notice for each, once for an occasion; returns for how many.

    `words`: what an organiser adds; it must hold nothing personal.
    """
    notices = [
        Notice(
            signature_id=signature,
            topic=topic,
            occasion=occasion,
            not_before=not_before,
            words=words,
        )
        for signature in signatures
    ]
    Notice.objects.bulk_create(notices, batch_size=500, ignore_conflicts=True)
    return len(notices)


def untell(signatures: Iterable[uuid.UUID], topic: str, occasion: str) -> int:
    """Take back what was not written out yet; returns how many notices."""
    waiting = Notice.objects.filter(
        signature__in=list(signatures), topic=topic, occasion=occasion, settled_at=None
    )
    return waiting.delete()[0]
