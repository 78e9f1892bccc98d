"""Who is who: in a team, and on a letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.builders import mails, published_letter
from tests.studio.people import Colleague, signed_in, somebody
from tests.studio.signing_in_again import JustProved
from undersigned.letters.models import Letter
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio.views import teams
from undersigned.teams import inviting
from undersigned.teams.changing import NotAMember
from undersigned.teams.inviting import Invited, invite
from undersigned.teams.models import Invitation, Membership, Person, Role, Team

BO = "bo@example.org"


@pytest.fixture
def team_path(team: Team) -> str:
    return f"/studio/teams/{team.pk}/"


@pytest.fixture
def people_path(letter: Letter) -> str:
    return f"/studio/letters/{letter.slug}/people/"


@pytest.fixture
def proved(owner: Colleague) -> JustProved:
    """Ana, who has just shown once more who she is."""
    return JustProved(owner.person)


def rows(page: str) -> list[str]:
    """The rows of all tables, as words."""
    found = re.findall(r"<tr><th scope=row>(.*?)</tr>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def membership(person: Person) -> Membership:
    return person.memberships.get()


# The team's page


def test_an_owner_sees_everybody_and_may_change_them(
    owner: Colleague, team: Team, letter: Letter, team_path: str
) -> None:
    bo = somebody("Bo", Role.EDITOR, team, letter=letter.pk)
    page = owner.get(team_path).text
    assert rows(page) == [
        "Ana ana@example.org Owner all letters Change Ana",
        "Bo bo@example.org Editor A letter in en Change Bo",
    ]
    assert f'href="{team_path}members/{membership(bo).pk}/"' in page
    assert "Invite somebody" in page


def test_a_member_sees_everybody_and_changes_nobody(team: Team, team_path: str) -> None:
    viewer = signed_in(somebody("Bo", Role.VIEWER, team))
    page = viewer.get(team_path).text
    assert rows(page) == ["Bo bo@example.org Viewer all letters"]
    assert "Invite somebody" not in page


def test_a_guest_of_a_letter_does_not_see_the_teams_people(
    team: Team, letter: Letter, owner: Colleague, team_path: str
) -> None:
    guest = signed_in(somebody("Bo", Role.EDITOR, team, letter=letter.pk))
    answer = guest.get(team_path)
    assert answer.status_code == 403
    assert "ana@example.org" not in answer.text
    for path in ("/studio/", f"/studio/letters/{letter.slug}/"):
        assert team_path not in guest.get(path).text


def test_the_number_of_people_changes_nothing_about_the_work(
    owner: Colleague, team: Team, team_path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def look() -> int:
        with django_assert_num_queries(11) as asked:
            owner.get(team_path)
        return len(asked)

    owner.get(team_path)
    for number in range(3):
        somebody(f"one{number}", Role.VIEWER, team)
    few = look()
    for number in range(60):
        somebody(f"more{number}", Role.VIEWER, team)
    assert look() == few


# Invitations


def test_an_invitation_is_sent_listed_and_withdrawn(
    proved: JustProved, keys: WorkerKeys, team_path: str
) -> None:
    page = proved.get(f"{team_path}invite/").text
    assert "They will work on all letters of the team." in page
    assert re.findall(r'value="(\w+)"', page) == [role.value for role in Role]

    page = proved.post(
        f"{team_path}invite/", {"email": "Bo@example.org", "role": "viewer"}, follow=True
    ).text

    assert "The invitation is on its way to Bo@example.org." in page
    assert rows(page)[1].startswith("bo@example.org Viewer Ana in ")
    assert mails(keys)[0].to == BO
    (action,) = re.findall(r'action="([^"]+/withdraw/)"', page)
    page = proved.post(action, follow=True).text
    assert "The invitation is withdrawn; its link works no more." in page
    assert len(rows(page)) == 1
    page = proved.post(action, follow=True).text
    assert "The invitation had ended before." in page


def test_what_is_wrong_with_an_invitation_is_said(
    proved: JustProved, keys: WorkerKeys, team: Team, team_path: str
) -> None:
    answer = proved.post(f"{team_path}invite/", {"email": "bo", "role": "king"})
    assert answer.status_code == 422
    assert "Write the address like name@example.org." in answer.text
    assert 'value="bo"' in answer.text
    somebody("Bo", Role.VIEWER, team)
    answer = proved.post(f"{team_path}invite/", {"email": BO, "role": "editor"})
    assert answer.status_code == 422
    assert "They are here already. An owner of the team can change their role." in answer.text
    assert mails(keys) == []


def test_enough_is_enough_for_a_day(
    proved: JustProved, keys: WorkerKeys, team_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inviting, "TEAM_A_DAY", 0)
    answer = proved.post(f"{team_path}invite/", {"email": BO, "role": "editor"})
    assert answer.status_code == 422
    assert "That is enough for a day" in answer.text


def test_an_invitation_of_another_team_is_not_withdrawn(
    owner: Colleague, keys: WorkerKeys, team_path: str
) -> None:
    other = Team.objects.create(name="Others")
    invitation = invite(other, Invited(BO, Role.VIEWER), actor="Cy")
    answer = owner.post(f"{team_path}invitations/{invitation.pk}/withdraw/")
    assert answer.status_code == 404
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None


@pytest.mark.parametrize("sent", [{"role": "owner"}, {"role": "viewer"}, {"remove": "yes"}])
def test_who_has_a_stolen_session_lets_nobody_in_and_changes_nobody(
    owner: Colleague, keys: WorkerKeys, team: Team, letter: Letter, sent: dict[str, str]
) -> None:
    """Else it brings the second person that confirms a partner's key, or approves an export."""
    bo = membership(somebody("Bo", Role.EDITOR, team))
    for path in (
        f"/studio/teams/{team.pk}/invite/",
        f"/studio/teams/{team.pk}/members/{bo.pk}/",
        f"/studio/letters/{letter.slug}/people/invite/",
    ):
        for answer in (owner.get(path), owner.post(path, {"email": "di@example.org", **sent})):
            assert "/reauthenticate/" in answer.headers["Location"]
    bo.refresh_from_db()
    assert bo.role == Role.EDITOR
    assert not Invitation.objects.exists()


