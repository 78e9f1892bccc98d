"""People come in: the first owner by a printed link, a partner by mail, and both once more."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import OpenPage
from tests.stories.conftest import Site, serving

pytestmark = pytest.mark.browser

PASSWORD = "four words that nobody joins"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A fresh installation by a name: browsers know no passkeys for an IP address."""
    with serving(tmp_path_factory.mktemp("studio"), name="localhost") as found:
        yield found


def passes(page: Page) -> Page:
    """The page is for everybody, and not too wide for a telephone."""
    found = Axe().run(page)
    where = page.url.partition("/studio/")[2]
    assert found.response["violations"] == [], f"{where}: {found.generate_report()}"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], f"{where} is {width} px wide"
    return page


def type_in_turn(page: Page, *words: str) -> None:
    """Fill in a form with the keyboard alone, from its first field, and send it."""
    page.locator("main form input:not([type=hidden])").first.focus()
    for number, word in enumerate(words):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(word)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def set_up_an_app(page: Page) -> list[str]:
    """An authenticator app, as on somebody's telephone; returns the recovery codes."""
    page.get_by_role("link", name="Set up an app").click()
    passes(page)
    secret = page.locator("code.secret").inner_text()
    counter = next(iter(yield_hotp_counters_from_time()))
    type_in_turn(page, format_hotp_value(hotp_value(secret, counter)))
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    passes(page)
    return page.locator("li code").all_inner_texts()


def plug_in_a_passkey(page: Page) -> None:
    """A telephone, as it were, that knows its owner's finger."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page: Page, studio: Site, email: str, recovery_code: str) -> None:
    page.goto(f"{studio.url}/studio/account/login/")
    type_in_turn(page, email, PASSWORD)
    passes(page)
    type_in_turn(page, recovery_code)


def test_people_come_in(studio: Site, open_page: OpenPage) -> None:
    ana = open_page(viewport=PHONE, locale="en")
    link = studio.printed(r"http\S+/studio/begin/\S+")

    # The first owner, by the printed link.
    ana.goto(f"{studio.url}/studio/")
    passes(ana)
    ana.goto(link)
    passes(ana)
    type_in_turn(ana, "Ana Example", "ana@example.org", "Coalition", PASSWORD)
    expect(ana.get_by_role("heading", name="How you sign in")).to_be_visible()
    passes(ana)
    ana.goto(f"{studio.url}/studio/")
    expect(ana.get_by_role("heading", name="How you sign in")).to_be_visible()
    codes = set_up_an_app(ana)
    assert len(codes) == 10
    ana.goto(link)
    expect(ana.get_by_role("heading", name="This link has ended")).to_be_visible()
    passes(ana)

    # A letter, and a partner for that letter alone.
    ana.goto(f"{studio.url}/studio/")
    passes(ana)
    ana.get_by_role("link", name="New letter").click()
    passes(ana)
    type_in_turn(ana, "Clean air, now", "clean-air-now")
    expect(ana.get_by_text("The letter is there, as a draft.")).to_be_visible()
    ana.goto(f"{studio.url}/studio/letters/clean-air-now/people/")
    ana.get_by_role("link", name="Invite somebody").click()
    passes(ana)
    ana.get_by_label("E-mail address").fill("bo@example.org")
    ana.locator("[name=role][value=editor]").check()
    press(ana, "Send the invitation")
    passes(ana)

    # The partner, in Arabic, with a passkey.
    mail = studio.mail_to("bo@example.org")
    found = re.search(rf"{re.escape(studio.url)}/studio/join/\S+", mail.text)
    assert found is not None
    bo = open_page(viewport=PHONE, locale="ar")
    plug_in_a_passkey(bo)
    bo.goto(found[0])
    assert bo.locator("html").get_attribute("dir") == "rtl"
    passes(bo)
    type_in_turn(bo, "Bo Partner", PASSWORD)
    passes(bo)
    bo.goto(f"{studio.url}/studio/account/factors/webauthn/add/")
    passes(bo)
    bo.locator("[name=name]").fill("my telephone")
    with bo.expect_navigation():
        bo.locator("[data-passkey-button]").click()
    bo.wait_for_url("**/recovery-codes/")
    passes(bo)
    bo.goto(f"{studio.url}/studio/")
    passes(bo)
    assert bo.locator("main a").all_inner_texts() == ["Clean air, now"]
    people = f"{studio.url}/studio/letters/clean-air-now/people/"
    bo.goto(people)
    passes(bo)
    assert "ana@example.org" not in bo.content()
    assert "Ana Example" in bo.content()
    bo.goto(found[0])
    assert bo.locator("h1").count() == 1
    passes(bo)

    # Once more, with the passkey alone.
    bo.context.clear_cookies()
    bo.goto(f"{studio.url}/studio/account/login/")
    passes(bo)
    bo.locator("[data-passkey-button]").click()
    bo.wait_for_url(f"{studio.url}/studio/")

    # Ana at another desk, with a recovery code; and everywhere else signed out.
    desk = open_page(viewport=PHONE, locale="en")
    sign_in(desk, studio, "ana@example.org", codes[0])
    desk.goto(f"{studio.url}/studio/account/sessions/")
    passes(desk)
    assert desk.locator("ul.rows > li").count() == 2
    press(desk, "Sign out the others")
    expect(desk.get_by_text("You are signed in nowhere else.")).to_be_visible()
    ana.goto(f"{studio.url}/studio/")
    expect(ana.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()

    # A session that ends in the middle of typing: what was sent is kept, and sent again.
    desk.goto(f"{studio.url}/studio/")
    desk.get_by_role("link", name="New letter").click()
    desk.context.clear_cookies()
    type_in_turn(desk, "Clean water, too", "clean-water-too")
    expect(desk.get_by_role("heading", name="You are signed out")).to_be_visible()
    passes(desk)
    with desk.context.expect_page() as opened:
        desk.get_by_role("link", name="Sign in again in a new tab").click()
    tab = opened.value
    sign_in(tab, studio, "ana@example.org", codes[1])
    press(desk, "Send it again")
    expect(desk.get_by_text("The letter is there, as a draft.")).to_be_visible()
