"""An update is written, tried out and mailed; its readers leave: by a click, in Arabic, by keys."""

from __future__ import annotations

import email
import email.policy
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import OpenPage
from tests.stories.conftest import Site, until
from tests.stories.organising import Arrival, Organiser, arrive, fresh_site

pytestmark = pytest.mark.browser

TITLE = "The minister has answered"
GITA, HIND, OMAR = "gita@example.org", "hind@example.org", "omar@example.org"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with fresh_site(tmp_path) as site:
        yield site


def test_from_the_first_words_to_the_last_reader(site: Site, open_page: OpenPage) -> None:
    ana = Organiser(open_page(), site)
    ana.begins("Ana", "Coalition")
    ana.writes("For clean air", "clean-air", "We ask for clean air.")
    ana.launches()
    arrive(
        site,
        "/clean-air/en/",
        [
            Arrival("Gita", GITA, wants_updates=True),
            Arrival("Hind", HIND, language="ar", wants_updates=True),
            Arrival("Omar", OMAR),
        ],
    )
    until(lambda: site.settled_total() == 3, "the count of three")

    _writes(ana, TITLE, "They will meet us *soon*.")
    _tries_it_out(ana)
    ana.goes_to("updates/1/send/")
    assert ana.sees("It goes to 2 signatories: everybody who asked for updates.")
    ana.presses("Send it to 2 signatories")
    until(lambda: _update(site, GITA, TITLE) and _update(site, HIND, TITLE), "the update")
    assert _update(site, OMAR, TITLE) == ""

    _leaves_with_one_click(site, GITA)
    _leaves_by_keyboard_without_scripts(site, open_page)
    ana.finds("2\nasked for no more updates", "updates/1/mailing/")
    _is_in_the_feed(site)

    _writes(ana, "A second update", "Nobody is left to read it.")
    ana.goes_to("updates/2/send/")
    assert ana.sees("Nobody has asked for updates by mail yet.")


def _writes(ana: Organiser, title: str, body: str) -> None:
    ana.goes_to("updates/new/")
    ana.page.locator("[name=en-title]").fill(title)
    ana.page.locator("[name=en-body]").fill(body)
    ana.presses("Save")


def _tries_it_out(ana: Organiser) -> None:
    ana.goes_to("updates/1/preview/")
    frame = ana.page.frame_locator("iframe.preview")
    assert frame.locator("em").inner_text() == "soon"
    ana.presses("Send a test to ana@example.org")
    until(lambda: TITLE in _update(ana.site, "ana@example.org", TITLE), "the test")


def _update(site: Site, address: str, title: str) -> str:
    """The whole mail with the update, as it lies in a mailbox; "" if it is not there."""
    for path in (site.data / "outbox").glob("*.eml"):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if mail["To"] == address and title in mail["Subject"]:
            return path.read_text()
    return ""


def _header(raw: str, name: str) -> str:
    return str(email.message_from_string(raw, policy=email.policy.default)[name])


def _leaves_with_one_click(site: Site, address: str) -> None:
    """As a mail program does (RFC 8058). Looking at the address alone changes nothing."""
    raw = _update(site, address, TITLE)
    assert _header(raw, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    link = re.search(r"<(http\S+?)>", _header(raw, "List-Unsubscribe"))
    assert link is not None
    for _ in range(2):
        with urllib.request.urlopen(link[1]) as answer:
            assert "Send me no more updates" in answer.read().decode()
    with urllib.request.urlopen(link[1], data=b"List-Unsubscribe=One-Click") as answer:
        assert answer.status == 200
    with urllib.request.urlopen(link[1]) as answer:
        assert "You get no more of them by mail." in answer.read().decode()


def _leaves_by_keyboard_without_scripts(site: Site, open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
    text = next(mail.text for mail in site.mails_to(HIND) if mail.subject == TITLE)
    link = re.search(rf"{re.escape(site.url)}/clean-air/unsubscribe/\S+", text)
    assert link is not None
    page.goto(link[0])
    assert page.locator("html").get_attribute("dir") == "rtl"
    for _ in range(20):
        if page.locator("main button:focus").count():
            break
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("main [role=status]").count() == 1
    assert page.locator("main button").count() == 0


def _is_in_the_feed(site: Site) -> None:
    with urllib.request.urlopen(f"{site.url}/clean-air/en/updates.atom") as answer:
        assert TITLE in answer.read().decode()