# Roles


def test_a_role_is_changed(proved: JustProved, team: Team, team_path: str) -> None:
    bo = membership(somebody("Bo", Role.VIEWER, team))
    path = f"{team_path}members/{bo.pk}/"
    page = proved.get(path).text
    assert re.findall(r'value="(\w+)" [^>]*checked', page) == ["viewer"]
    assert "They lose access to the team and all of its letters at once." in page

    page = proved.post(path, {"role": "moderator"}, follow=True).text

    assert "The role of Bo is changed." in page
    assert "Bo bo@example.org Moderator all letters Change Bo" in rows(page)


def test_a_guest_is_made_no_owner(
    proved: JustProved, team: Team, letter: Letter, team_path: str
) -> None:
    bo = membership(somebody("Bo", Role.VIEWER, team, letter=letter.pk))
    path = f"{team_path}members/{bo.pk}/"
    page = proved.get(path).text
    assert 'value="owner"' not in page
    assert "Remove from the letter" in page
    answer = proved.post(path, {"role": "owner"})
    assert answer.status_code == 422
    bo.refresh_from_db()
    assert bo.role == Role.VIEWER


def test_somebody_is_removed(proved: JustProved, team: Team, team_path: str) -> None:
    bo = somebody("Bo", Role.EDITOR, team)
    page = proved.post(
        f"{team_path}members/{membership(bo).pk}/", {"remove": "yes"}, follow=True
    ).text
    assert "Bo does not work here any more." in page
    assert len(rows(page)) == 1
    assert signed_in(bo).get(team_path).status_code == 404


def test_somebody_leaves_of_their_own_accord(
    proved: JustProved, team: Team, team_path: str
) -> None:
    somebody("Bo", Role.OWNER, team)
    own = membership(proved.person)
    page = proved.post(f"{team_path}members/{own.pk}/", {"remove": "yes"}, follow=True).text
    assert "Ana does not work here any more." in page
    assert "You are in no team any more." in page


def test_whoever_runs_the_installation_stays_where_they_are(team: Team, team_path: str) -> None:
    host = somebody("Host", Role.OWNER, team)
    host.is_host = True
    host.save()
    somebody("Bo", Role.OWNER, team)
    answer = JustProved(host).post(f"{team_path}members/{membership(host).pk}/", {"remove": "yes"})
    assert answer.headers["Location"] == team_path


@pytest.mark.parametrize("sent", [{"remove": "yes"}, {"role": "viewer"}])
def test_the_last_owner_stays_and_is_told_why(
    proved: JustProved, team_path: str, sent: dict[str, str]
) -> None:
    answer = proved.post(f"{team_path}members/{membership(proved.person).pk}/", sent)
    assert answer.status_code == 422
    assert (
        "A team needs an owner. Make somebody else an owner first, then try again." in answer.text
    )
    assert membership(proved.person).role == Role.OWNER


