"""A letter is translated by two people at once, read by a third, and follows its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import OpenPage
from tests.stories.conftest import Site, until
from tests.stories.organising import PASSWORD, Organiser, code, fresh_site
from tests.stories.page_faults import faults_of

pytestmark = pytest.mark.browser

BODY = "We ask for clean air.\n\n- Fewer cars\n- More trees"
CHANGED = "We ask for clean air and water.\n\n- Fewer cars\n- More trees"
SPANISH = {
    "For clean air": "Por un aire limpio",
    "We ask for clean air.": "Pedimos aire limpio.",
    "Fewer cars": "Menos coches",
    "More trees": "Más árboles",
}
ARABIC = {
    "For clean air": "من أجل هواء نقي",
    "We ask for clean air.": "نطلب هواءً نقيًا.",
    "Fewer cars": "سيارات أقل",
    "More trees": "أشجار أكثر",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with fresh_site(tmp_path) as site:
        yield site


@dataclass
class Translator:
    """Somebody at the workbench of one language."""

    page: Page
    site: Site
    language: str

    @property
    def url(self) -> str:
        return f"{self.site.url}/studio/letters/clean-air/languages/{self.language}/"

    def opens(self, *, left: bool = False) -> None:
        self.page.goto(f"{self.url}?left=yes" if left else self.url)

    def block(self, source: str) -> Locator:
        words = self.page.locator(
            ".original > .words", has_text=re.compile(f"^{re.escape(source)}$")
        )
        return self.page.locator(".block").filter(has=words)

    def types(self, source: str, words: str) -> None:
        self.block(source).locator("textarea").fill(words)

    def types_all(self, words: dict[str, str]) -> None:
        """Everything; where there is no translation in this test, the place is named."""
        for block in self.page.locator(".block").all():
            source = block.locator(".original > .words").inner_text()
            block.locator("textarea").fill(words.get(source, f"{self.language} {source[:12]}"))

    def presses(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).first.click()

    def standing(self, source: str) -> str:
        return self.block(source).locator(".standing span").inner_text()

    def hands_in(self, message: str) -> None:
        self.presses("Save and hand in…")
        self.page.locator("[name=message]").fill(message)
        self.presses("Hand in")


def test_from_two_translators_to_two_languages(site: Site, open_page: OpenPage) -> None:
    ana = Organiser(open_page(), site)
    ana.begins("Ana", "Coalition")
    _writes_and_launches(ana)
    tia = Translator(_joins(ana, open_page, "tia", java_script_enabled=True), site, "es")
    # On a telephone, in Arabic, and without a script.
    ola = Translator(_joins(ana, open_page, "ola", java_script_enabled=False), site, "ar")

    _adds(ana, "es")
    _adds(ana, "ar")
    _translate_at_once(tia, ola)
    _two_write_the_same_block(ana, tia)
    tia.hands_in("I was not sure about the trees.")
    ola.hands_in("")
    _reads_and_lets_through(ana, "es", "I was not sure about the trees.")
    _reads_and_lets_through(ana, "ar")
    _are_public(ana)

    _changes_the_source(ana)
    tia.opens(left=True)
    assert tia.page.locator(".block").count() == 1
    assert tia.standing("We ask for clean air and water.").startswith("Outdated")
    tia.types("We ask for clean air and water.", "Pedimos aire y agua limpios.")
    expect(tia.page.locator(".saved")).to_contain_text("Saved at")
    tia.opens()
    tia.hands_in("")
    _reads_and_lets_through(ana, "es")
    _is_read(ana, "es", "Pedimos aire y agua limpios.")
    _is_read(ana, "ar", ARABIC["We ask for clean air."])
    _is_still_right(ola)


def _writes_and_launches(ana: Organiser) -> None:
    ana.writes("For clean air", "clean-air", BODY)
    ana.launches()


def _joins(ana: Organiser, open_page: OpenPage, name: str, *, java_script_enabled: bool) -> Page:
    """A colleague who only translates follows the invitation, and sets up an app."""
    ana.goes_to("people/")
    ana.follows("Invite somebody")
    ana.page.locator("[name=email]").fill(f"{name}@example.org")
    ana.page.locator("[name=role][value=translator]").check()
    ana.presses("Send the invitation")
    link = re.search(r"http\S+/studio/join/\S+", ana.site.mail_to(f"{name}@example.org").text)
    assert link is not None
    page = open_page(java_script_enabled=java_script_enabled)
    page.goto(link[0])
    page.locator("[name=name]").fill(name.title())
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.goto(f"{ana.site.url}/studio/account/factors/totp/activate/")
    page.locator("[name=code]").fill(
        code(page.locator("code.secret").inner_text().replace(" ", ""))
    )
    page.locator("main form button").first.click()
    page.wait_for_url("**/recovery-codes/**")
    return page


def _adds(ana: Organiser, language: str) -> None:
    ana.goes_to("languages/")
    ana.page.locator("[name=language]").select_option(language)
    ana.presses("Add")


def _translate_at_once(tia: Translator, ola: Translator) -> None:
    """Both have the bench open; one saves by itself, the other by the button."""
    tia.opens()
    ola.opens()
    assert faults_of(tia.page, "en") == []
    tia.types_all(SPANISH)
    ola.types_all(ARABIC)
    ola.presses("Save")
    expect(ola.page.get_by_text("Everything is saved.")).to_be_visible()
    expect(tia.page.locator(".standing:not(.done)")).to_have_count(0)
    expect(tia.page.locator(".saved")).to_contain_text("Saved at")
    tia.page.reload()
    assert tia.block("More trees").locator("textarea").input_value() == "Más árboles"


def _two_write_the_same_block(ana: Organiser, tia: Translator) -> None:
    """An organiser mends a word while the translator does, too."""
    page = ana.page.context.new_page()
    other = Translator(page, ana.site, "es")
    other.opens()
    other.types("More trees", "Muchos árboles")
    expect(page.locator(".saved")).to_contain_text("Saved at")
    page.close()

    tia.types("More trees", "Más arbolado")
    asked = tia.block("More trees").locator(".theirs")
    expect(asked).to_contain_text("Muchos árboles")
    asked.get_by_role("button", name="Save mine").click()
    expect(asked).to_have_count(0)


def _reads_and_lets_through(ana: Organiser, language: str, message: str = "") -> None:
    ana.goes_to("languages/")
    assert ana.sees("waits to be read")
    ana.goes_to(f"languages/{language}/review/")
    assert ana.sees(message)
    assert faults_of(ana.page, "en") == []
    ana.presses("Let it through")


def _are_public(ana: Organiser) -> None:
    _is_read(ana, "es", "Más arbolado")
    _is_read(ana, "ar", ARABIC["Fewer cars"])
    for language, words, side in (("es", SPANISH, "ltr"), ("ar", ARABIC, "rtl")):
        page = ana.page.context.new_page()
        page.goto(f"{ana.site.url}/clean-air/{language}/")
        assert page.locator("h1").inner_text() == words["For clean air"]
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("article").get_attribute("dir") == side
        page.close()


def _is_read(ana: Organiser, language: str, words: str) -> None:
    """Pages are kept for seconds, by the site and by browsers."""
    page = ana.page.context.new_page()
    address = f"{ana.site.url}/clean-air/{language}/"
    until(
        lambda: page.goto(address) and words in page.locator("article").inner_text(),
        f"“{words}” in the letter",
    )
    page.close()


def _changes_the_source(ana: Organiser) -> None:
    ana.goes_to("text/")
    ana.page.locator("[name=body]").fill(CHANGED)
    ana.presses("Save")
    ana.goes_to("editions/")
    ana.page.locator("[name=change][value=editorial]").check()
    ana.page.locator("[name=note]").fill("Water was forgotten.")
    ana.presses("Publish…")
    ana.presses("Publish")


def _is_still_right(ola: Translator) -> None:
    """Without a script: a box beside the words, and the button."""
    ola.opens()
    source = "We ask for clean air and water."
    assert ola.standing(source).startswith("Outdated")
    assert [
        block.get_attribute("data-standing") for block in ola.page.locator(".block").all()
    ].count("outdated") == 1
    ola.block(source).get_by_label("This is still right").check()
    ola.presses("Save")
    assert ola.standing(source) == "Translated"
