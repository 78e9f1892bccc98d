"""The frame around the studio's pages, in a browser: menus, keys, narrow screens, idle sessions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker, Settings

from tests.browser import OpenPage
from tests.studio.people import signed_in, somebody
from undersigned.letters.models import Letter
from undersigned.teams.models import Role, Team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    thread = LiveServerThread("localhost", static_handler=lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture
def cookie(server: str, team: Team, settings: Settings) -> dict[str, str]:
    """Ana's session, for a browser."""
    settings.SITE_URL = server
    ana = signed_in(somebody("Ana", Role.OWNER, team))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": ana.cookies[name].value, "url": server}


@pytest.fixture
def overview(page: Page, server: str, letter: Letter, cookie: dict[str, str]) -> Page:
    """Ana's browser at the overview of the letter."""
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.clock.install()
    page.goto(f"{server}/studio/letters/{letter.slug}/")
    return page


def test_menus_open_and_close_as_menus_do(overview: Page) -> None:
    mine = overview.locator("summary", has_text="Ana")
    sign_out = overview.get_by_role("button", name="Sign out")
    expect(sign_out).to_be_hidden()
    mine.click()
    expect(sign_out).to_be_visible()
    overview.keyboard.press("Escape")
    expect(sign_out).to_be_hidden()
    expect(mine).to_be_focused()
    mine.click()
    overview.get_by_role("heading", level=1).click()
    expect(sign_out).to_be_hidden()


def test_a_question_mark_shows_the_keys_but_not_while_somebody_types(overview: Page) -> None:
    keys = overview.get_by_role("dialog", name="Keys")
    overview.keyboard.press("?")
    expect(keys).to_be_visible()
    overview.keyboard.press("?")
    expect(keys).to_be_hidden()
    overview.evaluate(
        "() => document.querySelector('main').append(document.createElement('input'))"
    )
    overview.locator("main > input").press("?")
    expect(keys).to_be_hidden()
    expect(overview.locator("main > input")).to_have_value("?")


def test_the_first_stop_of_the_keyboard_leads_past_the_frame(overview: Page) -> None:
    overview.keyboard.press("Tab")
    skip = overview.get_by_role("link", name="Skip to the page")
    expect(skip).to_be_focused()
    skip.press("Enter")
    expect(overview.get_by_role("main")).to_be_focused()


def test_on_a_telephone_the_parts_are_a_menu_that_needs_no_script(
    open_page: OpenPage, server: str, letter: Letter, cookie: dict[str, str]
) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(f"{server}/studio/letters/{letter.slug}/")
    parts = page.get_by_role("navigation", name="Parts of the letter")
    expect(parts).to_have_count(0)
    page.locator("summary", has_text="Overview").click()
    expect(parts.get_by_role("link", name="Overview")).to_have_attribute("aria-current", "page")


def test_somebody_who_rests_is_warned_and_can_stay(overview: Page, settings: Settings) -> None:
    notice = overview.locator("#idle")
    almost = settings.SIGN_OUT_WHEN_IDLE_SECONDS - 2 * 60
    overview.clock.fast_forward(almost * 1000 - 5_000)
    expect(notice).to_be_hidden()
    overview.clock.fast_forward(10_000)
    expect(notice).to_contain_text("You will be signed out in two minutes")
    overview.get_by_role("button", name="Stay signed in").click()
    expect(notice).to_be_hidden()
    overview.clock.fast_forward(almost * 1000 - 60_000)
    expect(notice).to_be_hidden()


def test_when_the_session_has_ended_the_page_stays_as_it_is(
    overview: Page, settings: Settings
) -> None:
    overview.clock.fast_forward(settings.SIGN_OUT_WHEN_IDLE_SECONDS * 1000 + 1_000)
    expect(overview.locator("#idle")).to_contain_text("What you typed is still on this page")
    expect(overview.get_by_role("link", name="sign in again in a new tab")).to_be_visible()


def test_what_is_fetched_after_the_session_ended_does_not_put_the_entrance_into_the_page(
    overview: Page,
) -> None:
    overview.context.clear_cookies()
    overview.evaluate(
        """() => {
          const part = document.createElement("div");
          part.id = "part";
          part.textContent = "as it was";
          document.querySelector("main").append(part);
          htmx.ajax("GET", location.href, "#part");
        }"""
    )
    expect(overview.locator("#idle")).to_contain_text("You have been signed out.")
    expect(overview.locator("#part")).to_have_text("as it was")
