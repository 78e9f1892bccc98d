"""The pages of one's own account: signing in, second steps, passwords, sessions.

What they decide is django-allauth's; here is what somebody sees and that it works from page to
page. Passkeys need a browser: test_passkeys.py.
"""

from __future__ import annotations

import re

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from tests.builders import mails
from tests.studio.people import Colleague
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Membership, Person, Role, Team

ACCOUNT = "/studio/account"
PASSWORD = "four words that nobody joins"
EMAIL = "ana@example.org"


@pytest.fixture(autouse=True)
def nobody_tried_before(settings: Settings) -> None:
    cache.clear()
    # Slow on purpose in earnest.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ana(team: Team, keys: WorkerKeys) -> Person:
    """A new owner, who has set up no second step. Mail to her can be sealed."""
    ana = Person.objects.create_user(EMAIL, PASSWORD, name="Ana")
    Membership.objects.create(person=ana, team=team, role=Role.OWNER)
    return ana


@pytest.fixture
def browser(db: None) -> Client:
    """Nobody signed in; sends what browsers send with a form."""
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def sign_in(browser: Client, password: str = PASSWORD) -> str:
    filled = {"login": EMAIL, "password": password}
    return browser.post(f"{ACCOUNT}/login/", filled, follow=True).text


def sure_of(browser: Client) -> Client:
    """Signed in, and asked once more lately."""
    browser.post(f"{ACCOUNT}/reauthenticate/", {"password": PASSWORD})
    return browser


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def heading(page: str) -> str:
    (found,) = re.findall(r"<h1>(.*?)</h1>", page, re.DOTALL)
    return str(found)


def test_somebody_who_signs_in_with_a_password_alone_is_led_to_a_second_step(
    browser: Client, ana: Person
) -> None:
    page = browser.get(f"{ACCOUNT}/login/").text
    assert heading(page) == "Sign in"
    assert "Sign in with a passkey" in page
    assert "<small>" not in page
    page = sign_in(browser)
    assert heading(page) == "How you sign in"
    assert "A password alone is not enough here" in page
    assert "They come with your first passkey or app." in page


def test_a_wrong_password_is_told_of_at_the_top_and_says_no_more(
    browser: Client, ana: Person
) -> None:
    page = sign_in(browser, "not the one")
    assert "<title>Error: Sign in · Studio</title>" in page
    assert "Nothing is lost. One thing needs your attention:" in page
    unknown = {"login": "nobody@example.org", "password": "not the one"}
    other = browser.post(f"{ACCOUNT}/login/", unknown).text
    summary = re.compile(r"<div class=summary.*?</div>", re.DOTALL)
    assert summary.findall(page) == summary.findall(other) != []


def test_the_second_step_asks_for_a_code(browser: Client, ana: Person) -> None:
    secret = generate_totp_secret()
    TOTP.activate(ana, secret)
    page = sign_in(browser)
    assert heading(page) == "The second step"
    assert "Or with a passkey or security key" in page
    page = browser.post(f"{ACCOUNT}/factors/authenticate/", {"code": "000000"}).text
    assert "<title>Error: The second step · Studio</title>" in page
    done = browser.post(f"{ACCOUNT}/factors/authenticate/", {"code": code_for(secret)})
    assert (done.status_code, done.headers["Location"]) == (302, "/studio/")


def test_a_recovery_code_opens_the_second_step_once(browser: Client, ana: Person) -> None:
    TOTP.activate(ana, generate_totp_secret())
    code = RecoveryCodes.activate(ana).get_unused_codes()[0]
    sign_in(browser)
    done = browser.post(f"{ACCOUNT}/factors/authenticate/", {"code": code})
    assert done.status_code == 302
    browser.post(f"{ACCOUNT}/logout/")
    sign_in(browser)
    again = browser.post(f"{ACCOUNT}/factors/authenticate/", {"code": code})
    assert "<title>Error: The second step" in again.text


@pytest.mark.django_db(transaction=True)  # allauth goes on when it has committed
def test_an_authenticator_app_is_set_up_by_picture_or_by_hand(browser: Client, ana: Person) -> None:
    sign_in(browser)
    asked = browser.get(f"{ACCOUNT}/factors/totp/activate/", follow=True)
    assert heading(asked.text) == "Is it still you?"
    page = sure_of(browser).get(f"{ACCOUNT}/factors/totp/activate/").text
    assert heading(page) == "Set up an authenticator app"
    assert re.search(r"<figure class=qr [^>]*><svg [^>]*>.*</svg></figure>", page, re.DOTALL)
    assert "<?xml" not in page
    assert "data:image" not in page
    (secret,) = re.findall(r"<code class=secret>(\w+)</code>", page)
    wrong = browser.post(f"{ACCOUNT}/factors/totp/activate/", {"code": "1"}).text
    assert "<title>Error: Set up an authenticator app · Studio</title>" in wrong
    (secret,) = re.findall(r"<code class=secret>(\w+)</code>", wrong)
    filled = {"code": code_for(secret)}
    page = browser.post(f"{ACCOUNT}/factors/totp/activate/", filled, follow=True).text
    assert heading(page) == "Your recovery codes"
    assert Authenticator.objects.filter(user=ana).count() == 2


