"""Forget sessions and invitations that are over: what they know of people need not be kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q

from undersigned.teams.models import Invitation

INVITATIONS_KEPT = timedelta(days=90)


def forget_ended(now: datetime) -> int:
    """Delete ended sessions, what was noted of them, and the addresses of old invitations.

    Returns how many rows went.
    """
    sessions, _ = Session.objects.filter(expire_date__lte=now).delete()
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    notes, _ = UserSession.objects.filter(~Exists(alive)).delete()
    old = now - INVITATIONS_KEPT
    ended = Q(accepted_at__lt=old) | Q(withdrawn_at__lt=old) | Q(expires_at__lt=old)
    invitations, _ = Invitation.objects.filter(ended).delete()
    return int(sessions + notes + invitations)
