"""People, teams and what the database insists on."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, transaction

from tests.studio.people import somebody
from undersigned.teams.models import Installation, Invitation, Person, Role, Team, TeamEvent

LETTER = uuid.UUID(int=7)


def test_an_address_is_one_account_however_it_is_written(db: None) -> None:
    ana = Person.objects.create_user(" Ana@Example.ORG ", name="Ana")
    assert ana.email == "ana@example.org"
    assert not ana.has_usable_password()
    assert Person.objects.get_by_natural_key(" ANA@example.org") == ana
    with pytest.raises(Person.DoesNotExist):
        Person.objects.get_by_natural_key(None)


def test_everything_says_what_it_is(team: Team) -> None:
    ana = somebody("Ana", Role.OWNER, team)
    invitation = Invitation(team=team, role=Role.VIEWER)
    assert [str(ana), str(team), str(invitation)] == ["Ana", "Coalition", str(invitation.pk)]
    assert str(ana.memberships.get()) == f"{ana.pk} owner"
    assert str(TeamEvent(act="join")) == "join"
    assert str(Installation()) == "installation"


def refused(person: Person, team: Team, role: str, letter: uuid.UUID | None) -> bool:
    try:
        with transaction.atomic():
            person.memberships.create(team=team, role=role, letter=letter)
    except IntegrityError:
        return True
    return False


def test_one_role_for_the_team_one_for_each_letter_and_no_owner_of_a_letter(team: Team) -> None:
    bo = somebody("Bo", Role.VIEWER, team)
    assert refused(bo, team, Role.EDITOR, None)
    assert not refused(bo, team, Role.EDITOR, LETTER)
    assert refused(bo, team, Role.VIEWER, LETTER)
    assert refused(bo, team, Role.OWNER, uuid.UUID(int=8))
