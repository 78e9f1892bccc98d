"""The queue is cleared without touching a mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker, Settings

from tests.builders import confirmed, listed
from tests.studio.people import signed_in, somebody
from undersigned.letters.models import Letter
from undersigned.signatures.models import Kind
from undersigned.signatures.preparing_cases import prepare_cases
from undersigned.signatures.worker_keys import WorkerKeys
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
def queue(
    page: Page, server: str, settings: Settings, team: Team, letter: Letter, keys: WorkerKeys
) -> Page:
    """Ana's browser at the queue, in which four organisations wait."""
    settings.SITE_URL = server
    listed(letter, keys, name="Example Trust", kind=Kind.ORGANISATION, role="Chair")
    for name in ("Ana Union", "Bo Union", "Exmaple Trust", "Dee Union"):
        confirmed(letter, keys, name=name, kind=Kind.ORGANISATION, role="Chair")
    prepare_cases(keys)
    ana = signed_in(somebody("Ana", Role.OWNER, team))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": ana.cookies[name].value, "url": server}])
    page.goto(f"{server}/studio/letters/{letter.slug}/queue/")
    return page


def at(page: Page, name: str) -> None:
    """The browser stands at this one."""
    expect(page.get_by_role("heading", level=2, name=name)).to_be_visible()


def test_going_accepting_declining_and_undoing(queue: Page) -> None:
    at(queue, "Ana Union")
    queue.keyboard.press("j")
    at(queue, "Bo Union")
    queue.keyboard.press("k")
    at(queue, "Ana Union")

    queue.keyboard.press("a")
    at(queue, "Bo Union")
    expect(queue.get_by_text("Accepted: 1 signature is listed within seconds.")).to_be_visible()
    queue.keyboard.press("u")
    expect(queue.get_by_text("Undone: 1 signature is as it was before.")).to_be_visible()
    expect(queue.get_by_text("4 signatures wait.")).to_be_visible()

    at(queue, "Bo Union")
    queue.keyboard.press("d")
    first = queue.get_by_label("We could not find this organisation")
    expect(first).to_be_focused()
    queue.keyboard.press("Space")
    queue.keyboard.press("Enter")
    expect(queue.get_by_text("Declined: 1 signature.")).to_be_visible()
    expect(queue.get_by_text("3 signatures wait.")).to_be_visible()


def test_ticked_ones_are_decided_together(queue: Page) -> None:
    at(queue, "Ana Union")
    queue.keyboard.press("x")
    expect(queue.get_by_label("Choose Ana Union")).to_be_checked()
    queue.get_by_label("Choose Dee Union").check()
    queue.keyboard.press("a")
    expect(queue.get_by_text("Accepted: 2 signatures are listed within seconds.")).to_be_visible()
    expect(queue.get_by_text("2 signatures wait.")).to_be_visible()


def test_what_may_be_the_same_stands_beside_and_everything_can_be_opened(queue: Page) -> None:
    queue.get_by_role("link", name="Exmaple Trust").click()
    at(queue, "Exmaple Trust")
    expect(queue.get_by_role("paragraph").get_by_text("It is spelt nearly like")).to_be_visible()
    queue.keyboard.press("e")
    expect(queue.get_by_label("Name", exact=False).first).to_have_value("Exmaple Trust")
    queue.go_back()
    at(queue, "Exmaple Trust")
    queue.keyboard.press("Enter")
    expect(queue.get_by_role("heading", name="What became of it")).to_be_visible()


def test_keys_wait_while_somebody_types_or_reads_the_list_of_keys(queue: Page) -> None:
    queue.keyboard.press("d")
    queue.get_by_label("In your own words").press("a")
    at(queue, "Ana Union")
    queue.get_by_role("heading", level=1).click()
    queue.keyboard.press("?")
    expect(queue.get_by_text("Accept those that are ticked, or this one")).to_be_visible()
    queue.keyboard.press("a")
    at(queue, "Ana Union")
    queue.keyboard.press("Escape")
    queue.keyboard.press("j")
    at(queue, "Bo Union")


def test_the_page_has_no_fault_that_axe_finds(queue: Page) -> None:
    found = Axe().run(queue).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_what_is_being_prepared_appears_by_itself(
    queue: Page, letter: Letter, keys: WorkerKeys
) -> None:
    confirmed(letter, keys, name="Aaa Union", kind=Kind.ORGANISATION, role="Chair")
    queue.reload()
    queue.get_by_role("link", name="(being prepared)").click()
    expect(queue.get_by_text("The worker is opening what was typed")).to_be_visible()
    prepare_cases(keys)
    at(queue, "Aaa Union")
    queue.keyboard.press("a")
    expect(queue.get_by_text("Accepted: 1 signature is listed within seconds.")).to_be_visible()
