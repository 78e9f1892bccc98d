"""The first page of the studio."""

from __future__ import annotations

from tests.studio.people import Colleague
from undersigned.letters.models import Letter


def test_an_owner_finds_the_letter(owner: Colleague, letter: Letter) -> None:
    page = owner.get("/studio/").content.decode()
    assert f'href="/studio/letters/{letter.slug}/"' in page
    assert "A letter in en" in page


def test_its_overview_opens(owner: Colleague, letter: Letter) -> None:
    assert owner.get(f"/studio/letters/{letter.slug}/").status_code == 200
