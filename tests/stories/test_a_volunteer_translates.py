"""Somebody offers to translate, is sent a link, says yes, translates, and is named in public.

No account, no script, on a phone, in Arabic. Another phone, with scripts, looks at each page for
what keeps somebody out: axe-core is a script.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import OpenPage
from tests.stories.conftest import Site, Visitor, until
from tests.stories.organising import Organiser, fresh_site

pytestmark = pytest.mark.browser

BODY = "### Why\n\nWe ask for clean air.\n\n- To breathe\n- To live"
ARABIC = {
    "For clean air": "من أجل هواء نقي",
    "Why": "لماذا",
    "We ask for clean air.": "نطالب بهواء نقي.",
    "To breathe": "لنتنفس",
    "To live": "لنعيش",
    "Publish the name with this letter": "نشر الاسم مع هذه الرسالة",
    "Send me updates on this letter": "أرسلوا لي أخبار هذه الرسالة",
}
ADDRESS = "nur@example.org"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with fresh_site(tmp_path) as site:
        yield site


@dataclass(frozen=True)
class Nur(Visitor):
    """Somebody without scripts; `glass` has them, and goes where she is."""

    glass: Page

    def looks_at_it(self, name: str) -> None:
        """For everybody, and not too wide for a phone."""
        _shoot(self.page, name)
        self.glass.goto(self.page.url)
        wide = self.glass.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{name} is {wide} pixels wide"
        found = Axe().run(self.glass)
        assert found.response["violations"] == [], f"{name}: {found.generate_report()}"


def test_from_an_offer_to_a_name_under_the_translation(site: Site, open_page: OpenPage) -> None:
    ana = Organiser(open_page(), site)
    ana.begins("Ana", "Coalition")
    _publishes(ana)
    phone = {"viewport": {"width": 360, "height": 740}, "locale": "ar"}
    nur = Nur(open_page(**phone, java_script_enabled=False), site, open_page(**phone))
    _offers(nur)
    _says_yes_to_the_offer(ana)
    link = _link_in_the_mail(site)
    _joins_and_translates(nur, link)
    _lets_it_through(ana)
    _is_public(nur)
    _falls_behind_when_the_letter_changes(ana, nur)
    _leaves_with_her_name(nur, link)
    assert "nur@" not in (site.data / "log").read_text(errors="replace")
    assert link.rsplit("/", 2)[1] not in (site.data / "log").read_text(errors="replace")


def _publishes(ana: Organiser) -> None:
    ana.writes("For clean air", "clean-air", BODY)
    _publishes_an_edition(ana, "Publish the first edition")
    until(lambda: ana.goes_to("founders/") or ana.sees("Or launch at once"), "the letter's key")
    ana.goes_to("founders/launch/")
    ana.presses("Launch now")


def _publishes_an_edition(ana: Organiser, button: str) -> None:
    def published() -> bool:
        ana.goes_to("editions/")
        ana.presses(button)
        ana.presses("Publish")
        return ana.sees("Edition ")

    until(published, "the letter's key")


def _offers(nur: Nur) -> None:
    """The letter is not there in Arabic: its page says so, and leads to the form."""
    nur.finds_at("/clean-air/ar/", "For clean air")
    nur.looks_at_it("missing")
    with nur.page.expect_navigation():
        nur.page.locator("a[href$='/ar/translate/']").first.click()
    nur.looks_at_it("offer")
    assert nur.page.locator("[name=language]").input_value() == "ar"
    nur.types(name="Nur Example", email=ADDRESS, message="أدرّس العربية.")
    nur.reads_slowly()
    with nur.page.expect_navigation():
        nur.page.locator("form button").click()
    nur.page.wait_for_url("**/ar/translate/thanks/")
    nur.looks_at_it("thanks")


def _says_yes_to_the_offer(ana: Organiser) -> None:
    # She has mail on her new account, too.
    mail = until(
        lambda: next(
            (one for one in ana.site.mails_to("ana@example.org") if "/studio/letters/" in one.text),
            None,
        ),
        "mail about the offer",
    )
    assert "Nur" not in mail.text
    found = re.search(r"http\S+/studio/letters/\S+", mail.text)
    assert found is not None
    ana.page.goto(found[0])
    assert ana.sees("Nur Example")
    assert ana.sees(ADDRESS)
    _shoot(ana.page, "studio-offers")
    ana.page.get_by_role("button", name=re.compile("^Send the link")).first.click()
    ana.page.wait_for_load_state()
    assert ana.sees("They translate once they have said yes.")


def _link_in_the_mail(site: Site) -> str:
    mail = site.mail_to(ADDRESS)
    found = re.search(rf"{re.escape(site.url)}/clean-air/translate/\S+", mail.text)
    assert found is not None
    return found[0]


def _joins_and_translates(nur: Nur, link: str) -> None:
    nur.page.goto(link)
    nur.looks_at_it("asked")
    nur.types(credit="نور")
    with nur.page.expect_navigation():
        nur.page.locator("form[action$='/join/'] button").click()
    nur.looks_at_it("bench")
    for words, arabic in ARABIC.items():
        block = nur.page.locator(".block", has=nur.page.get_by_text(words, exact=True))
        block.locator("textarea").fill(arabic)
    _shoot(nur.page, "bench-filled")
    with nur.page.expect_navigation():
        nur.page.locator("form#bench button[name=then]").first.click()
    nur.page.wait_for_url("**/hand-in/")
    nur.looks_at_it("hand-in")
    with nur.page.expect_navigation():
        nur.page.locator("form button").click()
    nur.looks_at_it("handed-in")


def _lets_it_through(ana: Organiser) -> None:
    ana.goes_to("languages/ar/review/")
    assert ana.sees("نور")
    _shoot(ana.page, "studio-review")
    ana.page.locator("form:has([name=seen]) button").first.click()
    ana.page.wait_for_load_state()
    assert ana.sees("العربية")


def _is_public(nur: Nur) -> None:
    nur.finds_at("/clean-air/ar/", "من أجل هواء نقي")
    assert nur.page.locator("html").get_attribute("dir") == "rtl"
    assert nur.sees("ترجمة: نور")
    assert nur.page.locator(".letter footer a[hreflang=en]").count() == 1
    nur.looks_at_it("public")

    def is_led_on() -> bool:
        nur.opens("/clean-air/")
        return nur.page.url.endswith("/clean-air/ar/")

    until(is_led_on, "the way on to Arabic")
    nur.opens("/clean-air/en/")
    assert nur.page.url.endswith("/clean-air/en/"), "whoever chose a language stays there"


def _falls_behind_when_the_letter_changes(ana: Organiser, nur: Nur) -> None:
    ana.goes_to("text/")
    body = BODY.replace("clean air", "clean air now") + "\n\nAt once."
    ana.page.locator("[name=body]").fill(body)
    ana.presses("Save")
    ana.goes_to("editions/")
    ana.page.locator("[name=change][value=editorial]").check()
    ana.page.locator("[name=note]").fill("Clearer.")
    ana.page.locator("main form button").first.click()
    ana.presses("Publish")

    def is_behind() -> bool:
        nur.opens("/clean-air/ar/")
        return nur.page.locator("#behind").count() == 1

    until(is_behind, "the word that the translation is behind")
    assert nur.page.locator(".behind").all_inner_texts() == ["نطالب بهواء نقي.", "At once."]
    assert nur.page.locator(".behind[lang=en]").inner_text() == "At once."
    nur.looks_at_it("behind")


def _leaves_with_her_name(nur: Nur, link: str) -> None:
    nur.page.goto(link)
    nur.ticks("unname")
    with nur.page.expect_navigation():
        nur.page.locator("form[action$='/leave/'] button").click()
    nur.looks_at_it("left")

    def is_nameless() -> bool:
        nur.opens("/clean-air/ar/")
        return not nur.sees("ترجمة: نور")

    until(is_nameless, "the name to leave the page")
    answer = nur.page.goto(link)
    assert answer is not None
    assert answer.status == 404
    nur.looks_at_it("ended")


def _shoot(page: Page, name: str) -> None:
    """Pictures to look at, where somebody asks for them."""
    folder = os.environ.get("PICTURES_OF_THE_STORY")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
