"""The first person of an installation: a link that is printed at start, good once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from undersigned.teams.models import Invitation, Person, Role, Team, TeamEvent
from undersigned.vault.tokens import hash_token, new_token

LIFETIME = timedelta(days=3)


class AlreadyBegun(Exception):
    """Somebody runs this installation already, or the link is not good any more."""


@transaction.atomic
def new_owner_link(actor: str) -> str:
    """The token of a link that makes the first owner; earlier links end. Raises AlreadyBegun."""
    if Person.objects.exists():
        raise AlreadyBegun
    Invitation.objects.filter(team=None).delete()
    token = new_token()
    now = timezone.now()
    Invitation.objects.create(
        token_hash=hash_token(token),
        role=Role.OWNER,
        invited_by=actor,
        expires_at=now + LIFETIME,
    )
    return token


def is_good(token: str, now: datetime) -> bool:
    """Whether a link would make the first owner now."""
    return _waiting(token, now).exists() and not Person.objects.exists()


@transaction.atomic
def begin(
    token: str, *, name: str, email: str, password: str | None, team: str, language: str = "en"
) -> Person:
    """Make the first owner, who runs the installation too, and their team.

    The link ends with it: of two who open one at once one is refused. Raises AlreadyBegun.
    """
    now = timezone.now()
    # Whoever comes second waits here, and then finds that somebody exists.
    list(Invitation.objects.select_for_update().filter(team=None).order_by("pk"))
    if Person.objects.exists() or not _waiting(token, now).update(accepted_at=now):
        raise AlreadyBegun
    person = Person.objects.create_user(email, password, name=name, language=language, is_host=True)
    founded = Team.objects.create(name=team)
    founded.memberships.create(person=person, role=Role.OWNER)
    TeamEvent.objects.create(team=founded, actor=name, act="begin", details={"team": team})
    return person


def _waiting(token: str, now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        token_hash=hash_token(token), team=None, accepted_at=None, expires_at__gt=now
    )
