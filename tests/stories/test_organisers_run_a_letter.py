"""A coalition runs a letter from the first draft to the delivery, in a browser only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import OpenPage
from tests.stories.conftest import Site, until
from tests.stories.organising import Arrival, Organiser, arrive, fresh_site

pytestmark = pytest.mark.browser

LIST = """Organisations

Centro Ejemplo, Mexico
Example Foundation, Germany
Beispiel e.V., Germany
Fondation Exemple, France

Individuals

Ana Lucía Prueba, Uruguay
Bo Eksempel, Denmark
မောင်ဥပမာ, Myanmar
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with fresh_site(tmp_path) as site:
        yield site


def test_from_the_first_draft_to_the_delivery(site: Site, open_page: OpenPage) -> None:
    ana = Organiser(open_page(), site)
    ana.begins("Ana", "Coalition")
    _writes_and_publishes(ana)
    _gathers_founders(ana)
    _launches(ana)
    _brings_a_list_in(ana)
    _clears_the_queue_by_keyboard(ana)
    _corrects_a_typo_and_changes_a_demand(ana)
    _delivers(ana)
    ana.goes_to("figures/")
    assert ana.page.locator("figure svg").count() > 0
    ana.goes_to()
    assert ana.sees("Ana")


def _writes_and_publishes(ana: Organiser) -> None:
    ana.page.goto(f"{ana.site.url}/studio/")
    ana.follows("New letter")
    ana.page.locator("[name=title]").fill("For clean air")
    ana.page.locator("[name=slug]").fill("clean-air")
    ana.page.locator("[name=language]").select_option("en")
    ana.presses("Create the draft")
    ana.slug = "clean-air"

    ana.goes_to("text/")
    ana.page.locator("[name=addressee]").fill("To the council")
    ana.page.locator("[name=body]").fill("We ask for clean air.\n\nWe ask for it nwo.")
    preview = ana.page.frame_locator("iframe.preview")
    expect(preview.locator("article.letter")).to_contain_text(
        "We ask for clean air.", timeout=15_000
    )
    ana.presses("Save")

    ana.goes_to("editions/")
    ana.presses("Publish the first edition")
    ana.presses("Publish")
    assert ana.sees("Edition 1")


def _gathers_founders(ana: Organiser) -> None:
    until(lambda: ana.goes_to("founders/") or ana.sees("Gather founders first"), "the letter's key")
    ana.presses("Open the founding round")
    link = ana.page.locator("a.address").inner_text()
    path = link.removeprefix(ana.site.url)
    arrive(ana.site, path, [Arrival("Founder Example", "founder@example.org")])
    bo = ana.page.context.new_page()
    until(
        lambda: bo.goto(link) and "Founder Example" in bo.locator("main").inner_text(),
        "the founder on the private page",
    )
    assert bo.goto(f"{ana.site.url}/clean-air/").status == 404  # type: ignore[union-attr]


def _launches(ana: Organiser) -> None:
    """Founders are told first: an hour is chosen, and the day is brought forward by the test."""
    ana.goes_to("founders/")
    at = timezone.now() + timedelta(hours=2)
    ana.page.locator("[name=day]").fill(f"{at:%Y-%m-%d}")
    ana.page.locator("[name=hour]").fill(f"{at:%H:%M}")
    ana.page.locator("[name=zone]").select_option("UTC")
    ana.page.locator("[name=exit_hours]").fill("1")
    ana.presses("Plan the launch")
    assert ana.sees("Planned for")
    ana.site.moves_launch_forward(hours=2)
    mail = ana.site.mail_to("founder@example.org", 2)
    assert "/clean-air/yours/" in mail.text
    ana.site.moves_launch_forward(hours=2)
    ana.finds("The letter was launched on", "founders/")


def _brings_a_list_in(ana: Organiser) -> None:
    ana.goes_to("imports/")
    ana.follows("Bring a list in")
    ana.page.locator("textarea").first.fill(LIST)
    ana.page.locator("[name=origin]").fill("Signed on paper at the spring meeting")
    for box in ana.page.locator("main form [type=checkbox]").all():
        box.check()
    ana.presses("Read the list")
    assert ana.sees("Centro Ejemplo")
    assert ana.sees("မောင်ဥပမာ")
    ana.follows("Put them on the list")
    ana.page.locator("main form button").first.click()
    ana.finds("7", "imports/")
    page = ana.page.context.new_page()
    until(
        lambda: page.goto(f"{ana.site.url}/clean-air/") and "မောင်ဥပမာ" in page.content(),
        "the list on the public page",
    )


def _clears_the_queue_by_keyboard(ana: Organiser) -> None:
    arrivals = [
        Arrival(
            f"Society Number {n}",
            f"board@society-{n}.example.org",
            "organisation",
            role="Chair",
            website=f"https://society-{n}.example.org",
            country="KE",
        )
        for n in range(6)
    ]
    arrive(ana.site, "/clean-air/", arrivals)
    ana.finds("Society Number 0", "queue/")
    until(
        lambda: ana.goes_to("queue/") or not ana.sees("(being prepared)"), "the evidence of all six"
    )
    for left in (5, 4, 3, 2):
        with ana.page.expect_navigation():
            ana.page.keyboard.press("a")
        assert ana.page.locator("#others li").count() == left
    with ana.page.expect_navigation():
        ana.page.keyboard.press("u")
    ana.goes_to("queue/")
    assert ana.page.locator("#others li").count() == 3
    while ana.page.locator("#others li").count():
        with ana.page.expect_navigation():
            ana.page.keyboard.press("a")
    assert ana.sees("Nothing waits.")
    until(lambda: ana.site.settled_total() == 14, "everybody who was accepted in the count")


def _corrects_a_typo_and_changes_a_demand(ana: Organiser) -> None:
    _edits(ana, "We ask for clean air.\n\nWe ask for it now.")
    _publishes(ana, "editorial", "A typo.")
    ana.goes_to("editions/")
    assert ana.sees("14 signatures stand under the present text.")

    _edits(ana, "We ask for clean air and water.\n\nWe ask for it now.")
    _publishes(ana, "substantive", "Water was forgotten.")
    ana.goes_to("editions/")
    assert ana.sees("14 stand under an earlier one, and are counted apart.")
    mail = ana.site.mail_to("board@society-0.example.org", 2)
    link = re.search(r"\S+/yours/\S+", mail.text)
    assert link is not None
    chair = ana.page.context.new_page()
    chair.goto(link[0])
    chair.get_by_role("button", name="Put my signature under the present text").click()
    until(
        lambda: ana.goes_to("editions/") or ana.sees("1 signature stands under the present text."),
        "the renewed signature",
    )


def _edits(ana: Organiser, body: str) -> None:
    ana.goes_to("text/")
    ana.page.locator("[name=body]").fill(body)
    ana.presses("Save")


def _publishes(ana: Organiser, change: str, note: str) -> None:
    ana.goes_to("editions/")
    ana.page.locator(f"[name=change][value={change}]").check()
    ana.page.locator("[name=note]").fill(note)
    ana.presses("Publish…")
    ana.presses("Publish")


def _delivers(ana: Organiser) -> None:
    ana.goes_to("deliver/")
    ana.page.locator("[name=form][value=pdf], [name=form]").first.wait_for()
    ana.presses("Make the file")
    button = ana.page.get_by_role("button", name="Download", exact=True)
    expect(button).to_be_visible(timeout=60_000)
    with ana.page.expect_download() as download:
        button.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
