"""The browser of the tests sees this machine only, and a script's error is the test's."""

from __future__ import annotations

import pytest
from django.db import connection
from playwright.sync_api import Browser, Error, Page

from tests.browser import OpenPage, pages


@pytest.mark.browser
def test_a_page_is_shown(page: Page) -> None:
    page.set_content("<h1>An open letter</h1>")

    assert page.inner_text("h1") == "An open letter"


@pytest.mark.browser
def test_scripts_can_be_off(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)

    page.set_content("<noscript>Plain</noscript><script>document.body.append('Lively')</script>")

    assert page.inner_text("body") == "Plain"


@pytest.mark.browser
@pytest.mark.django_db
def test_the_database_can_be_asked_beside_the_browser(page: Page) -> None:
    page.set_content("<h1>An open letter</h1>")

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.browser
def test_other_hosts_are_not_found(page: Page) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")


@pytest.mark.browser
def test_a_script_that_fails_is_not_overlooked(chromium: Browser) -> None:
    with pytest.raises(AssertionError, match="a script on the page failed"):
        show_failing_script(chromium)


def show_failing_script(chromium: Browser) -> None:
    with pages(chromium) as open_one:
        page = open_one()
        page.set_content("<script>setTimeout(() => { throw Error('lost') })</script>")
        page.wait_for_timeout(50)
