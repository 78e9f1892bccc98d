"""Roles that change, and people who go."""

from __future__ import annotations

import uuid

import pytest

from tests.studio.people import somebody
from tests.teams.conftest import AtOnce
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.changing import LastOwner, NotAMember, change_role, remove
from undersigned.teams.inviting import Invited, invite
from undersigned.teams.models import Membership, Person, Role, Team, TeamEvent

LETTER = uuid.UUID(int=7)


def membership_of(person: Person) -> Membership:
    return Membership.objects.get(person=person)


def test_a_role_is_changed_and_noted(team: Team) -> None:
    bo = membership_of(somebody("Bo", Role.VIEWER, team))

    change_role(bo, Role.EDITOR, actor="Ana")

    bo.refresh_from_db()
    assert bo.role == Role.EDITOR
    event = TeamEvent.objects.get()
    assert (event.actor, event.act) == ("Ana", "change role")
    assert event.details == {"person": "Bo", "from": "viewer", "to": "editor"}


def test_whoever_is_removed_keeps_their_account(team: Team) -> None:
    bo = somebody("Bo", Role.VIEWER, team)

    remove(membership_of(bo), actor="Ana")

    assert Person.objects.filter(pk=bo.pk).exists()
    assert not Membership.objects.exists()
    event = TeamEvent.objects.get()
    assert (event.act, event.details) == ("remove member", {"person": "Bo", "role": "viewer"})


def test_whoever_leaves_the_team_leaves_its_letters_and_only_this_teams(team: Team) -> None:
    other = Team.objects.create(name="Others")
    bo = somebody("Bo", Role.VIEWER, team)
    bo.memberships.create(team=team, role=Role.EDITOR, letter=LETTER)
    bo.memberships.create(team=other, role=Role.EDITOR)

    remove(bo.memberships.get(team=team, letter=None), actor="Ana")

    assert [membership.team for membership in bo.memberships.all()] == [other]


def test_whoever_leaves_a_letter_stays_in_the_team(team: Team) -> None:
    bo = somebody("Bo", Role.VIEWER, team)
    guest = bo.memberships.create(team=team, role=Role.EDITOR, letter=LETTER)

    remove(guest, actor="Ana")

    assert [membership.letter for membership in bo.memberships.all()] == [None]
    assert TeamEvent.objects.get().details["letter"] == str(LETTER)


def test_an_old_invitation_does_not_let_somebody_in_again(team: Team, keys: WorkerKeys) -> None:
    bo = somebody("Bo", Role.VIEWER, team)
    link = invite(team, Invited(bo.email, Role.EDITOR, letter=LETTER), actor="Ana")

    remove(membership_of(bo), actor="Ana")

    link.refresh_from_db()
    assert link.withdrawn_at is not None


def test_leaving_a_letter_ends_invitations_to_that_letter_only(
    team: Team, keys: WorkerKeys
) -> None:
    bo = somebody("Bo", Role.VIEWER, team, letter=LETTER)
    other = invite(team, Invited(bo.email, Role.EDITOR, letter=uuid.UUID(int=8)), actor="Ana")

    remove(membership_of(bo), actor="Ana")

    other.refresh_from_db()
    assert other.withdrawn_at is None


def test_a_team_keeps_its_last_owner(team: Team) -> None:
    ana = membership_of(somebody("Ana", Role.OWNER, team))
    somebody("Bo", Role.EDITOR, team)

    with pytest.raises(LastOwner):
        remove(ana, actor="Ana")
    with pytest.raises(LastOwner):
        change_role(ana, Role.EDITOR, actor="Ana")

    ana.refresh_from_db()
    assert ana.role == Role.OWNER
    assert not TeamEvent.objects.exists()


def test_the_last_owner_may_be_made_an_owner_again(team: Team) -> None:
    ana = membership_of(somebody("Ana", Role.OWNER, team))
    change_role(ana, Role.OWNER, actor="Ana")
    ana.refresh_from_db()
    assert ana.role == Role.OWNER


def test_what_ended_meanwhile_is_not_ended_twice(team: Team) -> None:
    somebody("Ana", Role.OWNER, team)
    bo = membership_of(somebody("Bo", Role.VIEWER, team))
    remove(Membership.objects.get(pk=bo.pk), actor="Ana")

    with pytest.raises(NotAMember):
        remove(bo, actor="Cy")
    with pytest.raises(NotAMember):
        change_role(bo, Role.EDITOR, actor="Cy")
    assert TeamEvent.objects.count() == 1


def test_two_owners_who_remove_each_other_at_once_leave_one(at_once: AtOnce) -> None:
    team = Team.objects.create(name="Coalition")
    ana, bo = (membership_of(somebody(name, Role.OWNER, team)) for name in ("Ana", "Bo"))

    ends = at_once([lambda: remove(bo, actor="Ana"), lambda: remove(ana, actor="Bo")])

    assert ends == ["LastOwner", "done"]
    assert Membership.objects.filter(team=team, role=Role.OWNER).count() == 1


def test_two_owners_who_step_down_at_once_leave_one(at_once: AtOnce) -> None:
    team = Team.objects.create(name="Coalition")
    ana, bo = (membership_of(somebody(name, Role.OWNER, team)) for name in ("Ana", "Bo"))

    ends = at_once(
        [
            lambda: change_role(ana, Role.EDITOR, actor="Ana"),
            lambda: change_role(bo, Role.VIEWER, actor="Bo"),
        ]
    )

    assert ends == ["LastOwner", "done"]
    assert Membership.objects.filter(team=team, role=Role.OWNER).count() == 1
