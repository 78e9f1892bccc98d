"""The link that is printed at start."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from undersigned.studio.views import beginning
from undersigned.teams.beginning import AlreadyBegun, new_owner_link
from undersigned.teams.models import Person, Team

FILLED = {
    "name": "Ana Example",
    "email": "Ana@example.org",
    "team": "Coalition.org",
    "password": "four words that nobody joins",
}


@pytest.fixture
def browser(db: None, settings: Settings) -> Client:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def path(db: None) -> str:
    return f"/studio/begin/{new_owner_link('start')}/"


def test_the_first_account_is_made_and_leads_to_the_second_step(browser: Client, path: str) -> None:
    page = browser.get(path).text
    assert "Make the first account. It runs this installation" in page

    answer = browser.post(path, FILLED)

    assert answer.headers["Location"] == "/studio/account/factors/"
    assert Person.objects.get().email == "ana@example.org"
    assert Team.objects.get().name == "Coalition.org"
    # Who has just chosen a password is not asked for it once more.
    assert browser.get("/studio/account/factors/totp/activate/").status_code == 200


def test_opening_the_link_changes_nothing(browser: Client, path: str) -> None:
    browser.get(path)
    assert browser.get(path).status_code == 200
    assert not Person.objects.exists()


def test_a_used_link_says_so(browser: Client, path: str) -> None:
    browser.post(path, FILLED)
    other = Client(headers={"Sec-Fetch-Site": "same-origin"})
    for answer in (other.get(path), other.post(path, FILLED)):
        assert answer.status_code == 410
        assert "It was used, replaced by a newer one, or is older than three days." in answer.text
        assert "<code>undersigned owner</code>" in answer.text


def test_of_two_at_once_the_second_is_told(
    browser: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*_: object, **__: object) -> Callable[[], None]:
        raise AlreadyBegun

    monkeypatch.setattr(beginning, "begin_installation", too_late)
    assert browser.post(path, FILLED).status_code == 410


def test_the_account_keeps_the_language_of_the_browser(browser: Client, path: str) -> None:
    browser.post(path, FILLED, headers={"Accept-Language": "ar"})
    assert Person.objects.get().language == "ar"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Fill this in."),
        ("name", "Ana\x07", "invisible or control characters"),
        ("name", "ana@example.org", "This contains “@”."),
        ("name", "…", "This contains no letters."),
        ("name", "Command Line", "Somebody here goes by this name already."),
        ("team", "Coalition\u202egnp", "invisible or control characters"),
        ("team", "Buy at https://example.com", "This contains a web address."),
        ("email", "ana", "Write the address like name@example.org."),
        ("password", "", "Fill this in."),
        ("password", "short", "Make the password longer: at least 12 characters."),
        ("password", "Ana@example.org", "This password is too much like your name or address"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(
    browser: Client, path: str, field: str, typed: str, sentence: str
) -> None:
    answer = browser.post(path, {**FILLED, field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<title>Error: Welcome · Studio</title>" in answer.text
    kept = {"team": "Coalition.org"} if field != "team" else {"name": "Ana Example"}
    for value in kept.values():
        assert f'value="{value}"' in answer.text
    assert not Person.objects.exists()


def test_lines_and_spaces_become_one_line(browser: Client, path: str) -> None:
    browser.post(path, {**FILLED, "name": " Ana\n  Example ", "team": "Co\r\nalition"})
    assert (Person.objects.get().name, Team.objects.get().name) == ("Ana Example", "Co alition")
