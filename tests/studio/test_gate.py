"""Idle sessions end, and a password alone opens nothing but the pages that set up a second step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter
from undersigned.studio import gate
from undersigned.teams.models import Membership, Person, Role, Team

PASSWORD = "four words that nobody joins"
EMAIL = "bo@example.org"
LOGIN = "/studio/account/login/"
AGAIN = "Please sign in again, with your second step."

type GoOn = Callable[[int], None]


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> GoOn:
    """Lets so many seconds pass."""

    def pass_by(seconds: int) -> None:
        now = gate.time.time() + seconds
        monkeypatch.setattr(gate.time, "time", lambda: now)

    return pass_by


@pytest.fixture
def bo(team: Team) -> Person:
    """An editor with a password, and no second step yet."""
    bo = Person.objects.create_user(EMAIL, PASSWORD, name="Bo")
    Membership.objects.create(person=bo, team=team, role=Role.EDITOR)
    return bo


@pytest.fixture
def browser(bo: Person) -> Client:
    """Bo, signed in by password alone."""
    browser = Client(headers={"Sec-Fetch-Site": "same-origin"})
    browser.post(LOGIN, {"login": EMAIL, "password": PASSWORD})
    return browser


def is_led_to(answer: Any, path: str) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].partition("?")[0] == path


def test_a_session_in_use_stays(owner: Colleague, go_on: GoOn) -> None:
    for _ in range(3):
        assert owner.get("/studio/").status_code == 200
        go_on(110 * 60)
    assert owner.get("/studio/").status_code == 200


def test_an_idle_session_ends_with_a_word(owner: Colleague, go_on: GoOn) -> None:
    owner.get("/studio/")
    go_on(121 * 60)
    answer = owner.get("/studio/?page=2")
    assert answer.headers["Location"] == f"{LOGIN}?next=/studio/%3Fpage%3D2"
    page = owner.get(answer.headers["Location"]).text
    assert "You were signed out because nothing happened for a while." in page


def test_what_is_sent_in_an_idle_session_comes_back(
    owner: Colleague, team: Team, go_on: GoOn
) -> None:
    path = f"/studio/teams/{team.pk}/letters/new/"
    owner.get(path)
    go_on(121 * 60)
    typed = {"title": 'A "new" <letter>', "slug": "new-letter", "language": "en", "x": ["1", "2"]}
    answer = owner.post(path, typed)
    assert answer.status_code == 403
    page = answer.text
    assert "You were signed out because nothing happened for a while." in page
    assert "Nothing was saved, and nothing is lost: what you sent is kept on this page." in page
    assert f'<form method=post action="{path}">' in page
    assert (
        '<input type=hidden name="title" value="A &quot;new&quot; &lt;letter&gt;">'
        '<input type=hidden name="slug" value="new-letter">'
        '<input type=hidden name="language" value="en">'
        '<input type=hidden name="x" value="1"><input type=hidden name="x" value="2">'
    ) in page
    assert "A file cannot be kept here" not in page
    assert not Letter.objects.exists()
    back = signed_in(owner.person)
    assert back.post(path, typed).status_code == 302
    assert Letter.objects.get().slug == "new-letter"


def test_a_file_cannot_be_kept_and_that_is_said(team: Team) -> None:
    stranger = Client(headers={"Sec-Fetch-Site": "same-origin"})
    file = SimpleUploadedFile("list.csv", b"Ana")
    page = stranger.post(f"/studio/teams/{team.pk}/letters/new/", {"file": file}).text
    assert "A file cannot be kept here: go back after signing in, and choose it again." in page


def test_another_site_gets_no_page_with_what_it_sent(team: Team) -> None:
    stranger = Client(headers={"Sec-Fetch-Site": "cross-site"})
    answer = stranger.post(f"/studio/teams/{team.pk}/letters/new/", {"title": "planted"})
    assert answer.status_code == 403
    assert "planted" not in answer.text


def test_that_a_session_is_in_use_is_noted_once_a_minute(owner: Colleague, go_on: GoOn) -> None:
    owner.get("/studio/")
    first = UserSession.objects.get().last_seen_at
    owner.get("/studio/")
    assert UserSession.objects.get().last_seen_at == first
    go_on(61)
    owner.get("/studio/")
    assert UserSession.objects.get().last_seen_at > first


def test_a_password_alone_leads_to_setting_up_a_second_step(browser: Client, team: Team) -> None:
    for path in ("/studio/", f"/studio/teams/{team.pk}/", "/studio/join/anything/"):
        assert is_led_to(browser.get(path), "/studio/account/factors/")
    assert is_led_to(
        browser.post(f"/studio/teams/{team.pk}/letters/new/", {}), "/studio/account/factors/"
    )
    assert browser.get("/studio/account/factors/").status_code == 200
    assert browser.get("/studio/account/factors/totp/activate/").status_code == 302


def test_recovery_codes_alone_are_no_second_step(browser: Client, bo: Person) -> None:
    RecoveryCodes.activate(bo)
    assert is_led_to(browser.get("/studio/"), "/studio/account/factors/")


def test_a_session_by_password_alone_ends_once_there_is_a_second_step(
    browser: Client, bo: Person
) -> None:
    """Whoever learnt the password first does not come along when its owner sets up a step."""
    TOTP.activate(bo, generate_totp_secret())
    for path in ("/studio/account/factors/recovery-codes/", "/studio/account/factors/"):
        assert is_led_to(browser.get(path), LOGIN)
    assert AGAIN in browser.get(LOGIN).text


def test_a_passkey_is_a_second_step_too(bo: Person) -> None:
    Authenticator.objects.create(user=bo, type=Authenticator.Type.WEBAUTHN, data={})
    assert signed_in(bo).get("/studio/").status_code == 200


def test_without_a_second_step_any_more_one_is_set_up_again(owner: Colleague) -> None:
    Authenticator.objects.all().delete()
    assert is_led_to(owner.get("/studio/"), "/studio/account/factors/")


def test_new_recovery_codes_do_not_count_as_a_step_that_was_shown(
    browser: Client, bo: Person
) -> None:
    codes = RecoveryCodes.activate(bo).instance
    gate.note_new_factor(None, None, bo, codes)  # type: ignore[arg-type]


def test_an_account_that_was_switched_off_is_out_at_once(owner: Colleague) -> None:
    Person.objects.update(is_active=False)
    assert is_led_to(owner.get("/studio/"), LOGIN)


def test_the_studio_speaks_the_persons_language_and_asks_not_to_be_indexed(team: Team) -> None:
    ana = somebody("Ana", Role.OWNER, team)
    ana.language = "ar"
    ana.save()
    answer = signed_in(ana).get("/studio/", headers={"Accept-Language": "es"})
    assert "<html lang=ar dir=rtl>" in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_language_that_the_studio_does_not_have_is_the_browsers(team: Team) -> None:
    ana = somebody("Ana", Role.OWNER, team)
    ana.language = "my"
    ana.save()
    answer = signed_in(ana).get("/studio/", headers={"Accept-Language": "es"})
    assert "<html lang=es>" in answer.text