@pytest.fixture
def settled(browser: Client, ana: Person) -> Client:
    """Ana, signed in, with an app and recovery codes, and asked once more lately."""
    secret = generate_totp_secret()
    TOTP.activate(ana, secret)
    RecoveryCodes.activate(ana)
    sign_in(browser)
    browser.post(f"{ACCOUNT}/factors/authenticate/", {"code": code_for(secret)})
    return sure_of(browser)


def test_recovery_codes_can_be_read_printed_and_downloaded(settled: Client) -> None:
    page = settled.get(f"{ACCOUNT}/factors/recovery-codes/").text
    codes = re.findall(r"<li><code>(\d{8})</code>", page)
    assert len(codes) == 10
    assert "10 of 10 codes are left." in page
    assert "data-print" in page
    download = settled.get(f"{ACCOUNT}/factors/recovery-codes/download/")
    assert download.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert download.text.splitlines()[0].startswith("Recovery codes for the studio at ")
    assert re.findall(r"^\d{8}$", download.text, re.MULTILINE) == codes


def test_new_recovery_codes_take_the_place_of_the_old_after_a_word_of_warning(
    settled: Client,
) -> None:
    page = settled.get(f"{ACCOUNT}/factors/recovery-codes/generate/").text
    assert "Your old codes stop working; 10 of them are unused." in page
    old = settled.get(f"{ACCOUNT}/factors/recovery-codes/download/").text
    page = settled.post(f"{ACCOUNT}/factors/recovery-codes/generate/", follow=True).text
    new = re.findall(r"<li><code>(\d{8})</code>", page)
    assert len(new) == 10
    assert not set(new) & set(old.split())


def test_recovery_codes_need_a_second_step_that_they_can_stand_in_for(
    browser: Client, ana: Person
) -> None:
    sign_in(browser)
    page = sure_of(browser).get(f"{ACCOUNT}/factors/recovery-codes/generate/").text
    assert "You have none that work, so nothing is lost." in page
    page = browser.post(f"{ACCOUNT}/factors/recovery-codes/generate/").text
    assert "Nothing is lost. One thing needs your attention:" in page


def test_how_one_signs_in_is_seen_on_one_page(settled: Client, ana: Person) -> None:
    page = settled.get(f"{ACCOUNT}/factors/").text
    assert "Your account needs more than a password." in page
    assert '<span class="tag good">Set up.</span>' in page
    assert "10 codes are left." in page
    assert re.findall(r'href="([^"]+)" aria-current=page', page) == [f"{ACCOUNT}/factors/"]


ANOTHER_KEY = "another key of another site, as long as it must be"


def test_under_another_secret_key_no_code_is_right(
    browser: Client, ana: Person, settings: Settings
) -> None:
    secret = generate_totp_secret()
    TOTP.activate(ana, secret)
    recovery = RecoveryCodes.activate(ana).get_unused_codes()[0]
    settings.SECRET_KEY = ANOTHER_KEY
    sign_in(browser)
    for code in (code_for(secret), recovery):
        answer = browser.post(f"{ACCOUNT}/factors/authenticate/", {"code": code})
        assert answer.status_code == 200
        assert "<title>Error: The second step · Studio</title>" in answer.text
        assert "This is not the right code." in answer.text


@pytest.fixture
def bereft(settled: Client, ana: Person, settings: Settings) -> Client:
    """Ana, who came in by another way than her app and codes: both are of another secret key."""
    ours, settings.SECRET_KEY = settings.SECRET_KEY, ANOTHER_KEY
    Authenticator.objects.filter(user=ana).delete()
    TOTP.activate(ana, generate_totp_secret())
    RecoveryCodes.activate(ana)
    settings.SECRET_KEY = ours
    return settled


def test_what_cannot_be_read_any_more_is_said_where_it_is_listed(bereft: Client) -> None:
    page = bereft.get(f"{ACCOUNT}/factors/").text
    assert "It cannot be read any more, and does not work. Remove it, and set it up again." in page
    assert "Your recovery codes cannot be read any more, and do not work. Make new ones." in page
    assert "codes are left" not in page
    assert f'href="{ACCOUNT}/factors/recovery-codes/generate/"' in page
    assert f'href="{ACCOUNT}/factors/totp/deactivate/"' in page


