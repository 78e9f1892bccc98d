"""Leave: the owner of a signature takes it back, behind a link in our mail."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from undersigned.signatures.changes import record
from undersigned.signatures.listing import SHOWN_FIELDS
from undersigned.signatures.models import Signature, SignerLink, State
from undersigned.signatures.rules import Act
from undersigned.vault.tokens import hash_token

# What the list showed, and the place, which organisers may have written.
_EMPTIED = (*SHOWN_FIELDS, "place", "sorts_as")


@transaction.atomic
def leave(token: str) -> bool:
    """Withdraw a signature and empty what the list showed of it. Idempotent.

    False if the link is unknown or too old, or the signature is none that could be withdrawn.
    """
    link = (
        SignerLink.objects.filter(token_hash=hash_token(token), expires_at__gt=timezone.now())
        .select_related("signature")
        .first()
    )
    if link is None:
        return False
    signature = link.signature
    if signature.state == State.WITHDRAWN:
        return True
    if signature.state not in (State.CONFIRMED, State.LISTED):
        return False
    hide(signature)
    return bool(record([signature], Act.WITHDRAW, timezone.now(), fields=_EMPTIED))


def hide(signature: Signature) -> None:
    """Empty the clear columns in memory."""
    for name in _EMPTIED:
        setattr(signature, name, b"" if name == "sort_key" else "")