def test_whom_somebody_else_removed_at_the_same_moment_is_gone(
    proved: JustProved, team: Team, team_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> Callable[[], None]:
        raise NotAMember

    bo = membership(somebody("Bo", Role.EDITOR, team))
    monkeypatch.setattr(teams.changing, "change_role", gone)
    page = proved.post(f"{team_path}members/{bo.pk}/", {"role": "viewer"}, follow=True).text
    assert "Bo does not work here any more." in page


def test_a_member_of_another_team_is_not_found(proved: JustProved, team_path: str) -> None:
    other = membership(somebody("Bo", Role.EDITOR, Team.objects.create(name="Others")))
    assert proved.get(f"{team_path}members/{other.pk}/").status_code == 404


def test_what_was_done_to_the_team_is_listed(
    owner: Colleague, team: Team, keys: WorkerKeys, team_path: str
) -> None:
    invite(team, Invited(BO, Role.VIEWER), actor="Ana")
    page = owner.get(f"{team_path}events/").text
    assert "Ana" in page
    assert BO not in page


# A letter's people


def see(client: Colleague, path: str) -> list[str]:
    answer: Any = client.get(path)
    assert answer.status_code == 200
    return rows(answer.text)


def test_a_letters_people_are_the_team_and_its_own_guests(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys, people_path: str
) -> None:
    other = published_letter(keys, slug="other", team=team)
    somebody("Bo", Role.EDITOR, team, letter=letter.pk)
    somebody("Cy", Role.EDITOR, team, letter=other.pk)
    for email, where in (("di", letter.pk), ("ed", other.pk), ("fa", None)):
        invite(team, Invited(f"{email}@example.org", Role.VIEWER, letter=where), actor="Ana")

    assert [row.split()[0] for row in see(owner, people_path)] == [
        "Ana",
        "Bo",
        "fa@example.org",
        "di@example.org",
    ]


def test_a_guest_sees_names_but_no_addresses(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys, people_path: str
) -> None:
    invite(team, Invited("di@example.org", Role.VIEWER, letter=letter.pk), actor="Ana")
    invite(team, Invited("fa@example.org", Role.VIEWER), actor="Ana")
    viewer = signed_in(somebody("Bo", Role.VIEWER, team, letter=letter.pk))
    editor = signed_in(somebody("Cy", Role.EDITOR, team, letter=letter.pk))
    people = [
        "Ana Owner all letters",
        "Bo Viewer this letter",
        "Cy Editor this letter",
    ]
    assert see(viewer, people_path) == people
    found = see(editor, people_path)
    assert found[:3] == people
    assert [row.split()[0] for row in found[3:]] == ["di@example.org"]


def test_a_partner_is_invited_to_one_letter(
    proved: JustProved, keys: WorkerKeys, letter: Letter, people_path: str
) -> None:
    page = proved.get(f"{people_path}invite/").text
    assert "They will work on this letter alone." in page
    assert 'value="owner"' not in page

    page = proved.post(f"{people_path}invite/", {"email": BO, "role": "editor"}, follow=True).text

    assert "The invitation is on its way to bo@example.org." in page
    assert "to work on the open letter “A letter in en”" in mails(keys)[0].text
    assert Invitation.objects.get().letter == letter.pk
    answer = proved.post(f"{people_path}invite/", {"email": "bo", "role": "editor"})
    assert answer.status_code == 422


def test_an_editor_withdraws_what_invites_to_their_letter_and_no_more(
    team: Team, letter: Letter, keys: WorkerKeys, people_path: str
) -> None:
    editor = signed_in(somebody("Cy", Role.EDITOR, team, letter=letter.pk))
    own = invite(team, Invited(BO, Role.VIEWER, letter=letter.pk), actor="Cy")
    teams_own = invite(team, Invited("di@example.org", Role.VIEWER), actor="Ana")
    path = f"{people_path}invitations/{{}}/withdraw/"

    assert path.format(own.pk) in editor.get(people_path).text
    assert editor.post(path.format(own.pk)).status_code == 302
    assert editor.post(path.format(teams_own.pk)).status_code == 404
    waiting = Invitation.objects.filter(withdrawn_at=None, expires_at__gt=timezone.now())
    assert [invitation.email for invitation in waiting] == ["di@example.org"]


def test_an_owner_changes_people_from_the_letter_too(
    owner: Colleague, team: Team, keys: WorkerKeys, people_path: str, team_path: str
) -> None:
    invite(team, Invited(BO, Role.VIEWER), actor="Ana")
    page = owner.get(people_path).text
    assert f'href="{team_path}members/{membership(owner.person).pk}/"' in page
    # What invites to the whole team is withdrawn on the team's page.
    assert "/withdraw/" not in page


def test_nobody_works_on_a_letter_without_a_team(keys: WorkerKeys) -> None:
    letter = published_letter(keys, slug="alone")
    host = somebody("Host")
    host.is_host = True
    host.save()
    browser = JustProved(host)
    page = browser.get(f"/studio/letters/{letter.slug}/people/").text
    assert rows(page) == []
    assert "Invite somebody" not in page
    assert browser.get(f"/studio/letters/{letter.slug}/people/invite/").status_code == 404
