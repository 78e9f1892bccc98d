"""The workbench with its script: saved while it is typed, asked about what two wrote, kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test.testcases import LiveServerThread
from playwright.sync_api import Locator, Page, Request, Route, expect
from pytest_django import DjangoDbBlocker, Settings

from tests.letters.translating.hands import rewrite, type_in
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter, Wording, WordingOrigin
from undersigned.letters.translating.working import (
    Typed,
    Worker,
    begin,
    save_words,
    source_text,
)
from undersigned.teams.models import Role, Team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ONE = "We ask for one thing."
NOW = "We ask for it now."
SENT = re.compile(r"/languages/es/\?$")


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    thread = LiveServerThread("localhost", static_handler=lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture
def tia(team: Team, letter: Letter) -> Colleague:
    begin(letter, "es")
    return signed_in(somebody("Tia", Role.TRANSLATOR, team))


def comes_in(page: Page, server: str, settings: Settings, colleague: Colleague) -> None:
    settings.SITE_URL = server
    name = settings.SESSION_COOKIE_NAME
    cookie = colleague.cookies[name].value
    page.context.add_cookies([{"name": name, "value": cookie, "url": server}])


@pytest.fixture
def bench(page: Page, server: str, settings: Settings, tia: Colleague) -> Page:
    """Tia's browser at the letter in Spanish."""
    comes_in(page, server, settings, tia)
    page.goto(f"{server}/studio/letters/banned/languages/es/")
    return page


def block(page: Page, source: str) -> Locator:
    return page.locator(".block").filter(has=page.locator(".original > .words", has_text=source))


def field(page: Page, source: str) -> Locator:
    return block(page, source).locator("textarea")


def standing(page: Page, source: str) -> Locator:
    return block(page, source).locator(".standing")


def said(source: str = ONE) -> list[str]:
    return list(Wording.objects.filter(source=source).values_list("text", flat=True))


def test_it_is_saved_while_it_is_typed(bench: Page) -> None:
    field(bench, ONE).fill("Pedimos una cosa.")
    expect(bench.get_by_text("Not saved yet", exact=True)).to_be_visible()
    expect(standing(bench, ONE)).to_have_text("Translated")
    expect(bench.get_by_text("1 of 5 blocks are translated.")).to_be_visible()
    expect(bench.locator(".saved")).to_contain_text("Saved at ")
    assert said() == ["Pedimos una cosa."]

    field(bench, ONE).fill("Pedimos *una* cosa.")
    expect(block(bench, ONE).get_by_role("link", name="Earlier words")).to_be_visible()
    assert said() == ["Pedimos *una* cosa."]
    assert Axe().run(bench).response["violations"] == []


def test_what_is_typed_while_it_is_saved_follows_it(bench: Page) -> None:
    """Two answers never overtake each other: there is one at a time."""
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    sent: list[Request] = []

    def count(request: Request) -> None:
        if request.method == "POST":
            sent.append(request)

    bench.on("request", count)
    bench.route(SENT, hold_the_first)
    field(bench, ONE).fill("Pedimos una cosa.")
    bench.wait_for_timeout(1500)
    field(bench, ONE).press_sequentially(" Ya.")
    bench.wait_for_timeout(1500)
    assert len(sent) == 1

    held[0].continue_()
    expect(standing(bench, ONE)).to_contain_text("Earlier words")
    assert said() == ["Pedimos una cosa. Ya."]
    assert not bench.locator(".theirs").count()


def test_two_who_wrote_the_same_block_are_asked_in_place(bench: Page, letter: Letter) -> None:
    type_in(letter, {"body-0-0": "Queremos una cosa."})
    field(bench, ONE).fill("Pedimos una cosa.")
    theirs = block(bench, ONE).locator(".theirs")
    expect(theirs).to_contain_text("Queremos una cosa.")
    assert field(bench, ONE).input_value() == "Pedimos una cosa."
    field(bench, ONE).press_sequentially(" Ya.")
    field(bench, NOW).fill("La pedimos ya.")
    expect(standing(bench, NOW)).to_have_text("Translated")
    assert said() == ["Queremos una cosa."]

    theirs.get_by_role("button", name="Save mine").click()
    expect(theirs).to_have_count(0)
    assert said() == ["Pedimos una cosa. Ya."]


def test_or_take_what_the_other_wrote(bench: Page, letter: Letter) -> None:
    type_in(letter, {"body-0-0": "Queremos una cosa."})
    field(bench, ONE).fill("Pedimos una cosa.")
    theirs = block(bench, ONE).locator(".theirs")
    theirs.get_by_role("button", name="Take theirs").click()
    expect(theirs).to_have_count(0)
    assert field(bench, ONE).input_value() == "Queremos una cosa."
    assert said() == ["Queremos una cosa."]


def test_words_from_memory_are_taken_by_a_button(
    page: Page, server: str, settings: Settings, tia: Colleague, letter: Letter
) -> None:
    source = "We ask for two things."
    rewrite(letter, body=f"{ONE}\n\n{source}")
    type_in(letter, {"body-0-0": "Pedimos una cosa."})
    comes_in(page, server, settings, tia)
    page.goto(f"{server}/studio/letters/banned/languages/es/")
    block(page, source).get_by_role("button", name="Use this").click()
    expect(standing(page, source)).to_have_text("Translated")
    assert said(source) == ["Pedimos una cosa."]


