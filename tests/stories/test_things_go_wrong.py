"""Slips, second thoughts, and other people's addresses."""

from __future__ import annotations

import pytest

from tests.browser import OpenPage
from tests.stories.conftest import Site, Visitor

pytestmark = pytest.mark.browser


def test_gita_makes_mistakes_and_loses_nothing(site: Site, open_page: OpenPage) -> None:
    gita = Visitor(open_page(java_script_enabled=False), site)
    gita.opens("/example/en/sign/")
    gita.page.locator("form").evaluate("form => form.noValidate = true")
    gita.chooses("kind", "organisation")
    gita.types(name="https://gita.example", email="gita at example", website="not a site")
    gita.ticks("consent_updates")
    gita.reads_slowly()
    gita.presses("Sign")
    assert gita.sees("This contains a web address. Enter it without links.")
    assert gita.sees("This is not an e-mail address. It should look like name@example.org.")
    assert gita.sees("Enter your role in the organisation, such as director or board member.")
    assert gita.sees("This is not a web address. It should look like https://example.org.")
    assert gita.page.locator("[name=name]").input_value() == "https://gita.example"
    assert gita.page.locator("[name=email]").input_value() == "gita at example"
    assert gita.page.locator("[name=kind][value=organisation]").is_checked()
    assert gita.page.locator("[name=consent_updates]").is_checked()


def test_hugo_signs_twice_with_two_spellings_of_his_address(
    site: Site, open_page: OpenPage
) -> None:
    hugo = Visitor(open_page(), site)
    before = hugo.counts()["total"]
    _sign(hugo, "Hugo Esempio", "hugo.esempio@gmail.com")
    first_page = hugo.page.content()
    hugo.page.goto(site.link_in(site.mail_to("hugo.esempio@gmail.com")))
    hugo.ticks("statement")
    hugo.presses("Confirm the signature")
    hugo.finds_at("/example/", "Hugo Esempio")

    _sign(hugo, "Hugo Again", "HugoEsempio+news@googlemail.com")
    assert hugo.page.content() == first_page, "the page must not tell that he has signed"
    mail = site.mail_to("HugoEsempio+news@googlemail.com")
    assert mail.subject == "You have already signed “Let people read without being watched”"
    assert hugo.counts()["total"] == before + 1


def test_a_link_in_a_mail_does_nothing_until_a_person_decides(
    site: Site, open_page: OpenPage
) -> None:
    ines = Visitor(open_page(), site)
    _sign(ines, "Ines Exemplo", "ines@example.org")
    before = ines.counts()["total"]
    link = site.link_in(site.mail_to("ines@example.org"))
    for _ in range(3):
        ines.page.goto(link)
        ines.page.wait_for_timeout(500)
        assert ines.sees("Confirm your signature")
    assert ines.counts()["total"] == before

    ines.page.locator("form").first.evaluate("form => form.noValidate = true")
    ines.presses("Confirm the signature")
    assert ines.sees("Tick the statement to confirm that you sign.")
    ines.ticks("statement")
    ines.presses("Confirm the signature")
    assert ines.sees("Thank you: your signature is confirmed")
    ines.page.goto(link)
    assert ines.sees("Thank you: your signature is confirmed")


def test_jonas_did_not_sign_and_is_left_in_peace(site: Site, open_page: OpenPage) -> None:
    stranger = Visitor(open_page(), site)
    _sign(stranger, "Jonas Beispiel", "jonas@example.org")
    jonas = Visitor(open_page(), site)
    jonas.page.goto(site.link_in(site.mail_to("jonas@example.org")))
    jonas.presses("It was not me: delete it")
    assert b"Beispiel" not in jonas.page.content().encode()

    _sign(stranger, "Jonas Beispiel", "jonas@example.org")
    _sign(stranger, "Somebody Else", "else@example.org")
    site.mail_to("else@example.org")
    assert len(site.mails_to("jonas@example.org")) == 1


def test_an_unknown_link_says_what_to_do(site: Site, open_page: OpenPage) -> None:
    kofi = Visitor(open_page(), site)
    answer = kofi.page.goto(f"{site.url}/example/confirm/{'A' * 22}/")
    assert answer is not None
    assert answer.status == 404
    assert kofi.page.locator("main a").count() > 0


def _sign(visitor: Visitor, name: str, email: str) -> None:
    visitor.opens("/example/")
    visitor.chooses("kind", "individual")
    visitor.types(name=name, email=email)
    visitor.ticks("consent_publication")
    visitor.reads_slowly()
    visitor.presses("Sign")
    visitor.page.wait_for_url("**/check-inbox/")
