"""By a partner's link: sign, tick its box, be passed on to it alone, and take it back."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest
from playwright.sync_api import Page

from tests.browser import OpenPage
from tests.stories.conftest import Site, Visitor, host_environment, serving, until
from tests.stories.test_a_signer_leaves import passes

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def coalition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("coalition")) as site:
        yield site


def organisers(site: Site, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.stories.hosting_partners", str(site.data), *words],
        env=host_environment(),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def handed_over(site: Site, identity: Any) -> list[list[str]]:
    """A file is made and downloaded; what the partner reads in it."""
    organisers(site, "order")
    path = until(lambda: organisers(site, "fetch"), "the partner's file")
    return read(Path(path), identity)


def fetched_by_link(site: Site, page: Page, identity: Any, mails: int) -> list[list[str]]:
    """A file is made; the partner finds a mail about it, and downloads it by the link."""
    organisers(site, "order")
    mail = site.mail_to("files@green.example", mails)
    link = re.search(rf"{re.escape(site.url)}/example/partner/\S+", mail.text)
    assert link is not None
    page.goto(link[0])
    passes(page, "a file for a partner")
    with page.expect_download() as download:
        page.locator("main form button").click()
    return read(Path(download.value.path()), identity)


def read(path: Path, identity: Any) -> list[list[str]]:
    clear = pyrage.decrypt(path.read_bytes(), [identity]).decode()
    return [row[:2] for row in csv.reader(io.StringIO(clear, newline=""))][1:]


def signs(visitor: Visitor, name: str, address: str, *, box: bool) -> None:
    """On the page that is open; buttons are found in any language."""
    page = visitor.page
    visitor.chooses("kind", "individual")
    visitor.types(name=name, email=address)
    if box:
        visitor.ticks("partner-green")
    visitor.reads_slowly()
    with page.expect_navigation():
        page.locator(".sign form button").first.click()
    page.goto(visitor.site.link_in(visitor.site.mail_to(address)))
    visitor.chooses("visibility", "public")
    visitor.ticks("statement")
    with page.expect_navigation():
        page.locator("form.sign button").click()


def test_salma_ticks_a_box_in_arabic_without_scripts_and_takes_it_back(
    coalition: Site, open_page: OpenPage
) -> None:
    identity = pyrage.x25519.Identity.generate()
    organisers(coalition, "join", str(identity.to_public()))
    salma = Visitor(open_page(java_script_enabled=False, viewport=PHONE, locale="ar"), coalition)
    until(lambda: salma.page.goto(f"{coalition.url}/example/ar/with/green/"), "the link")
    assert salma.sees("ليراسلني الاتحاد الأخضر")
    assert not salma.page.locator("[name=partner-green]").is_checked()
    signs(salma, "سلمى مثال", "salma@example.org", box=True)
    omar = Visitor(open_page(viewport=PHONE), coalition)
    omar.opens("/example/en/with/green/")
    passes(omar.page, "the letter by a partner's link")
    signs(omar, "Omar Ejemplo", "omar@example.org", box=False)

    omar.finds_at("/example/en/with/green/", "2 signatures came by the link of Green Union.")
    assert handed_over(coalition, identity) == [["contact", "salma@example.org"]]

    with salma.page.expect_navigation():
        salma.page.locator("a[href*='/yours/']").click()
    own = salma.page.url
    with salma.page.expect_navigation():
        salma.page.locator("form:has([value=take-back-from]) button").click()
    union = open_page(viewport=PHONE)
    erased = fetched_by_link(coalition, union, identity, mails=2)
    assert erased == [["erase", "salma@example.org"]]
    # A download may come to nothing: the next file says it again.
    assert handed_over(coalition, identity) == erased
    omar.page.goto(own)
    passes(omar.page, "the signer's own page, with a partner")
