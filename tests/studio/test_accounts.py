"""How signing in fits this site: nobody is told who has an account, and nothing leads elsewhere."""

from __future__ import annotations

import ipaddress
import re
from base64 import b32decode
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from tests.builders import mails
from tests.studio.people import Colleague
from undersigned.mail.models import Message
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio.accounts import Accounts, SecondFactors, is_readable
from undersigned.studio.attempts import hidden_key
from undersigned.teams.models import Person

ACCOUNT = "/studio/account"
PASSWORD = "four words that nobody joins"
ANA, NOBODY = "ana@example.org", "bob@example.org"


@pytest.fixture(autouse=True)
def nobody_tried_before(settings: Settings) -> None:
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ana(keys: WorkerKeys) -> Person:
    return Person.objects.create_user(ANA, PASSWORD, name="Ana", language="es")


@pytest.fixture
def browser(db: None) -> Client:
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def without(address: str, answer: Any) -> tuple[int, list[tuple[str, str]], str]:
    """Status, headers and page, the typed address aside."""
    headers = [(name, value) for name, value in answer.headers.items() if name != "Expires"]
    return answer.status_code, headers, answer.text.replace(address, "…")


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    browser: Client, ana: Person
) -> None:
    answers = [
        without(who, browser.post(f"{ACCOUNT}/login/", {"login": who, "password": "not the one"}))
        for who in (ANA, NOBODY)
    ]
    assert answers[0] == answers[1]
    assert "<title>Error: Sign in · Studio</title>" in answers[0][2]


