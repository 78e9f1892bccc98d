"""Change what somebody is in a team, or end it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from undersigned.teams.models import Invitation, Membership, Role, TeamEvent


class LastOwner(Exception):
    """A team always has an owner: make somebody else one first."""


class NotAMember(Exception):
    """The membership ended meanwhile. Nothing was done."""


@transaction.atomic
def change_role(membership: Membership, role: Role, *, actor: str) -> None:
    """Raises LastOwner or NotAMember."""
    _keep_an_owner(membership, stays_owner=role == Role.OWNER)
    before = membership.role
    if not Membership.objects.filter(pk=membership.pk).update(role=role):
        raise NotAMember
    _note(membership, actor, "change role", {"from": before, "to": str(role)})


@transaction.atomic
def remove(membership: Membership, *, actor: str) -> None:
    """End a membership; the person's account stays, and their events.

    Who leaves the team leaves all of its letters, and invitations that went to them end too:
    otherwise an old link would let them in again. Raises LastOwner or NotAMember.
    """
    _keep_an_owner(membership, stays_owner=False)
    gone = Membership.objects.filter(team=membership.team_id, person=membership.person_id)
    links = Invitation.objects.filter(
        team=membership.team_id,
        email=membership.person.email,
        accepted_at=None,
        withdrawn_at=None,
    )
    if membership.letter is not None:
        gone, links = gone.filter(pk=membership.pk), links.filter(letter=membership.letter)
    if not gone.filter(pk=membership.pk).exists():
        raise NotAMember
    gone.delete()
    links.update(withdrawn_at=timezone.now())
    _note(membership, actor, "remove member", {"role": membership.role})


def _keep_an_owner(membership: Membership, *, stays_owner: bool) -> None:
    """Locks the team's owners, so that two who remove each other at once do not both succeed."""
    if stays_owner:
        return
    owners = set(
        Membership.objects.select_for_update()
        .filter(team=membership.team_id, role=Role.OWNER)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if owners == {membership.pk}:
        raise LastOwner


def _note(membership: Membership, actor: str, act: str, details: dict[str, str]) -> None:
    letter = {"letter": str(membership.letter)} if membership.letter else {}
    TeamEvent.objects.create(
        team_id=membership.team_id,
        actor=actor,
        act=act,
        details={"person": membership.person.name, **details, **letter},
    )
