"""Sessions: a stolen database hands over none of them."""

from __future__ import annotations

from http.cookies import Morsel

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django.fixtures import Settings

from tests.studio.people import Colleague
from undersigned.letters.models import Letter
from undersigned.studio.sessions import SessionStore, cookie_for
from undersigned.teams.models import Person, Team


def cookie_of(client: Client) -> Morsel[str]:
    return client.cookies[settings.SESSION_COOKIE_NAME]


def test_the_cookie_opens_the_studio(owner: Colleague) -> None:
    assert owner.get("/studio/").status_code == 200


def test_what_the_tables_know_opens_nothing(owner: Colleague) -> None:
    owner.get("/studio/")
    keys = {
        *Session.objects.values_list("session_key", flat=True),
        *UserSession.objects.values_list("session_key", flat=True),
    }
    assert len(keys) == 1
    thief = Client()
    for key in (*keys, f"{keys.pop()}:made-up"):
        thief.cookies[settings.SESSION_COOKIE_NAME] = key
        assert thief.get("/studio/").headers["Location"].startswith("/studio/account/login/")


def test_what_a_session_remembers_is_sealed(db: None) -> None:
    session = SessionStore()
    session["address"] = "looked-up@example.org"
    session.save()

    stored = Session.objects.get().session_data
    assert "looked-up" not in stored
    assert SessionStore(session.session_key)["address"] == "looked-up@example.org"


def test_another_secret_key_ends_all_sessions(owner: Colleague, settings: Settings) -> None:
    session = SessionStore()
    session["a"] = 1
    session.save()
    settings.SECRET_KEY = "another key, as long as it has to be, of this site"
    assert owner.get("/studio/").status_code == 302
    assert SessionStore(session.session_key).get("a") is None


@pytest.mark.parametrize("stored", ["", "no base64!", "AAAA"])
def test_a_damaged_row_is_an_ended_session(stored: str) -> None:
    assert SessionStore().decode(stored) == {}


def test_a_session_that_was_known_before_somebody_signed_in_is_of_no_use(
    team: Team, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    Person.objects.create_user("bo@example.org", "four words that nobody joins", name="Bo")
    browser, planted = Client(headers={"Sec-Fetch-Site": "same-origin"}), SessionStore()
    planted["anything"] = 1
    planted.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie_for(planted.session_key or "")

    browser.post(
        "/studio/account/login/",
        {"login": "bo@example.org", "password": "four words that nobody joins"},
    )

    (session,) = Session.objects.all()
    assert session.session_key != planted.session_key
    assert cookie_of(browser).value == cookie_for(session.session_key)


def test_signing_out_takes_the_cookie_away(owner: Colleague) -> None:
    owner.post("/studio/account/logout/")
    assert owner.get("/studio/").status_code == 302


def test_public_pages_set_no_cookie(client: Client, letter: Letter) -> None:
    answer = client.get(f"/{letter.slug}/en/")
    assert answer.status_code == 200
    assert not answer.cookies
