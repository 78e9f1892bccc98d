"""Tell signers something by mail: a row for each, written out by the worker (`notices`).

What an organiser adds is written for one person, and may well name them: it is sealed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from undersigned.letters.models import Letter
from undersigned.signatures.models import Notice
from undersigned.vault.open import Opener
from undersigned.vault.seal import Sealer, SealingKeyMissing

PURPOSE = "notice"
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

    All are of one letter. `words`: what an organiser adds. Of a letter whose key is gone nobody
    can be told anything, and they are dropped.
    """
    notices = [
        Notice(signature_id=signature, topic=topic, occasion=occasion, not_before=not_before)
        for signature in signatures
    ]
    if words and notices:
        _seal_words(notices, words)
    Notice.objects.bulk_create(notices, batch_size=500, ignore_conflicts=True)
    return len(notices)


def words_of(notice: Notice, opener: Opener) -> str:
    """What an organiser added; raises vault.open.CannotOpen."""
    if notice.sealed_words is None:
        return ""
    return opener.open(notice.pk, PURPOSE, bytes(notice.sealed_words)).decode()


def _seal_words(notices: Sequence[Notice], words: str) -> None:
    keys = Letter.objects.filter(signatures=notices[0].signature_id)
    with suppress(SealingKeyMissing):
        key = keys.values_list("sealing_key", flat=True).get()
        sealer = Sealer(bytes(key) if key else None)
        for notice in notices:
            notice.sealed_words = sealer.seal(notice.pk, PURPOSE, words.encode())


def untell(signatures: Iterable[uuid.UUID], topic: str, occasion: str) -> int:
    """Take back what was not written out yet; returns how many notices."""
    waiting = Notice.objects.filter(
        signature__in=list(signatures), topic=topic, occasion=occasion, settled_at=None
    )
    return waiting.delete()[0]
