"""What is forgotten of sessions and invitations."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.studio.people import somebody
from undersigned.teams.expiring import forget_ended
from undersigned.teams.models import Invitation, Role, Team

DAY = timedelta(days=1)


def test_sessions_that_ended_go_with_what_was_noted_of_them(db: None) -> None:
    now, ana = timezone.now(), somebody("Ana")
    for key, ends in (("ended", now - DAY), ("alive", now + DAY)):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
        UserSession.objects.create(user=ana, session_key=key, ip="2001:db8::1", user_agent="x")

    assert forget_ended(now) == 2

    assert [session.session_key for session in Session.objects.all()] == ["alive"]
    assert [note.session_key for note in UserSession.objects.all()] == ["alive"]


def test_old_invitations_go_and_waiting_ones_stay(team: Team) -> None:
    now = timezone.now()
    for number, ended in enumerate(
        [
            {"accepted_at": now - 91 * DAY},
            {"withdrawn_at": now - 91 * DAY},
            {"expires_at": now - 91 * DAY},
            {"accepted_at": now - 89 * DAY},
            {},
        ]
    ):
        values = {"expires_at": now + DAY, **ended}
        Invitation.objects.create(
            token_hash=bytes([number]), team=team, role=Role.VIEWER, invited_by="Ana", **values
        )

    assert forget_ended(now) == 3
    assert {bytes(left.token_hash)[0] for left in Invitation.objects.all()} == {3, 4}
