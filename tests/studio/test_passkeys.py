"""Passkeys in a browser, with an authenticator that Chromium makes up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test.testcases import LiveServerThread
from playwright.sync_api import CDPSession, Page, expect
from pytest_django import DjangoDbBlocker, Settings

from tests.builders import worker_keys
from undersigned.teams.installation import prepare_mail_key
from undersigned.teams.models import Membership, Person, Role, Team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "four words that nobody joins"


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The site by a name: browsers know no passkeys for an IP address."""
    thread = LiveServerThread("localhost", static_handler=lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture
def studio(server: str, settings: Settings, tmp_path: Path) -> str:
    cache.clear()
    prepare_mail_key(worker_keys(tmp_path).keyring)  # mail to her can be sealed
    settings.SITE_URL = server
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    team = Team.objects.create(name="Coalition")
    ana = Person.objects.create_user("ana@example.org", PASSWORD, name="Ana")
    Membership.objects.create(person=ana, team=team, role=Role.OWNER)
    return f"{server}/studio/"


@pytest.fixture
def authenticator(page: Page) -> CDPSession:
    """A telephone, as it were, that knows its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


def sign_in(page: Page, studio: str) -> None:
    page.goto(studio)
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_text("Ana", exact=True).click()
    page.get_by_role("button", name="Sign out").click()


def add_passkey(page: Page, name: str, *, alone: bool) -> None:
    page.get_by_role("link", name="Add a passkey").click()
    if page.get_by_label("Your password").is_visible():
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    page.get_by_label("A name for it").fill(name)
    page.get_by_label("Sign in with it alone").set_checked(alone)
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("Your passkey is added.")).to_be_visible()


def test_a_passkey_is_made_and_signs_in_without_a_password(
    page: Page, studio: str, authenticator: CDPSession
) -> None:
    complaints: list[Any] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    sign_in(page, studio)
    add_passkey(page, "my telephone", alone=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.get_by_role("link", name="They are safe: on to the studio").click()
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(studio)
    page.goto(f"{studio}account/factors/webauthn/")
    expect(page.get_by_role("listitem").filter(has_text="my telephone")).to_contain_text(
        "Signs you in alone."
    )
    assert complaints == [], "the Content-Security-Policy leaves the options in the page alone"


def test_a_security_key_serves_as_the_second_step_and_can_be_renamed_and_removed(
    page: Page, studio: str, authenticator: CDPSession
) -> None:
    sign_in(page, studio)
    add_passkey(page, "blue key", alone=False)
    page.goto(studio)
    sign_out(page)
    sign_in(page, studio)
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    page.get_by_role("button", name="Use your passkey or security key").click()
    expect(page).to_have_url(studio)

    page.goto(f"{studio}account/factors/webauthn/")
    expect(page.get_by_text("Serves as the second step.")).to_be_visible()
    page.get_by_role("link", name="Rename blue key").click()
    page.get_by_role("link", name="With a passkey or security key").click()
    page.get_by_role("button", name="Use your passkey or security key").click()
    page.get_by_label("Its name").fill("green key")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove green key").click()
    expect(page.get_by_role("main")).to_contain_text("green key will no longer open your account.")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()


def test_a_question_that_nobody_answers_changes_nothing_and_says_so(
    page: Page, studio: str
) -> None:
    page.goto(studio)
    page.evaluate(
        "() => { navigator.credentials.get = () =>"
        " Promise.reject(new DOMException('', 'NotAllowedError')) }"
    )
    button = page.get_by_role("button", name="Sign in with a passkey")
    button.click()
    expect(page.get_by_role("alert").locator(":visible")).to_have_text(
        "No passkey was used: the question was cancelled, or nobody answered in time. "
        "Nothing has changed. You can try again."
    )
    expect(button).to_be_enabled()


def test_an_address_of_numbers_is_named_as_the_reason(page: Page, studio: str) -> None:
    page.goto(studio.replace("localhost", "127.0.0.1"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert").locator(":visible")).to_contain_text("Open it by its name")


def test_without_scripts_the_page_says_what_passkeys_need(open_page: Any, studio: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(studio)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    expect(page.get_by_text("Passkeys need a browser that knows them")).to_be_visible()
