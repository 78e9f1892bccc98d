"""Invitations: by mail, to one person, good once."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from tests.builders import mails, worker_keys
from tests.studio.people import somebody
from tests.teams.conftest import AtOnce
from undersigned.mail.models import Message
from undersigned.mail.outbox import Mail
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams import inviting
from undersigned.teams.installation import prepare_mail_key
from undersigned.teams.inviting import (
    AlreadyMember,
    InvitationEnded,
    Invited,
    TooManyInvitations,
    WrongPerson,
    find,
    invite,
    join,
    join_as,
    withdraw,
)
from undersigned.teams.models import Invitation, Membership, Person, Role, Team, TeamEvent

LETTER = uuid.UUID(int=7)
EMAIL = "bo@example.org"


def token_in(mail: Mail) -> str:
    found = re.search(rf"{re.escape(settings.SITE_URL)}/studio/join/([\w-]{{22}})/", mail.text)
    assert found is not None
    return found[1]


def invited(team: Team, keys: WorkerKeys, **changes: object) -> str:
    """The secret of the link that was mailed to Bo."""
    values = {"email": EMAIL, "role": Role.EDITOR, **changes}
    invite(team, Invited(**values), actor="Ana")  # type: ignore[arg-type]
    return token_in(mails(keys)[-1])


def test_the_mail_says_who_invites_to_what(team: Team, keys: WorkerKeys) -> None:
    invited(team, keys, email=" Bo@Example.org ")

    (mail,) = mails(keys)
    assert mail.to == EMAIL
    assert mail.subject == "Coalition invites you to work on its open letters"
    assert "Ana invites you to work on the open letters of Coalition." in mail.text
    assert Message.objects.get().topic == "invitation"
    assert EMAIL.encode() not in bytes(Message.objects.get().sealed)


def test_an_invitation_to_one_letter_names_it(team: Team, keys: WorkerKeys) -> None:
    invited(team, keys, letter=LETTER, letter_title="Ban <it>")
    (mail,) = mails(keys)
    assert "Ana of Coalition invites you to work on the open letter “Ban <it>”." in mail.text


def test_the_mail_is_in_the_language_that_is_asked_for(team: Team, keys: WorkerKeys) -> None:
    invited(team, keys, language="es")
    assert mails(keys)[0].language == "es"


def test_the_link_is_not_kept_as_it_is(team: Team, keys: WorkerKeys) -> None:
    token = invited(team, keys)
    assert token.encode() not in bytes(Invitation.objects.get().token_hash)


def test_somebody_new_joins_as_what_they_were_invited_to_be(team: Team, keys: WorkerKeys) -> None:
    token = invited(team, keys, letter=LETTER)

    bo = join(token, name="Bo", password="four words that nobody joins", language="ar")

    assert (bo.email, bo.name, bo.language, bo.is_host) == (EMAIL, "Bo", "ar", False)
    membership = Membership.objects.get()
    assert (membership.person, membership.role, membership.letter) == (bo, Role.EDITOR, LETTER)
    acts = TeamEvent.objects.order_by("pk").values_list("actor", "act", "details")
    details = {"role": "editor", "letter": str(LETTER)}
    assert list(acts) == [("Ana", "invite", details), ("Bo", "join", details)]


def test_a_link_works_once(team: Team, keys: WorkerKeys) -> None:
    token = invited(team, keys)
    bo = join(token, name="Bo", password=None)

    for again in (
        lambda: join(token, name="Cy", password=None),
        lambda: join_as(token, bo),
        lambda: find(token, timezone.now()),
    ):
        with pytest.raises(InvitationEnded):
            again()


def test_of_two_who_found_a_link_waiting_one_finds_it_used(
    team: Team, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = invited(team, keys)
    waiting = find(token, timezone.now())
    join(token, name="Bo", password=None)
    monkeypatch.setattr(inviting, "find", lambda *_: waiting)
    with pytest.raises(InvitationEnded):
        join(token, name="Cy", password=None)
    assert Person.objects.count() == 1


def test_a_link_ends_after_two_weeks(team: Team, keys: WorkerKeys) -> None:
    token = invited(team, keys)
    find(token, timezone.now() + timedelta(days=13))
    with pytest.raises(InvitationEnded):
        find(token, timezone.now() + timedelta(days=14, minutes=1))


def test_a_newer_invitation_to_the_same_ends_the_one_before(team: Team, keys: WorkerKeys) -> None:
    first = invited(team, keys)
    for_a_letter = invited(team, keys, letter=LETTER)
    newer = invited(team, keys, role=Role.VIEWER)

    with pytest.raises(InvitationEnded):
        find(first, timezone.now())
    assert find(newer, timezone.now()).role == Role.VIEWER
    assert find(for_a_letter, timezone.now()).letter == LETTER


def test_a_withdrawn_invitation_lets_nobody_in(team: Team, keys: WorkerKeys) -> None:
    token = invited(team, keys)
    withdraw(Invitation.objects.get(), actor="Cy")

    with pytest.raises(InvitationEnded):
        join(token, name="Bo", password=None)
    event = TeamEvent.objects.latest("pk")
    assert (event.actor, event.act) == ("Cy", "withdraw invitation")


def test_what_was_accepted_or_withdrawn_is_not_withdrawn(team: Team, keys: WorkerKeys) -> None:
    invited(team, keys)
    invitation = Invitation.objects.get()
    withdraw(invitation, actor="Ana")
    with pytest.raises(InvitationEnded):
        withdraw(invitation, actor="Ana")


def test_the_owners_first_link_is_no_invitation(team: Team) -> None:
    with pytest.raises(InvitationEnded):
        find("some secret", timezone.now())


def test_somebody_who_has_an_account_accepts_with_it(team: Team, keys: WorkerKeys) -> None:
    token = invited(team, keys)
    bo = somebody("Bo")

    assert join_as(token, bo).team == team
    assert Membership.objects.get().person == bo


def test_nobody_accepts_for_somebody_else(team: Team, keys: WorkerKeys) -> None:
    token = invited(team, keys)
    with pytest.raises(WrongPerson):
        join_as(token, somebody("Cy"))
    assert find(token, timezone.now()).accepted_at is None


def test_no_second_account_is_made_for_an_address(team: Team, keys: WorkerKeys) -> None:
    token = invited(team, keys)
    somebody("Bo")
    with pytest.raises(WrongPerson):
        join(token, name="Bo", password=None)
    assert find(token, timezone.now()).accepted_at is None


def test_an_invitation_never_takes_a_role_away(team: Team, keys: WorkerKeys) -> None:
    """Else the last owner could step down by accepting one."""
    token = invited(team, keys, role=Role.VIEWER)
    bo = somebody("Bo", Role.OWNER, team)

    join_as(token, bo)

    assert Membership.objects.get().role == Role.OWNER


def test_a_member_is_not_invited_to_the_same_again(team: Team, keys: WorkerKeys) -> None:
    somebody("Bo", Role.VIEWER, team)
    with pytest.raises(AlreadyMember):
        invite(team, Invited("BO@example.org", Role.EDITOR), actor="Ana")
    invited(team, keys, letter=LETTER)  # more, for one letter


def test_an_address_is_invited_so_often_a_day(team: Team, keys: WorkerKeys) -> None:
    for number in range(inviting.ADDRESS_A_DAY):
        invited(team, keys, letter=uuid.UUID(int=number))
    with pytest.raises(TooManyInvitations):
        invited(Team.objects.create(name="Others"), keys)
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    invited(team, keys)


def test_a_team_invites_so_many_a_day(
    team: Team, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inviting, "TEAM_A_DAY", 2)
    for name in ("cy", "di"):
        invited(team, keys, email=f"{name}@example.org")
    with pytest.raises(TooManyInvitations):
        invited(team, keys)
    assert len(mails(keys)) == 2
    invited(Team.objects.create(name="Others"), keys)


def test_two_who_open_a_link_at_once_make_one_account(at_once: AtOnce, tmp_path: Path) -> None:
    keys = worker_keys(tmp_path)
    prepare_mail_key(keys.keyring)
    team = Team.objects.create(name="Coalition")
    token = invited(team, keys)

    ends = at_once([partial(join, token, name=name, password=None) for name in ("Bo", "Cy")])

    assert ends == ["InvitationEnded", "done"]
    assert (Person.objects.count(), Membership.objects.count()) == (1, 1)


def test_two_invitations_of_one_address_used_at_once_make_one_account(
    at_once: AtOnce, tmp_path: Path
) -> None:
    keys = worker_keys(tmp_path)
    prepare_mail_key(keys.keyring)
    team = Team.objects.create(name="Coalition")
    tokens = [invited(team, keys), invited(team, keys, letter=LETTER)]

    ends = at_once([partial(join, token, name="Bo", password=None) for token in tokens])

    assert ends == ["WrongPerson", "done"]
    assert Person.objects.count() == 1
