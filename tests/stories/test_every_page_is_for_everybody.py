"""Every public page, in every language: accessible to all, and never too wide for a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import OpenPage
from tests.stories.conftest import Site, Visitor

pytestmark = pytest.mark.browser

PATHS = (
    "/",
    "/{language}/",
    "/example/{language}/",
    "/example/{language}/sign/",
    "/example/{language}/check-inbox/",
    "/example/{language}/signatures/",
    "/example/{language}/translate/",
    "/example/{language}/translate/thanks/",
    "/example/{language}/signatures/?q=nobody+is+called+so",
    "/example/{language}/signatures/?kind=organisation&country=JP",
    "/example/confirm/AAAAAAAAAAAAAAAAAAAAAA/",
    "/nowhere/{language}/",
    "/outbox/",
)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_public_pages(site: Site, open_page: OpenPage, language: str, colours: str) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, color_scheme=colours)
    for path in PATHS:
        page.goto(site.url + path.format(language=language))
        _passes(page, path)


def test_the_form_with_mistakes_and_the_page_behind_a_link(site: Site, open_page: OpenPage) -> None:
    lena = Visitor(open_page(viewport={"width": 360, "height": 740}), site)
    lena.opens("/example/ar/sign/")
    lena.page.locator("form").evaluate("form => form.noValidate = true")
    with lena.page.expect_navigation():
        lena.page.locator("form button").click()
    assert lena.page.locator("[aria-invalid=true]").count() > 0
    _passes(lena.page, "the form with mistakes")
    lena.chooses("kind", "individual")
    lena.types(name="Lena Beispiel", email="lena@example.org")
    lena.reads_slowly()
    lena.page.locator("form button").click()
    lena.page.wait_for_url("**/check-inbox/")
    lena.page.goto(site.link_in(site.mail_to("lena@example.org")))
    _passes(lena.page, "the page behind a link")


def _passes(page: Page, path: str) -> None:
    found = Axe().run(page)
    assert found.response["violations"] == [], f"{path}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= 360"), f"{path} is too wide"
