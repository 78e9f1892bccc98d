"""Change what somebody is in a team, or end it."""

from __future__ import annotations

from django.db import transaction

from undersigned.teams.models import Membership, Role, TeamEvent


class LastOwner(Exception):
    """A team always has an owner: make somebody else one first."""


@transaction.atomic
def change_role(membership: Membership, role: Role, *, actor: str) -> None:
    """Raises LastOwner."""
    _keep_an_owner(membership, stays_owner=role == Role.OWNER)
    before = membership.role
    Membership.objects.filter(pk=membership.pk).update(role=role)
    _note(membership, actor, "change role", {"from": before, "to": str(role)})


@transaction.atomic
def remove(membership: Membership, *, actor: str) -> None:
    """End a membership; the person's account stays, and their events. Raises LastOwner."""
    _keep_an_owner(membership, stays_owner=False)
    Membership.objects.filter(pk=membership.pk).delete()
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
    TeamEvent.objects.create(
        team_id=membership.team_id,
        actor=actor,
        act=act,
        details={"person": membership.person.name, **details},
    )
