"""The signatures of one mailbox under one letter, taken together."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from undersigned.signatures.models import Signature, State
from undersigned.signatures.rules import STANDING

NOT_ME = "not me"

# By letter and keyed index of the address.
Mailboxes = defaultdict[tuple[uuid.UUID, bytes], list[Signature]]


def by_mailbox(signatures: Iterable[Signature]) -> Mailboxes:
    """Signatures that the worker has indexed, each with its own; the order stays."""
    found: Mailboxes = defaultdict(list)
    for signature in signatures:
        found[signature.letter_id, bytes(signature.address_index or b"")].append(signature)
    return found


def is_disowned(same_mailbox: Sequence[Signature]) -> bool:
    """Its owner said "this wasn't me": we write no more about this letter."""
    return any(signature.void_because == NOT_ME for signature in same_mailbox)


def has_signed(same_mailbox: Sequence[Signature]) -> bool:
    """One of them was confirmed; no other will be."""
    return any(signature.state in STANDING for signature in same_mailbox)


def has_begun(same_mailbox: Sequence[Signature]) -> bool:
    """One of them waits for a confirmation."""
    return any(signature.state == State.PENDING for signature in same_mailbox)


def mailbox_has_signed(signature: Signature) -> bool:
    """Whether another signature of the same mailbox under this letter was confirmed."""
    return (
        signature.address_index is not None
        and Signature.objects.filter(
            letter=signature.letter_id,
            address_index=signature.address_index,
            state__in=STANDING,
        )
        .exclude(pk=signature.pk)
        .exists()
    )
