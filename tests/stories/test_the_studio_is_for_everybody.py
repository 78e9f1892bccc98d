"""Every page of the studio: accessible to all, on a phone too, in another direction, and without
scripts.

The pages are found through the URL configuration (`studio_visits`): a new page is walked by itself.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser import OpenPage
from tests.stories.conftest import Site, serving, until
from tests.stories.page_faults import OF_ITS_LOOK, Listener, faults_of
from tests.stories.page_forms import forms_in
from tests.stories.studio_visits import LEAD_AWAY, NOBODY, PIECES, Visit, visits

pytestmark = pytest.mark.browser

FIRST_PAGE = Visit("/studio/begin/first/", name="studio-begin", who=NOBODY)
PAGE = "<!doctype html>"
NOT_YET = """
    SELECT (SELECT count(*) < 4 FROM signatures_case) OR
      (SELECT count(*) FROM signatures_export WHERE state = 'waiting' AND NOT needs_approval) OR
      (SELECT count(*) FROM signatures_lookup WHERE state = 'waiting') OR
      (SELECT count(*) FROM signatures_sweep WHERE state = 'waiting')
"""


@dataclass(frozen=True)
class Furnished:
    """A site with one of everything; `answers`: how each visit began, with status and text."""

    site: Site
    at: dict[str, Any]
    answers: list[tuple[Visit, int, str]]

    @property
    def pages(self) -> list[Visit]:
        """Those that end at a page."""
        return [
            visit
            for visit, status, text in self.answers
            if status == visit.status and text.startswith(PAGE) and visit.name not in PIECES
        ]

    def speaks(self, language: str) -> None:
        """Everybody in the studio reads it in this language."""
        with contextlib.closing(sqlite3.connect(self.site.data / "db.sqlite3", timeout=20)) as base:
            base.execute("UPDATE teams_person SET language = ?", (language,))
            base.commit()


@dataclass(frozen=True)
class Walk:
    """Everybody's browsers, each with their own cookie, all alike otherwise."""

    furnished: Furnished
    open_page: OpenPage
    options: dict[str, Any]

    def begin(self, language: str) -> dict[str, Page]:
        self.furnished.speaks(language)
        browsers = {NOBODY: self.open_page(locale=language, **self.options)}
        for who, cookie in self.furnished.at["cookies"].items():
            browsers[who] = self.open_page(locale=language, **self.options)
            named: Any = {**cookie, "url": self.furnished.site.url}
            browsers[who].context.add_cookies([named])
        # What it showed before there was anybody.
        first = self.furnished.at["begin"][language]

        def show(route: Route) -> None:
            route.fulfill(content_type="text/html; charset=utf-8", body=first)

        browsers[NOBODY].route(f"**{FIRST_PAGE.path}", show)
        return browsers


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    data = tmp_path_factory.mktemp("furnished")
    made = subprocess.run(
        [sys.executable, "-m", "tests.stories.furnishing", str(data)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    at: dict[str, Any] = json.loads(made.stdout)
    with serving(data, "--no-example") as site:
        until(lambda: _is_ready(site), "what was ordered of the worker")
        answers = [(visit, *_answer(site, visit, at["cookies"])) for visit in visits(at)]
        yield Furnished(site, at, answers)


def _is_ready(site: Site) -> bool:
    with contextlib.closing(sqlite3.connect(site.data / "db.sqlite3", timeout=20)) as database:
        return not database.execute(NOT_YET).fetchone()[0]


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """What comes back is what was asked for."""


def _answer(site: Site, visit: Visit, cookies: dict[str, dict[str, str]]) -> tuple[int, str]:
    cookie = cookies.get(visit.who)
    headers = {"Cookie": f"{cookie['name']}={cookie['value']}"} if cookie else {}
    asked = urllib.request.Request(site.url + visit.path, headers=headers)
    try:
        with urllib.request.build_opener(_Stay).open(asked) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_every_address_is_visited_for_what_it_is(furnished: Furnished) -> None:
    """A page, unless it only takes what is sent, or is known to be something else."""
    strange = {}
    for visit, status, text in furnished.answers:
        is_page = text.startswith(PAGE)
        if visit.name in PIECES:
            is_as_expected = status == 200
        elif visit.name in LEAD_AWAY:
            is_as_expected = status == 302
        else:
            is_as_expected = is_page and status == visit.status
        if not is_as_expected and not (visit.name and status == 405):
            strange[visit.path] = (visit.name, status, is_page)
    assert strange == {}


@pytest.mark.parametrize(
    ("language", "width", "colours"), [("en", 1280, "light"), ("ar", 360, "dark")]
)
def test_every_page(
    furnished: Furnished, open_page: OpenPage, language: str, width: int, colours: str
) -> None:
    """On a phone, where things go wrong first, in each of its states; at a desk, its look."""
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": colours}
    browsers = Walk(furnished, open_page, options).begin(language)
    listeners = {who: Listener(page) for who, page in browsers.items()}
    wrong: dict[str, list[str]] = {}
    for visit in [FIRST_PAGE, *furnished.pages]:
        if width > 1000 and not visit.is_first:
            continue
        page, listener = browsers[visit.who], listeners[visit.who]
        answer = page.goto(furnished.site.url + visit.path)
        assert answer is not None
        faults = faults_of(page, language, rules=OF_ITS_LOOK if width > 1000 else ())
        if answer.status != visit.status:
            faults.append(f"status {answer.status}")
        faults += listener.heard()
        if faults:
            wrong[visit.path] = faults
    assert wrong == {}


def test_every_form_is_sent_without_scripts(furnished: Furnished) -> None:
    """Each page comes whole, and what it asks for is asked by plain forms with real buttons."""
    forms = {
        visit.path: forms_in(text)
        for visit, status, text in furnished.answers
        if status == visit.status
    }
    mute = {
        path: [form.opening for form in found if not form.has_button]
        for path, found in forms.items()
    }
    assert {path: found for path, found in mute.items() if found} == {}
    assert sum(len(found) for found in forms.values()) > 200, "the walk has lost its way"


def test_acts_of_organisers_without_scripts(furnished: Furnished, open_page: OpenPage) -> None:
    browsers = Walk(furnished, open_page, {"java_script_enabled": False}).begin("en")
    page, water = browsers["ana"], f"{furnished.site.url}/studio/letters/water"
    page.goto(f"{water}/queue/")
    page.get_by_role("button", name="Accept").first.click()
    assert "Accepted: 1 signature" in page.locator("main").inner_text()
    page.locator(".message").get_by_role("button", name="Undo").click()
    assert "Undone: 1 signature is as it was before." in page.locator("main").inner_text()
    page.goto(f"{water}/text/")
    page.locator("[name=body]").fill("We ask for four things.")
    page.get_by_role("button", name="Save", exact=True).first.click()
    assert page.locator("[name=body]").input_value() == "We ask for four things."
    page.goto(f"{water}/signatures/")
    for box in page.locator("[name=chosen]").all()[:2]:
        box.check()
    page.get_by_role("button", name="Strike out…").click()
    assert "This will strike out 2 signatures." in page.locator("main").inner_text()
    page.locator("[name=reason]").first.check()
    page.get_by_role("button", name="Strike out 2 signatures").click()
    assert "Struck out: 2 signatures." in page.locator("main").inner_text()
