"""Organisers at a browser: a site of their own, signed in, with what they do as methods."""

from __future__ import annotations

import hmac
import re
import struct
import time
from base64 import b32decode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from playwright.sync_api import Page

from tests.stories.conftest import Site, serving, until

PASSWORD = "correct horse battery staple"
_STAMP = re.compile(r"name=stamp value=(\S+?)>")


@dataclass
class Organiser:
    """Somebody who runs letters. `secret`: of their authenticator app."""

    page: Page
    site: Site
    slug: str = ""
    secret: str = field(default="", repr=False)

    def begins(self, name: str, team: str) -> None:
        """Follow the link that was printed at start, and set up an authenticator app."""
        self.page.goto(self.site.printed(r"http\S+/studio/begin/\S+"))
        for field_name, value in (
            ("name", name),
            ("email", f"{name.lower()}@example.org"),
            ("team", team),
            ("password", PASSWORD),
        ):
            self.page.locator(f"[name={field_name}]").fill(value)
        self.presses("Make the account")
        self.page.goto(f"{self.site.url}/studio/account/factors/totp/activate/")
        text = self.page.locator("main").inner_text().replace(" ", "")
        found = re.search(r"[A-Z2-7]{32}", text) or re.search(
            r"[A-Z2-7]{32}", self.page.content().replace(" ", "")
        )
        assert found is not None, "the page shows no secret to type in"
        self.secret = found[0]
        self.page.locator("[name=code]").fill(code(self.secret))
        self.page.locator("main form button").first.click()
        self.page.wait_for_url("**/recovery-codes/**")

    def writes(self, title: str, slug: str, body: str) -> None:
        """Make a letter in English, and save its text."""
        self.page.goto(f"{self.site.url}/studio/")
        self.follows("New letter")
        for name, value in {"title": title, "slug": slug}.items():
            self.page.locator(f"[name={name}]").fill(value)
        self.page.locator("[name=language]").select_option("en")
        self.presses("Create the draft")
        self.slug = slug
        self.goes_to("text/")
        self.page.locator("[name=body]").fill(body)
        self.presses("Save")

    def launches(self) -> None:
        """Publish the first edition, and open the letter to everybody."""
        self.goes_to("editions/")
        self.presses("Publish the first edition")
        self.presses("Publish")
        until(
            lambda: self.goes_to("founders/") or self.sees("Or launch at once"), "the letter's key"
        )
        self.follows("Launch now")
        self.page.locator("main form button").first.click()
        self.finds("The letter was launched on", "founders/")

    def adds_language(self, code: str) -> None:
        self.goes_to("languages/")
        self.page.locator("[name=language]").last.select_option(code)
        self.presses("Add")

    def goes_to(self, part: str = "") -> None:
        self.page.goto(f"{self.site.url}/studio/letters/{self.slug}/{part}")

    def presses(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).first.click()

    def follows(self, link: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link, exact=True).first.click()

    def sees(self, text: str) -> bool:
        return text in self.page.locator("main").inner_text()

    def finds(self, text: str, part: str = "") -> None:
        """Reload a page until the text is there: the worker needs its moments."""

        def look() -> bool:
            self.goes_to(part)
            return self.sees(text)

        until(look, f"“{text}” at {part or 'the overview'}")


def code(secret: str, at: float | None = None) -> str:
    """What an authenticator app shows (RFC 6238: HMAC-SHA-1, six digits, thirty seconds)."""
    key = b32decode(secret + "=" * (-len(secret) % 8))
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.digest(key, counter, "sha1")
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


@contextmanager
def fresh_site(folder: Path) -> Iterator[Site]:
    """An installation that nobody has begun with, and nothing in it."""
    with serving(folder, "--no-example") as site:
        yield site


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """What comes back is what was asked for."""


@dataclass(frozen=True)
class Arrival:
    """Somebody who signs. `kind`: individual or organisation."""

    name: str
    address: str
    kind: str = "individual"
    role: str = ""
    website: str = ""
    country: str = ""
    language: str = "en"
    wants_updates: bool = False


def arrive(site: Site, path: str, arrivals: list[Arrival]) -> None:
    """Sign as many people at once do: one form each, then the button behind the link in the mail.

    `path`: the page with the form. Its stamp is good for every form sent within two hours.
    """
    fill_in(site, path, arrivals)

    def confirm(one: Arrival) -> None:
        link = site.link_in(site.mail_to(one.address))
        choice = {"visibility": "public", "statement": "on"}
        assert _post(link, choice) == 303

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(confirm, arrivals))


def fill_in(site: Site, path: str, arrivals: list[Arrival]) -> None:
    """Send one form each, and stay away from the mail."""
    opener = build_opener(_Stay)
    with opener.open(f"{site.url}{path}") as answer:
        page = answer.read().decode()
    stamp = _STAMP.search(page)
    action = re.search(r"<form method=post action=(\S+?)>", page)
    assert stamp is not None
    assert action is not None
    time.sleep(3.1)

    def sign(one: Arrival) -> None:
        fields = {
            "stamp": stamp[1],
            "language": one.language,
            "kind": one.kind,
            "name": one.name,
            "email": one.address,
            "role": one.role,
            "website": one.website,
            "country": one.country,
            "consent_publication": "on",
        }
        if one.wants_updates:
            fields["consent_updates"] = "on"
        assert _post(site.url + action[1], fields) == 303

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(sign, arrivals))


def _post(url: str, fields: dict[str, str]) -> int:
    from urllib.error import HTTPError

    request = Request(url, urlencode(fields).encode(), headers={"Sec-Fetch-Site": "same-origin"})
    try:
        with build_opener(_Stay).open(request) as answer:
            return int(answer.status)
    except HTTPError as answer:
        return int(answer.code)
