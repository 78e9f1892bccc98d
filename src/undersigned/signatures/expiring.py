"""Forget signatures that nobody confirmed."""

from __future__ import annotations

from datetime import datetime

from undersigned.signatures.models import Signature, State
from undersigned.signatures.rules import PENDING_LIFETIME


def forget_unconfirmed(now: datetime) -> int:
    """Delete pending rows that are past their time; returns how many.

    One whose owner asked for a new link lives as long as that link.
    """
    _, deleted = (
        Signature.objects.filter(state=State.PENDING, created_at__lt=now - PENDING_LIFETIME)
        .exclude(links__expires_at__gt=now)
        .delete()
    )
    return deleted.get("signatures.Signature", 0)