def test_both_cost_one_password(
    browser: Client, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the time would tell who has an account."""
    hashed = []
    encode = MD5PasswordHasher.encode

    def count(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    for who in (ANA, NOBODY):
        browser.post(f"{ACCOUNT}/login/", {"login": who, "password": f"wrong for {who}"})
    assert hashed == [f"wrong for {ANA}", f"wrong for {NOBODY}"]


def test_a_new_password_is_promised_to_known_and_unknown_addresses_alike(
    browser: Client, ana: Person, keys: WorkerKeys
) -> None:
    answers = [
        without(who, browser.post(f"{ACCOUNT}/password/reset/", {"email": who}, follow=True))
        for who in (ANA, NOBODY)
    ]
    assert answers[0] == answers[1]
    assert [mail.to for mail in mails(keys)] == [ANA]


def test_the_link_for_a_new_password_is_at_the_sites_own_address(
    browser: Client, ana: Person, keys: WorkerKeys, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    browser.post(
        f"{ACCOUNT}/password/reset/", {"email": ANA}, headers={"Host": "elsewhere.example:99"}
    )
    (mail,) = mails(keys)
    assert mail.language == "es"
    assert Message.objects.get().topic == "account"
    assert "elsewhere" not in mail.text
    (link,) = re.findall(rf"{re.escape(settings.SITE_URL)}(/studio/\S+)", mail.text)
    assert "id_password2" in browser.get(link, follow=True).text


def test_somebody_whose_name_is_switched_off_is_not_told_apart_without_the_password(
    browser: Client, ana: Person
) -> None:
    Person.objects.update(is_active=False)
    answers = [
        without(who, browser.post(f"{ACCOUNT}/login/", {"login": who, "password": "not the one"}))
        for who in (ANA, NOBODY)
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_signing_in_leads_to_no_other_site(browser: Client, ana: Person, elsewhere: str) -> None:
    answer = browser.post(
        f"{ACCOUNT}/login/", {"login": ANA, "password": PASSWORD, "next": elsewhere}
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/studio/"


def test_signing_in_leads_back_to_where_somebody_was(browser: Client, ana: Person) -> None:
    answer = browser.get("/studio/?page=2&x=//evil.example")
    answer = browser.post(
        answer.headers["Location"], {"login": ANA, "password": PASSWORD, "next": "/studio/?page=2"}
    )
    assert answer.headers["Location"] == "/studio/?page=2"


def test_nobody_signs_up(browser: Client) -> None:
    assert Accounts().is_open_for_signup(RequestFactory().get("/")) is False
    assert browser.get(f"{ACCOUNT}/signup/").status_code == 404


def test_mail_goes_to_people_of_the_studio_only(ana: Person, keys: WorkerKeys) -> None:
    Accounts().send_mail("account/email/password_changed", NOBODY, {})
    assert mails(keys) == []


def test_mail_that_cannot_be_sealed_is_for_the_log(
    browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """What it would have told of has happened all the same."""
    Person.objects.create_user(ANA, PASSWORD, name="Ana")
    answer = browser.post(f"{ACCOUNT}/password/reset/", {"email": ANA})
    assert answer.status_code == 302
    assert [record.getMessage() for record in caplog.records] == [
        "A mail to staff was not queued: run `undersigned setup` to make its key."
    ]


def test_attempts_are_counted_for_all_web_processes(browser: Client, ana: Person) -> None:
    for number in range(6):
        answer = browser.post(f"{ACCOUNT}/login/", {"login": ANA, "password": f"wrong {number}"})
    assert "Too many" in answer.text
    kept = [*(django_settings.DATA / "web" / "attempts").iterdir()]
    assert kept
    answer = browser.post(f"{ACCOUNT}/login/", {"login": ANA, "password": PASSWORD})
    assert answer.status_code == 200, "the right password waits too"


def test_who_was_tried_cannot_be_guessed_from_the_counters(settings: Settings) -> None:
    first = hidden_key("login_failed:ana@example.org", "", 1)
    assert re.fullmatch("[0-9a-f]{64}", first)
    settings.SECRET_KEY = "another key of another site, as long as it must be"
    assert hidden_key("login_failed:ana@example.org", "", 1) != first


def test_no_network_address_is_stored(owner: Colleague) -> None:
    owner.get("/studio/", REMOTE_ADDR="192.0.2.7")
    owner.get("/studio/account/sessions/", REMOTE_ADDR="192.0.2.7")
    kept = ipaddress.ip_address(UserSession.objects.get().ip)
    assert kept in ipaddress.ip_network("2001:db8::/32")
    stand_in = Accounts().get_client_ip
    ask = RequestFactory().get
    assert stand_in(ask("/", REMOTE_ADDR="192.0.2.7")) == str(kept)
    assert stand_in(ask("/", REMOTE_ADDR="192.0.2.8")) != str(kept)


def test_the_secret_of_an_authenticator_app_is_not_stored_in_clear(ana: Person) -> None:
    secret = generate_totp_secret()
    TOTP.activate(ana, secret)
    stored = Authenticator.objects.get(user=ana).data["secret"]
    assert secret not in stored
    assert SecondFactors().decrypt(stored) == secret


def test_with_another_secret_key_codes_fail_closed(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """What is read is a secret that nobody has, and another one each time."""
    stored = SecondFactors().encrypt(generate_totp_secret())
    settings.SECRET_KEY = "another key of another site, as long as it must be"
    read = {SecondFactors().decrypt(stored) for _ in range(3)}
    assert [len(b32decode(secret)) for secret in read] == [20, 20, 20]
    said = "Put the old one back, or run `undersigned owner --forget-second-step ADDRESS`"
    assert [said in record.getMessage() for record in caplog.records] == [True] * 3


def test_what_cannot_be_read_is_known_beforehand(ana: Person, settings: Settings) -> None:
    steps = [TOTP.activate(ana, "SECRET").instance, RecoveryCodes.activate(ana).instance]
    assert [is_readable(step) for step in steps] == [True, True]
    settings.SECRET_KEY = "another key of another site, as long as it must be"
    assert [is_readable(step) for step in steps] == [False, False]
    assert not is_readable(Authenticator(type=Authenticator.Type.TOTP, data={"secret": "altered"}))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://letters.example.org", "letters.example.org"),
        ("http://localhost:8000", "localhost"),
        ("http://[::1]:8000", "::1"),
    ],
)
def test_second_factors_name_the_site_and_its_people(
    ana: Person, settings: Settings, url: str, host: str
) -> None:
    settings.SITE_URL = url
    factors = SecondFactors()
    assert factors.get_public_key_credential_rp_entity() == {"id": host, "name": host}
    assert factors.get_totp_label(ana) == ANA
