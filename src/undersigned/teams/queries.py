"""Find what a person is, and may do."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from undersigned.teams.models import Membership, Person, Role, Team
from undersigned.teams.rules import TEAM_ACTS, Act, allows


def roles_in(
    person: Person, team: uuid.UUID | None, letter: uuid.UUID | None = None
) -> frozenset[Role]:
    """A person's roles in a team, and for one of its letters where one is named.

    Whoever runs the installation counts as an owner everywhere.
    """
    if person.is_host:
        return frozenset({Role.OWNER})
    if team is None:
        return frozenset()
    return _roles(person.memberships.filter(team=team), letter)


def may(person: Person, act: Act, team: uuid.UUID | None, letter: uuid.UUID | None = None) -> bool:
    """Whether a person may do this in a team, or to one of its letters."""
    return allows(roles_in(person, team, None if act in TEAM_ACTS else letter), act)


def teams_of(person: Person) -> list[Team]:
    """The teams that a person sees, by name."""
    teams = Team.objects.order_by("name")
    return list(teams if person.is_host else teams.filter(memberships__person=person).distinct())


def team_roles(person: Person) -> dict[uuid.UUID, frozenset[Role]]:
    """A person's roles in whole teams, by team; guests of a letter have none. In one query.

    Whoever runs the installation is an owner everywhere: ask `is_host` for it.
    """
    roles: dict[uuid.UUID, frozenset[Role]] = {}
    for team, role in person.memberships.filter(letter=None).values_list("team", "role"):
        roles[team] = roles.get(team, frozenset()) | {Role(role)}
    return roles


def _roles(memberships: Iterable[Membership], letter: uuid.UUID | None) -> frozenset[Role]:
    return frozenset(
        Role(membership.role)
        for membership in memberships
        if membership.letter is None or membership.letter == letter
    )
