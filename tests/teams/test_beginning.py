"""The first owner: by a link that is good once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.teams.conftest import AtOnce
from undersigned.teams.beginning import AlreadyBegun, begin, is_good, new_owner_link
from undersigned.teams.models import Invitation, Membership, Person, Role, Team, TeamEvent


def begun(token: str, email: str = "Ana@Example.org") -> Person:
    return begin(
        token, name="Ana", email=email, password="four words that nobody joins", team="Coalition"
    )


@pytest.fixture
def token(db: None) -> str:
    return new_owner_link("command line")


def test_the_link_makes_an_owner_who_runs_the_installation(token: str) -> None:
    assert is_good(token, timezone.now())

    ana = begun(token)

    assert (ana.email, ana.name, ana.is_host) == ("ana@example.org", "Ana", True)
    assert ana.check_password("four words that nobody joins")
    membership = Membership.objects.get()
    assert (membership.person, membership.role, membership.letter) == (ana, Role.OWNER, None)
    event = TeamEvent.objects.get()
    assert (event.actor, event.act, event.details) == ("Ana", "begin", {"team": "Coalition"})


def test_the_link_is_good_once(token: str) -> None:
    begun(token)

    assert not is_good(token, timezone.now())
    with pytest.raises(AlreadyBegun):
        begun(token, "bo@example.org")
    assert Person.objects.count() == 1


def test_the_link_is_not_kept_as_it_is(token: str) -> None:
    assert token.encode() not in bytes(Invitation.objects.get().token_hash)


def test_a_newer_link_ends_the_one_before(token: str) -> None:
    newer = new_owner_link("start")

    assert not is_good(token, timezone.now())
    assert is_good(newer, timezone.now())


def test_a_link_ends_after_three_days(token: str) -> None:
    assert is_good(token, timezone.now() + timedelta(days=2, hours=23))
    assert not is_good(token, timezone.now() + timedelta(days=3, minutes=1))


def test_no_link_is_made_once_there_is_somebody(token: str) -> None:
    begun(token)
    with pytest.raises(AlreadyBegun):
        new_owner_link("command line")


def test_another_invitation_is_no_owners_link(db: None) -> None:
    assert not is_good("some other secret", timezone.now())


def test_two_who_open_the_link_at_once_make_one_owner(at_once: AtOnce) -> None:
    token = new_owner_link("command line")

    ends = at_once([lambda: begun(token), lambda: begun(token, "bo@example.org")])

    assert ends == ["AlreadyBegun", "done"]
    assert (Person.objects.count(), Team.objects.count()) == (1, 1)
