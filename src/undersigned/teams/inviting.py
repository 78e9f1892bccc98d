"""Invite people by mail, as what they will be, to a team or to one of its letters."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from undersigned.teams.models import Invitation, Membership, Person, Role, Team, TeamEvent
from undersigned.teams.writing import write_to
from undersigned.vault.tokens import hash_token, new_token

LIFETIME = timedelta(days=14)
# Nobody's account, taken over, may make a mail cannon of this site.
TEAM_A_DAY = 50
ADDRESS_A_DAY = 3


class InvitationEnded(Exception):
    """The link was used, withdrawn, replaced, or is too old."""


class WrongPerson(Exception):
    """Somebody else is signed in than the one who was invited."""


class AlreadyMember(Exception):
    """They have a role for the same already: change that one."""


class TooManyInvitations(Exception):
    """Enough for one day: of the team, or to this address. Nothing was sent."""


@dataclass(frozen=True)
class Invited:
    """Whom to invite. `letter`: the id of the one letter it is for; `letter_title` to name it."""

    email: str
    role: Role
    letter: uuid.UUID | None = None
    letter_title: str = ""
    language: str = "en"


@transaction.atomic
def invite(team: Team, invited: Invited, *, actor: str) -> Invitation:
    """Queue the mail with its link. An earlier invitation of the same address to the same ends.

    Raises AlreadyMember or TooManyInvitations.
    """
    email = invited.email.strip().lower()
    now = timezone.now()
    if team.memberships.filter(person__email=email, letter=invited.letter).exists():
        raise AlreadyMember
    _keep_measure(team, email, now)
    team.invitations.filter(
        email=email, letter=invited.letter, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=now)
    token = new_token()
    invitation = Invitation.objects.create(
        token_hash=hash_token(token),
        team=team,
        letter=invited.letter,
        role=invited.role,
        email=email,
        invited_by=actor,
        expires_at=now + LIFETIME,
    )
    with translation.override(invited.language):
        words = {
            "team": team.name,
            "letter": invited.letter_title,
            "actor": actor,
            "role": invited.role,
            "url": f"{settings.SITE_URL}/studio/join/{token}/",
        }
        subject = gettext("%(team)s invites you to work on its open letters") % words
        text = render_to_string("mail/invitation.txt", words)
    write_to(
        email, invited.language, subject, text, topic="invitation", cause=f"invite {invitation.id}"
    )
    _note(team, actor, "invite", invited.role, invited.letter)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, actor: str) -> None:
    """End an invitation that nobody accepted yet; raises InvitationEnded."""
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if not waiting.update(withdrawn_at=timezone.now()):
        raise InvitationEnded
    assert invitation.team is not None  # noqa: S101  the owner's link is never shown in a list
    _note(invitation.team, actor, "withdraw invitation", invitation.role, invitation.letter)


def find(token: str, now: datetime) -> Invitation:
    """The invitation behind a link; raises InvitationEnded."""
    found = (
        Invitation.objects.select_related("team")
        .filter(
            token_hash=hash_token(token),
            team__isnull=False,
            accepted_at=None,
            withdrawn_at=None,
            expires_at__gt=now,
        )
        .first()
    )
    if found is None:
        raise InvitationEnded
    return found


@transaction.atomic
def join(token: str, *, name: str, password: str | None, language: str = "en") -> Person:
    """Accept as somebody new, under the address that was invited.

    Raises InvitationEnded, or WrongPerson where the address has an account: its owner signs in
    and uses `join_as`.
    """
    invitation = find(token, timezone.now())
    _use_up(invitation)
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                invitation.email, password, name=name, language=language
            )
    except IntegrityError:
        raise WrongPerson from None
    _take_in(invitation, person)
    return person


@transaction.atomic
def join_as(token: str, person: Person) -> Invitation:
    """Accept as somebody who has an account; raises InvitationEnded or WrongPerson."""
    invitation = find(token, timezone.now())
    if person.email != invitation.email:
        raise WrongPerson
    _use_up(invitation)
    _take_in(invitation, person)
    return invitation


def _keep_measure(team: Team, email: str, now: datetime) -> None:
    lately = Invitation.objects.filter(created_at__gt=now - timedelta(days=1))
    if (
        lately.filter(team=team).count() >= TEAM_A_DAY
        or lately.filter(email=email).count() >= ADDRESS_A_DAY
    ):
        raise TooManyInvitations


def _use_up(invitation: Invitation) -> None:
    """Exactly once: of two at the same moment one finds it used."""
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if not waiting.update(accepted_at=timezone.now()):
        raise InvitationEnded


def _take_in(invitation: Invitation, person: Person) -> None:
    """A role that they were given meanwhile stays: a link never takes anything from anybody."""
    assert invitation.team is not None  # noqa: S101  `find` sees to it
    Membership.objects.get_or_create(
        team=invitation.team,
        person=person,
        letter=invitation.letter,
        defaults={"role": invitation.role},
    )
    _note(invitation.team, person.name, "join", invitation.role, invitation.letter)


def _note(team: Team, actor: str, act: str, role: str, letter: uuid.UUID | None) -> None:
    details = {"role": str(role), **({"letter": str(letter)} if letter else {})}
    TeamEvent.objects.create(team=team, actor=actor, act=act, details=details)
