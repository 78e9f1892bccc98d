"""How late mail is that somebody waits for: said honestly where they wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from undersigned.mail.delivery import oldest_waiting
from undersigned.signatures.models import Signature, State

# Said in steps, so that a page need not be made anew every second.
STEPS = tuple(timedelta(minutes=minutes) for minutes in (5, 10, 20, 30, 60, 120, 240, 480, 1440))


def mail_delay(now: datetime) -> timedelta | None:
    """The greatest of STEPS for which somebody's mail has waited; None if there is no delay.

    Counts from when a form was handed in, whoever is behind: the worker, or the mail server.
    """
    unanswered = (
        Signature.objects.filter(state=State.PENDING, needs_mail=True)
        .order_by("created_at")
        .values_list("created_at", flat=True)
        .first()
    )
    oldest = min((at for at in (unanswered, oldest_waiting()) if at is not None), default=now)
    return max((step for step in STEPS if step <= now - oldest), default=None)
