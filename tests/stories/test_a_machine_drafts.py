"""A host sets a translation service; a translator has drafts written, and reads each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import OpenPage
from tests.letters.translating.translation_server import TranslationServer, translation_server
from tests.stories import conftest
from tests.stories.conftest import Site
from tests.stories.organising import Organiser, fresh_site

pytestmark = pytest.mark.browser

ASKED = "We ask for *clean* air: see [the study](https://air.example/s)."
PART = "languages/es/"


@pytest.fixture
def server() -> Iterator[TranslationServer]:
    with translation_server() as server:
        yield server


@pytest.fixture
def site(
    tmp_path: Path, server: TranslationServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    environment = conftest.host_environment()
    environment["UNDERSIGNED_LIBRETRANSLATE_URL"] = server.address
    monkeypatch.setattr(conftest, "host_environment", lambda _: environment)
    with fresh_site(tmp_path) as site:
        yield site


def test_from_the_button_to_drafts_that_somebody_read(
    site: Site, server: TranslationServer, open_page: OpenPage
) -> None:
    ana = Organiser(open_page(), site)
    ana.begins("Ana", "Coalition")
    _writes_a_letter(ana)
    assert ana.sees("4 blocks have no words yet. They can be sent to 127.0.0.1")
    assert ana.sees("that service would see its words before everybody else")
    assert Axe().run(ana.page).response["violations"] == []
    assert server.asked == []

    ana.presses("Send, and have drafts written")
    # The page looks by itself how far it is.
    ana.page.get_by_text("4 blocks were drafted: read each of them.").wait_for()
    assert Axe().run(ana.page).response["violations"] == []
    assert all("air.example" not in text for text in server.texts)

    ana.goes_to(PART)
    fields = ana.page.locator("textarea")
    drafts = [fields.nth(place).input_value() for place in range(fields.count())]
    assert drafts[:2] == [
        "FOR CLEAN AIR",
        "WE ASK FOR *CLEAN* AIR: SEE [THE STUDY](https://air.example/s).",
    ]
    right = ana.page.get_by_label("I have read this, and it is right")
    assert right.count() == 4
    assert not ana.sees("blocks have no words yet")
    right.first.check()
    ana.presses("Save")
    assert right.count() == 3


def _writes_a_letter(ana: Organiser) -> None:
    ana.writes("For clean air", "clean-air", ASKED)
    ana.adds_language("es")