@pytest.mark.parametrize("page", ["", "download/"])
def test_instead_of_codes_that_never_work_new_ones_are_made(bereft: Client, page: str) -> None:
    path = f"{ACCOUNT}/factors/recovery-codes/"
    asked = bereft.get(f"{path}{page}", follow=True)
    assert asked.redirect_chain == [(f"{path}generate/", 302)]
    said = "Your recovery codes cannot be read any more, and do not work. Make new ones."
    assert said in asked.text
    assert "You have none that work, so nothing is lost." in asked.text
    made = bereft.post(f"{path}generate/", follow=True).text
    assert "10 of 10 codes are left." in made
    assert "10 codes are left." in bereft.get(f"{ACCOUNT}/factors/").text


def test_an_app_that_cannot_be_read_is_removed_and_set_up_again(bereft: Client) -> None:
    asked = bereft.get(f"{ACCOUNT}/factors/totp/activate/", follow=True)
    assert heading(asked.text) == "Remove your authenticator app?"
    page = bereft.post(f"{ACCOUNT}/factors/totp/deactivate/", follow=True).text
    assert "Your authenticator app is removed." in page
    assert heading(bereft.get(f"{ACCOUNT}/factors/totp/activate/").text) != heading(asked.text)


def test_recovery_codes_are_shown_to_nobody_who_is_not_signed_in(browser: Client) -> None:
    for page in ("", "recovery-codes/", "recovery-codes/generate/", "recovery-codes/download/"):
        answer = browser.get(f"{ACCOUNT}/factors/{page}")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(f"{ACCOUNT}/login/?next=")


def test_an_app_is_removed_after_a_question(settled: Client, ana: Person) -> None:
    page = settled.get(f"{ACCOUNT}/factors/totp/deactivate/").text
    assert heading(page) == "Remove your authenticator app?"
    page = settled.post(f"{ACCOUNT}/factors/totp/deactivate/", follow=True).text
    assert "Your authenticator app is removed." in page
    assert not Authenticator.objects.filter(user=ana).exists()


def test_passkeys_are_listed_or_their_lack_is(settled: Client) -> None:
    page = settled.get(f"{ACCOUNT}/factors/webauthn/").text
    assert "You have no passkey and no security key yet." in page
    page = settled.get(f"{ACCOUNT}/factors/webauthn/add/").text
    assert '<script id="js_data" type="application/json">{"creation_options"' in page
    assert "data-passkey=create data-options=js_data" in page
    assert re.search(r"name=passwordless [^>]* checked>", page)


def test_a_refused_passkey_is_told_of_and_the_choice_stays(settled: Client) -> None:
    filled = {"name": "my key", "credential": "{}"}
    page = settled.post(f"{ACCOUNT}/factors/webauthn/add/", filled).text
    assert "<title>Error: Add a passkey · Studio</title>" in page
    assert 'value="my key"' in page
    assert not re.search(r"name=passwordless [^>]* checked>", page)


def test_somebody_is_asked_once_more_in_the_way_that_they_choose(settled: Client) -> None:
    page = settled.get(f"{ACCOUNT}/reauthenticate/?next=/studio/").text
    assert heading(page) == "Is it still you?"
    assert '<input type="hidden" name="next" value="/studio/">' in page
    assert "With a code from your authenticator app, or a recovery code" in page
    page = settled.get(f"{ACCOUNT}/factors/reauthenticate/?next=/studio/").text
    assert ">With your password</a>" in page
    assert "Code from your authenticator app, or a recovery code" in page
    wrong = settled.post(f"{ACCOUNT}/reauthenticate/", {"password": "not the one"}).text
    assert "<title>Error: Is it still you? · Studio</title>" in wrong


def test_a_password_is_changed(settled: Client) -> None:
    page = settled.get(f"{ACCOUNT}/password/").text
    assert heading(page) == "Change your password"
    filled = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    page = settled.post(f"{ACCOUNT}/password/", filled).text
    assert "<title>Error: Change your password · Studio</title>" in page
    new = "four other words that nobody joins"
    filled = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    page = settled.post(f"{ACCOUNT}/password/", filled, follow=True).text
    assert "Your password has changed." in page


def test_somebody_who_came_by_passkey_sets_a_password(ana: Person) -> None:
    ana.set_unusable_password()
    ana.save()
    browser = Colleague(ana)
    page = browser.get(f"{ACCOUNT}/password/", follow=True).text
    assert heading(page) == "Set a password"
    filled = {"password1": PASSWORD, "password2": PASSWORD}
    page = browser.post(f"{ACCOUNT}/password/set/", filled, follow=True).text
    assert "Your password is set." in page


