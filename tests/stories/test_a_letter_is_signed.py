"""From reading a letter to standing under it."""

from __future__ import annotations

import pytest

from tests.browser import OpenPage
from tests.stories.conftest import Site, Visitor, until

pytestmark = pytest.mark.browser


def test_ana_signs_with_her_name_confirms_and_finds_herself_on_the_list(
    site: Site, open_page: OpenPage
) -> None:
    ana = Visitor(open_page(), site)
    before = ana.counts()

    ana.opens("/example/")
    ana.chooses("kind", "individual")
    ana.types(name="Ana Lucía Prueba", email="ana@example.org", title="Baker")
    ana.page.locator("[name=country]").select_option("UY")
    ana.ticks("consent_publication")
    ana.reads_slowly()
    ana.presses("Sign")
    assert ana.page.url == f"{site.url}/example/en/check-inbox/"

    mail = site.mail_to("ana@example.org")
    assert "Ana" not in mail.text, "a mail must not repeat what somebody typed"
    ana.page.goto(site.link_in(mail))
    assert ana.sees("Ana Lucía Prueba")
    ana.ticks("statement")
    ana.presses("Confirm the signature")

    ana.finds_at("/example/", "Ana Lucía Prueba")
    until(lambda: ana.counts()["individuals"] == before["individuals"] + 1, "the count")
    assert ana.counts()["countries"] == before["countries"] + 1
    ana.opens("/example/en/signatures/?q=lucia+prueba")
    assert ana.sees("Ana Lucía Prueba")


def test_bo_signs_on_a_phone_without_scripts(site: Site, open_page: OpenPage) -> None:
    bo = Visitor(open_page(java_script_enabled=False, viewport={"width": 360, "height": 740}), site)
    bo.opens("/example/")
    sideways = "document.documentElement.scrollWidth <= 360"
    bo.chooses("kind", "individual")
    bo.types(name="Bo Uden Skripter", email="bo@example.org")
    bo.ticks("consent_publication")
    bo.reads_slowly()
    bo.presses("Sign")
    bo.page.goto(site.link_in(site.mail_to("bo@example.org")))
    bo.ticks("statement")
    bo.presses("Confirm the signature")
    bo.finds_at("/example/", "Bo Uden Skripter")
    with_scripts = open_page(viewport={"width": 360, "height": 740})
    with_scripts.goto(f"{site.url}/example/")
    assert with_scripts.evaluate(sideways), "the page must not scroll sideways on a phone"


def test_chidi_signs_by_keyboard_alone(site: Site, open_page: OpenPage) -> None:
    chidi = Visitor(open_page(), site)
    keyboard = chidi.page.keyboard
    chidi.opens("/example/")
    _tab_to(chidi, "[name=kind]")
    keyboard.press("Space")
    _tab_to(chidi, "[name=name]")
    keyboard.type("Chidi Mfano")
    _tab_to(chidi, "[name=email]")
    keyboard.type("chidi@example.org")
    _tab_to(chidi, "[name=consent_publication]")
    keyboard.press("Space")
    chidi.reads_slowly()
    _tab_to(chidi, "form button")
    keyboard.press("Enter")
    chidi.page.wait_for_url("**/check-inbox/")

    chidi.page.goto(site.link_in(site.mail_to("chidi@example.org")))
    _tab_to(chidi, "[name=statement]")
    keyboard.press("Space")
    _tab_to(chidi, "form button")
    with chidi.page.expect_navigation():
        keyboard.press("Enter")
    assert chidi.sees("Thank you: your signature is confirmed")
    chidi.finds_at("/example/", "Chidi Mfano")


def test_dalia_signs_in_arabic_and_is_answered_in_arabic(site: Site, open_page: OpenPage) -> None:
    dalia = Visitor(open_page(locale="ar"), site)
    dalia.opens("/example/ar/")
    assert dalia.page.locator("html").get_attribute("dir") == "rtl"
    dalia.chooses("kind", "individual")
    dalia.types(name="داليا مثال", email="dalia@example.org")
    dalia.ticks("consent_publication")
    dalia.reads_slowly()
    with dalia.page.expect_navigation():
        dalia.page.locator("form button").click()
    assert dalia.page.url == f"{site.url}/example/ar/check-inbox/"

    mail = site.mail_to("dalia@example.org")
    assert mail.language == "ar"
    assert "Somebody" not in mail.text
    dalia.page.goto(site.link_in(mail))
    assert dalia.page.locator("html").get_attribute("dir") == "rtl"
    dalia.ticks("statement")
    with dalia.page.expect_navigation():
        dalia.page.locator("form button").first.click()
    dalia.finds_at("/example/ar/", "داليا مثال")


def test_emre_is_counted_and_shown_to_nobody(site: Site, open_page: OpenPage) -> None:
    emre = Visitor(open_page(), site)
    before = emre.counts()["total"]
    emre.opens("/example/")
    emre.chooses("kind", "individual")
    emre.types(name="Emre Gizli", email="emre@example.org")
    emre.reads_slowly()
    emre.presses("Sign")
    emre.page.goto(site.link_in(site.mail_to("emre@example.org")))
    emre.ticks("statement")
    emre.presses("Confirm the signature")
    until(lambda: emre.counts()["total"] == before + 1, "the count")
    emre.opens("/example/en/signatures/?q=emre")
    assert not emre.sees("Emre Gizli")
    assert b"Gizli" not in (site.data / "db.sqlite3").read_bytes()
    assert b"Gizli" not in (site.data / "db.sqlite3-wal").read_bytes()


def _tab_to(visitor: Visitor, selector: str) -> None:
    """Press Tab until the focus is there, as somebody without a mouse would."""
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"{selector} cannot be reached by keyboard")
