"""What somebody is, and may do, and sees."""

from __future__ import annotations

import uuid

import pytest

from tests.studio.people import somebody
from undersigned.teams.models import Person, Role, Team
from undersigned.teams.queries import may, roles_in, team_roles, teams_of
from undersigned.teams.rules import Act

LETTER, OTHER = uuid.UUID(int=7), uuid.UUID(int=8)


@pytest.fixture
def host(db: None) -> Person:
    host = somebody("Host")
    host.is_host = True
    host.save()
    return host


def test_a_member_has_their_role_for_every_letter(team: Team) -> None:
    bo = somebody("Bo", Role.MODERATOR, team)
    assert roles_in(bo, team.pk) == roles_in(bo, team.pk, LETTER) == {Role.MODERATOR}
    assert team_roles(bo) == {team.pk: {Role.MODERATOR}}


def test_a_guest_has_their_role_for_one_letter(team: Team) -> None:
    bo = somebody("Bo", Role.EDITOR, team, letter=LETTER)
    assert roles_in(bo, team.pk) == roles_in(bo, team.pk, OTHER) == frozenset()
    assert roles_in(bo, team.pk, LETTER) == {Role.EDITOR}
    assert team_roles(bo) == {}


def test_a_role_for_a_letter_is_added_to_that_in_the_team(team: Team) -> None:
    bo = somebody("Bo", Role.VIEWER, team)
    bo.memberships.create(team=team, role=Role.EDITOR, letter=LETTER)
    assert roles_in(bo, team.pk, LETTER) == {Role.VIEWER, Role.EDITOR}
    assert teams_of(bo) == [team]


def test_a_guest_creates_no_letters(team: Team) -> None:
    bo = somebody("Bo", Role.EDITOR, team, letter=LETTER)
    assert may(bo, Act.WRITE, team.pk, LETTER)
    assert not may(bo, Act.CREATE_LETTER, team.pk, LETTER)


def test_an_outsider_is_nothing(team: Team) -> None:
    cy = somebody("Cy")
    assert roles_in(cy, team.pk, LETTER) == roles_in(cy, None) == frozenset()
    assert teams_of(cy) == []


def test_who_runs_the_installation_is_an_owner_everywhere(team: Team, host: Person) -> None:
    assert roles_in(host, team.pk) == roles_in(host, None) == {Role.OWNER}
    assert teams_of(host) == [team]
