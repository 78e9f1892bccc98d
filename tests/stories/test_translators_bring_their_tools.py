"""A letter goes out as a file, through translators' own tools, and back in, while others work.

Without scripts, and on a phone too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import OpenPage
from tests.stories.conftest import Site
from tests.stories.organising import Organiser, fresh_site

pytestmark = pytest.mark.browser

ASKED = "We ask for *clean* air by 2030: see [the study](https://air.example/s)."
BODY = f"### Why\n\n{ASKED}\n\n- To breathe"
SPANISH = {
    "For clean air": "Por un aire limpio",
    "Why": "Por qué",
    ASKED: "Pedimos aire *limpio* antes de 2030: véase [el estudio](https://air.example/s).",
    "To breathe": "Para respirar",
    "Publish the name with this letter": "Publicar el nombre con esta carta",
    "Send me updates on this letter": "Enviarme noticias de esta carta",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with fresh_site(tmp_path) as site:
        yield site


def test_out_through_gettexts_tools_and_back(
    site: Site, open_page: OpenPage, tmp_path: Path
) -> None:
    ana = Organiser(open_page(), site)
    ana.begins("Ana", "Coalition")
    _writes_a_letter(ana)
    po, xliff = _gets(ana, "PO", tmp_path), _gets(ana, "XLIFF 2", tmp_path)
    assert (po.name, xliff.name) == ("clean-air-es.po", "clean-air-es.xlf")
    _translate(po)
    _gettext_and_pofilter_find_nothing(po)
    _takes_it_in(ana, po, open_page)
    _keeps_what_was_changed_meanwhile(ana, po)
    _is_refused(ana, xliff)


def _writes_a_letter(ana: Organiser) -> None:
    ana.writes("For clean air", "clean-air", BODY)
    ana.adds_language("es")


def _gets(ana: Organiser, name: str, folder: Path) -> Path:
    ana.goes_to("languages/es/")
    ana.follows("Files for your own tools")
    with ana.page.expect_download() as download:
        ana.page.get_by_role("link", name=name, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def _translate(path: Path) -> None:
    """As Poedit would."""
    file = polib.pofile(path)
    for entry in file:
        entry.msgstr = SPANISH[entry.msgid]
    assert file.percent_translated() == 100
    file.save()


def _gettext_and_pofilter_find_nothing(path: Path) -> None:
    msgfmt = shutil.which("msgfmt")
    if msgfmt is not None:
        checked = subprocess.run(
            [msgfmt, "--check", "--output-file=-", path], capture_output=True, check=False
        )
        assert (checked.returncode, checked.stderr) == (0, b"")
    found = path.with_suffix(".found.po")
    pofilter = Path(sys.executable).with_name("pofilter")
    subprocess.run(
        [pofilter, "--progress=none", "--language=es", path, found], capture_output=True, check=True
    )
    assert not found.exists(), found.read_text()


def _takes_it_in(ana: Organiser, path: Path, open_page: OpenPage) -> None:
    _sends(ana.page, path)
    assert ana.sees("6 blocks can be taken in.")
    assert ana.sees("Nothing is stored yet.")
    _is_for_everybody(ana.page, "files-looked-through")
    ana.presses("Take it in")
    assert ana.sees("6 blocks were taken in.")
    ana.follows("To the workbench")
    assert ana.sees("6 of 6 blocks are translated.")


def _keeps_what_was_changed_meanwhile(ana: Organiser, path: Path) -> None:
    block = ana.page.locator(".block", has=ana.page.get_by_text("To breathe", exact=True))
    block.locator("textarea").fill("Para poder respirar")
    ana.presses("Save")
    file = polib.pofile(path)
    by_source = {entry.msgid: entry for entry in file}
    by_source["To breathe"].msgstr = "Respirar"
    by_source["Why"].msgstr = "Por qué <script>alert(1)</script>"
    file.save()
    ana.goes_to("languages/es/files/")
    _sends(ana.page, path)
    assert ana.sees("0 blocks can be taken in.")
    assert ana.sees("1 block was changed here since the file was written")
    assert ana.sees("Para poder respirar")
    assert ana.sees("HTML is in it: <script>, </script>.")
    _is_for_everybody(ana.page, "files-with-conflicts")
    ana.goes_to("languages/es/")
    assert block.locator("textarea").input_value() == "Para poder respirar"


def _is_refused(ana: Organiser, path: Path) -> None:
    path.write_text(path.read_text().replace("</file>", ""))
    ana.goes_to("languages/es/files/")
    _sends(ana.page, path)
    assert ana.sees("The file is damaged near line")
    _is_for_everybody(ana.page, "files-refused")


def _sends(page: Page, path: Path) -> None:
    page.locator("[name=file]").set_input_files(path)
    with page.expect_navigation():
        page.get_by_role("button", name="Look through it", exact=True).click()


def _is_for_everybody(page: Page, name: str) -> None:
    """No faults that axe finds, and not too wide for a phone."""
    page.set_viewport_size({"width": 360, "height": 740})
    folder = os.environ.get("PICTURES_OF_THE_STORY")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360, f"{name} is {wide} pixels wide"
    found = Axe().run(page)
    assert found.response["violations"] == [], f"{name}: {found.generate_report()}"
    page.set_viewport_size({"width": 1280, "height": 720})
    if folder:
        page.screenshot(path=Path(folder) / f"{name}-wide.png", full_page=True)