def test_where_one_is_signed_in_can_be_seen_and_ended(browser: Client, ana: Person) -> None:
    telephone = Client(
        headers={"Sec-Fetch-Site": "same-origin", "User-Agent": "(iPhone) Safari/604.1"}
    )
    sign_in(telephone)
    sign_in(browser)
    page = browser.get(f"{ACCOUNT}/sessions/").text
    assert heading(page) == "Where you are signed in"
    assert re.findall(r"<h2>(.*?)</h2>", page) == ["Safari on iPhone", "An unknown browser"]
    assert page.count("this browser") == 1
    page = browser.post(f"{ACCOUNT}/sessions/", follow=True).text
    assert "You are signed out everywhere else." in page
    assert "You are signed in nowhere else." in page
    assert telephone.get("/studio/").headers["Location"].startswith(f"{ACCOUNT}/login/")


def test_signing_out_asks_first(settled: Client) -> None:
    page = settled.get(f"{ACCOUNT}/logout/").text
    assert heading(page) == "Sign out?"
    page = settled.post(f"{ACCOUNT}/logout/", follow=True).text
    assert heading(page) == "Sign in"
    assert "You have signed out. What you saved is kept." in page


def test_an_account_that_is_switched_off_is_told_so(browser: Client) -> None:
    page = browser.get(f"{ACCOUNT}/inactive/").text
    assert heading(page) == "This account is switched off"


def test_a_link_for_a_new_password_is_asked_for(browser: Client) -> None:
    page = browser.get(f"{ACCOUNT}/password/reset/").text
    assert heading(page) == "A new password"
    page = browser.post(f"{ACCOUNT}/password/reset/", {"email": "no address"}).text
    assert "<title>Error: A new password · Studio</title>" in page
    filled = {"email": "nobody@example.org"}
    page = browser.post(f"{ACCOUNT}/password/reset/", filled, follow=True).text
    assert heading(page) == "Look into your inbox"


def test_a_link_for_a_new_password_works_and_a_broken_one_says_so(
    browser: Client, ana: Person
) -> None:
    key = f"{user_pk_to_url_str(ana)}-{default_token_generator.make_token(ana)}"
    page = browser.get(f"{ACCOUNT}/password/reset/key/{key}/", follow=True).text
    assert heading(page) == "Choose a new password"
    assert key not in page
    (address,) = re.findall(r'<form method=post action="([^"]+)"', page)
    page = browser.post(address, {"password1": "short", "password2": "short"}).text
    assert "<title>Error: Choose a new password · Studio</title>" in page
    new = "four other words that nobody joins"
    page = browser.post(address, {"password1": new, "password2": new}, follow=True).text
    assert heading(page) == "Your password has changed"
    page = browser.get(f"{ACCOUNT}/password/reset/key/{key}/", follow=True).text
    assert heading(page) == "This link does not work"
    assert "Your password has not changed." in page


def test_who_tries_too_often_has_to_wait(browser: Client, ana: Person) -> None:
    sign_in(browser)
    for _ in range(12):
        answer = browser.post(f"{ACCOUNT}/reauthenticate/", {"password": "not the one"})
    assert answer.status_code == 429
    assert heading(answer.text) == "Too many attempts"


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_the_entrance_speaks_the_language_of_the_browser(db: None, language: str) -> None:
    page = Client(headers={"Accept-Language": language}).get(f"{ACCOUNT}/login/").text
    direction = " dir=rtl" if language == "ar" else ""
    assert f"<html lang={language}{direction}>" in page


def test_the_mail_with_a_link_says_what_it_is_for_and_no_more(
    browser: Client, ana: Person, keys: WorkerKeys
) -> None:
    browser.post(f"{ACCOUNT}/password/reset/", {"email": EMAIL})
    (mail,) = mails(keys)
    assert (mail.to, mail.subject) == (EMAIL, "A new password")
    assert re.search(r"^http\S+/studio/account/password/reset/key/\S+/$", mail.text, re.MULTILINE)
    assert "This mail is about your account in the studio at " in mail.text


def test_a_change_of_what_signs_in_is_told_by_mail_without_an_address_of_the_network(
    settled: Client, keys: WorkerKeys, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    settled.post(f"{ACCOUNT}/factors/totp/deactivate/", REMOTE_ADDR="192.0.2.77")
    (mail,) = mails(keys)
    assert mail.subject == "The authenticator app is removed"
    assert "The authenticator app of your account has been removed." in mail.text
    assert "If it was not, somebody else is in your account" in mail.text
    assert "192.0.2" not in mail.text


def test_whoever_forgot_the_password_can_set_up_a_second_step_all_the_same(
    browser: Client, ana: Person
) -> None:
    """django-allauth notes an address then, as one that nobody has verified."""
    browser.post(f"{ACCOUNT}/password/reset/", {"email": EMAIL})
    sign_in(browser)
    for step in ("totp/activate", "webauthn/add"):
        assert sure_of(browser).get(f"{ACCOUNT}/factors/{step}/").status_code == 200
