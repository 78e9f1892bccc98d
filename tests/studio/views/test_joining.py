"""The link in an invitation."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.builders import mails
from tests.studio.people import signed_in, somebody
from undersigned.letters.models import Letter
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio.views import joining
from undersigned.teams.inviting import Invited, WrongPerson, invite
from undersigned.teams.models import Invitation, Membership, Person, Role, Team

PASSWORD = "four words that nobody joins"
NEW = {"name": "Bo", "password": PASSWORD}


@pytest.fixture
def browser(db: None, settings: Settings) -> Client:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def path(team: Team, keys: WorkerKeys) -> str:
    """Of the link that was mailed to Bo."""
    invite(team, Invited("bo@example.org", Role.EDITOR), actor="Ana")
    (found,) = re.findall(r"/studio/join/\S+", mails(keys)[-1].text)
    return str(found)


def test_somebody_new_makes_an_account_and_a_second_step(browser: Client, path: str) -> None:
    page = browser.get(path).text
    assert "Ana invites you, bo@example.org, to work with Coalition." in page
    assert not Person.objects.exists()

    answer = browser.post(path, NEW, headers={"Accept-Language": "es"})

    assert answer.headers["Location"] == "/studio/account/factors/"
    bo = Person.objects.get()
    assert (bo.email, bo.name, bo.language) == ("bo@example.org", "Bo", "es")
    assert bo.memberships.get().role == Role.EDITOR


def test_a_link_that_was_used_says_so_to_everybody(browser: Client, path: str) -> None:
    browser.post(path, NEW)
    for visitor in (Client(), signed_in(somebody("Cy"))):
        answer = visitor.get(path)
        assert answer.status_code == 410
        assert "It was used, withdrawn, replaced by a newer one" in answer.text
        assert "Ask whoever invited you for a new one." in answer.text
        assert "bo@" not in answer.text


def test_two_people_do_not_go_by_one_name(browser: Client, path: str) -> None:
    somebody("BO2")
    answer = browser.post(path, {**NEW, "name": "bo2"})
    assert answer.status_code == 422
    assert "Somebody here goes by this name already." in answer.text
    assert 'value="bo2"' in answer.text


def test_a_password_that_resembles_the_address_is_refused(browser: Client, path: str) -> None:
    answer = browser.post(path, {**NEW, "password": "bo@example.org"})
    assert answer.status_code == 422
    assert "This password is too much like your name or address." in answer.text


def test_somebody_who_has_an_account_signs_in_first(browser: Client, path: str) -> None:
    somebody("Bo")
    answer = browser.get(path)
    assert answer.headers["Location"] == f"/studio/account/login/?next={path}"


def test_then_they_accept_with_a_button(path: str, team: Team) -> None:
    bo = signed_in(somebody("Bo"))
    page = bo.get(path).text
    assert "Ana invites you to work with Coalition." in page
    assert not Membership.objects.exists()

    page = bo.post(path, follow=True).text

    assert "You now work with Coalition." in page
    assert Membership.objects.get().person == bo.person


def test_a_guest_of_a_letter_accepts_too(team: Team, letter: Letter, keys: WorkerKeys) -> None:
    invite(team, Invited("bo@example.org", Role.EDITOR, letter=letter.pk), actor="Ana")
    (path,) = re.findall(r"/studio/join/\S+", mails(keys)[-1].text)
    bo = signed_in(somebody("Bo"))
    page = bo.post(path, follow=True).text
    assert f'href="/studio/letters/{letter.slug}/"' in page


def test_somebody_else_is_told_and_may_sign_out(path: str) -> None:
    cy = signed_in(somebody("Cy"))
    for answer in (cy.get(path), cy.post(path)):
        assert answer.status_code == 403
        assert "It went to bo@example.org, and you are signed in as cy@example.org." in answer.text
    assert Invitation.objects.get().accepted_at is None


def test_who_made_an_account_in_another_window_meanwhile_signs_in(
    browser: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exists(*_: object, **__: object) -> None:
        raise WrongPerson

    monkeypatch.setattr(joining.inviting, "join", exists)
    answer = browser.post(path, NEW)
    assert answer.headers["Location"] == f"/studio/account/login/?next={path}"


def test_the_page_is_kept_by_nobody_and_tells_no_other_site(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
