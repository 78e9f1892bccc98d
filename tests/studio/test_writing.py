"""Writing in a browser: it saves itself, shows the page, and survives the end of a session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker, Settings

from tests.studio.people import Colleague, signed_in, somebody, team_called
from undersigned.letters.creating import NewLetter, create
from undersigned.letters.models import Draft
from undersigned.teams.models import Role, Team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team() -> Team:
    return team_called()


@pytest.fixture
def draft(team: Team) -> Draft:
    letter = create(team, NewLetter("Clean air", "clean-air", "en"), actor="Ana")
    return letter.drafts.get()


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    thread = LiveServerThread("127.0.0.1", static_handler=lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture
def address(server: str, settings: Settings) -> str:
    settings.SITE_URL = server
    return f"{server}/studio/letters/clean-air/text/"


@pytest.fixture
def ana(team: Team, draft: Draft) -> Colleague:
    return signed_in(somebody("Ana", Role.OWNER, team))


def take_session(page: Page, address: str, person: Colleague) -> None:
    """Sign the browser in."""
    cookie: Any = {
        "name": django_settings.SESSION_COOKIE_NAME,
        "value": person.cookies[django_settings.SESSION_COOKIE_NAME].value,
        "url": address.partition("/studio/")[0],
    }
    page.context.add_cookies([cookie])


def title(draft: Draft) -> str:
    draft.refresh_from_db()
    return str(draft.words["title"])


def test_what_is_typed_is_saved_by_itself_and_seen_in_the_preview(
    page: Page, address: str, ana: Colleague, draft: Draft
) -> None:
    take_session(page, address, ana)
    page.goto(address)
    preview = page.frame_locator("iframe.preview")
    expect(preview.get_by_role("heading", level=1)).to_have_text("Clean air")

    page.get_by_label("Title", exact=True).fill("Cleaner air")

    expect(page.locator(".saved")).to_contain_text("Saved at")
    expect(preview.get_by_role("heading", level=1)).to_have_text("Cleaner air")
    assert title(draft) == "Cleaner air"
    page.get_by_label("Title", exact=True).fill("Cleanest air")
    expect(preview.get_by_role("heading", level=1)).to_have_text("Cleanest air")
    assert draft.versions.count() == 2


def test_somebody_elses_words_stop_it_and_a_press_shows_both(
    page: Page, address: str, ana: Colleague, team: Team, draft: Draft
) -> None:
    take_session(page, address, ana)
    page.goto(address)
    words = {**draft.words, "title": "Pure air"}
    Draft.objects.update(words=words, version=2, saved_by="Bo")

    page.get_by_label("Title", exact=True).fill("Fresh air")
    expect(page.locator(".saved")).to_contain_text("Press “Save” to see both.")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("alert")).to_contain_text("Pure air")
    expect(page.get_by_label("Title", exact=True)).to_have_value("Fresh air")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The text is saved.")).to_be_visible()
    assert title(draft) == "Fresh air"


def test_what_was_typed_before_the_session_ended_is_there_after_signing_in(
    page: Page, address: str, ana: Colleague, draft: Draft
) -> None:
    take_session(page, address, ana)
    page.goto(address)
    page.context.clear_cookies()
    page.get_by_label("Title", exact=True).fill("Cleaner air")
    expect(page.locator(".saved")).to_contain_text("you have been signed out")
    assert title(draft) == "Clean air"

    # Whoever leaves the page to sign in finds it all again.
    page.goto(address)
    expect(page).to_have_title("Sign in · Studio")
    take_session(page, address, ana)
    page.goto(address)
    expect(page.get_by_label("Title", exact=True)).to_have_value("Cleaner air")
    expect(page.locator(".saved")).to_contain_text("is back in the form")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The text is saved.")).to_be_visible()
    assert title(draft) == "Cleaner air"
    page.goto(address)
    expect(page.locator(".saved")).to_be_empty()


def test_without_scripts_everything_is_saved_by_the_button(
    open_page: Any, address: str, ana: Colleague, draft: Draft
) -> None:
    page = open_page(java_script_enabled=False)
    take_session(page, address, ana)
    page.goto(address)
    page.get_by_label("Title", exact=True).fill("Cleaner air")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The text is saved.")).to_be_visible()
    assert title(draft) == "Cleaner air"
