"""Behind a link in any mail: see what one signed, hide, appear again, and leave."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import OpenPage
from tests.stories.conftest import Site, Visitor, until

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}


def sign(visitor: Visitor, name: str, address: str, language: str = "en") -> None:
    """Sign the example letter and confirm; the buttons are found in any language."""
    page = visitor.page
    visitor.opens(f"/example/{language}/sign/")
    visitor.chooses("kind", "individual")
    visitor.types(name=name, email=address)
    visitor.reads_slowly()
    with page.expect_navigation():
        page.locator("form.sign button, .sign form button").first.click()
    page.goto(visitor.site.link_in(visitor.site.mail_to(address)))
    visitor.chooses("visibility", "public")
    visitor.ticks("statement")
    with page.expect_navigation():
        page.locator("form.sign button").click()


def is_gone(visitor: Visitor, name: str) -> None:
    """Within seconds, whatever a web process had in memory."""

    def look() -> bool:
        visitor.opens("/example/en/signatures/")
        return not visitor.sees(name)

    until(look, f"“{name}” to go")


def passes(page: Page, what: str) -> None:
    for one in page.locator("details").all():
        one.evaluate("details => details.open = true")
    found = Axe().run(page)
    assert found.response["violations"] == [], f"{what}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= 360"), f"{what} is too wide"


def test_gita_hides_appears_and_leaves_on_a_phone_without_scripts(
    site: Site, open_page: OpenPage
) -> None:
    gita = Visitor(open_page(java_script_enabled=False, viewport=PHONE), site)
    sign(gita, "Gita Udaharan", "gita@example.org")
    with gita.page.expect_navigation():
        gita.page.locator("a[href*='/yours/']").click()
    own = gita.page.url
    gita.finds_at("/example/en/signatures/", "Gita Udaharan")

    gita.page.goto(own)
    gita.presses("Hide my name now")
    assert gita.sees("Not at all")
    is_gone(gita, "Gita Udaharan")

    gita.page.goto(own)
    gita.chooses("what", "initials")
    gita.presses("Appear like this")
    gita.finds_at("/example/en/signatures/", "G. U.")

    gita.page.goto(own)
    gita.presses("Take back my signature")
    assert gita.sees("Your signature is withdrawn")
    is_gone(gita, "G. U.")


def test_hind_reads_it_in_arabic_and_has_the_links_mailed(site: Site, open_page: OpenPage) -> None:
    hind = Visitor(open_page(viewport=PHONE), site)
    sign(hind, "هند مثال", "hind@example.org", "ar")
    hind.opens("/ar/yours/")
    passes(hind.page, "which letters")
    hind.types(email="hind@example.org")
    hind.reads_slowly()
    with hind.page.expect_navigation():
        hind.page.locator("form button").click()
    passes(hind.page, "the links are sent")

    mail = site.mail_to("hind@example.org", 2)
    found = re.search(rf"{re.escape(site.url)}/example/yours/\S+", mail.text)
    assert found is not None
    hind.page.goto(found[0])
    assert hind.page.locator("html").get_attribute("dir") == "rtl"
    assert hind.sees("هند مثال")
    passes(hind.page, "the signer's own page")