def test_what_is_still_right_is_said_with_one_box(
    page: Page, server: str, settings: Settings, tia: Colleague, letter: Letter
) -> None:
    type_in(letter, {"body-0-0": "Pedimos una cosa."})
    source = "We ask for one thing, together."
    rewrite(letter, body=f"{source}\n\n{NOW}")
    comes_in(page, server, settings, tia)
    page.goto(f"{server}/studio/letters/banned/languages/es/")
    expect(block(page, source).locator(".changed")).to_be_visible()
    block(page, source).get_by_label("This is still right").check()
    expect(standing(page, source)).to_have_text("Translated")
    expect(block(page, source).locator(".changed")).to_be_hidden()
    assert said(source) == ["Pedimos una cosa."]
    expect(field(page, source)).to_be_focused()


def test_what_is_refused_says_why_and_is_saved_once_it_is_mended(bench: Page) -> None:
    field(bench, ONE).fill("Pedimos <script>una</script> cosa.")
    expect(block(bench, ONE).locator(".refused")).to_contain_text("HTML is in it")
    assert said() == []
    field(bench, ONE).fill("Pedimos una cosa.")
    expect(standing(bench, ONE)).to_have_text("Translated")
    assert said() == ["Pedimos una cosa."]


def test_what_was_typed_outlives_the_session(
    bench: Page, tia: Colleague, server: str, settings: Settings
) -> None:
    bench.context.clear_cookies()
    field(bench, ONE).fill("Pedimos una cosa.")
    expect(bench.locator(".saved")).to_contain_text("you have been signed out")
    assert said() == []

    bench.on("dialog", lambda dialog: dialog.accept())
    comes_in(bench, server, settings, signed_in(tia.person))
    bench.reload()
    expect(bench.locator(".saved")).to_contain_text("is back in the fields")
    assert field(bench, ONE).input_value() == "Pedimos una cosa."
    bench.get_by_role("button", name="Save", exact=True).first.click()
    expect(bench.get_by_text("Everything is saved.")).to_be_visible()
    assert said() == ["Pedimos una cosa."]
    bench.goto(bench.url.partition("?")[0])
    assert bench.locator(".saved").inner_text() == ""


def test_what_was_typed_outlives_its_block(bench: Page, letter: Letter) -> None:
    field(bench, ONE).fill("Pedimos una cosa.")
    rewrite(letter, body=NOW)
    expect(bench.locator(".saved")).to_contain_text("The original changed while you translated")
    bench.on("dialog", lambda dialog: dialog.accept())
    bench.reload()
    expect(block(bench, ONE)).to_have_count(0)
    bench.get_by_role("button", name="Save", exact=True).first.click()
    expect(bench.locator(".lost")).to_contain_text("Pedimos una cosa.")


def test_the_site_does_not_answer_for_a_while(bench: Page) -> None:
    answers = False

    def sometimes(route: Route) -> None:
        if answers or route.request.method != "POST":
            route.continue_()
        else:
            route.abort()

    bench.route(SENT, sometimes)
    field(bench, ONE).fill("Pedimos una cosa.")
    expect(bench.locator(".saved")).to_contain_text("the site does not answer")
    answers = True
    field(bench, ONE).press_sequentially(" Ya.")
    expect(standing(bench, ONE)).to_have_text("Translated")
    assert said() == ["Pedimos una cosa. Ya."]


def test_an_answer_that_was_lost_is_no_conflict(bench: Page, letter: Letter) -> None:
    """It was stored, and nobody learned of it."""
    is_lost = True

    def loses(route: Route) -> None:
        if route.request.method == "POST" and is_lost:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    bench.route(SENT, loses)
    field(bench, ONE).fill("Pedimos una cosa.")
    expect(bench.locator(".saved")).to_contain_text("the site does not answer")
    assert said() == ["Pedimos una cosa."]
    is_lost = False
    field(bench, ONE).press_sequentially(" Ya.")
    expect(standing(bench, ONE)).to_have_text("Translated Earlier words")
    assert said() == ["Pedimos una cosa. Ya."]


def test_a_machines_draft_is_not_saved_by_being_there(
    page: Page, server: str, settings: Settings, tia: Colleague, letter: Letter
) -> None:
    typed = {"body-0-0": Typed("Pedimos.", origin=WordingOrigin.MACHINE)}
    save_words(letter, "es", source_text(letter), typed, worker=Worker(None))
    comes_in(page, server, settings, tia)
    page.goto(f"{server}/studio/letters/banned/languages/es/")
    field(page, NOW).fill("La pedimos ya.")
    expect(standing(page, NOW)).to_have_text("Translated")
    assert Wording.objects.get(source=ONE).origin == WordingOrigin.MACHINE
    block(page, ONE).get_by_label("I have read this").check()
    expect(standing(page, ONE)).to_contain_text("Translated")
    assert Wording.objects.get(source=ONE).origin == WordingOrigin.TYPED
