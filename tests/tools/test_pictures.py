"""The documentation's pictures: that there is one for each place, small, and how they are made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tools.pictures import (
    FOLDER,
    PICTURES,
    SHEET,
    clean_environment,
    main_colours,
    shrink,
    until,
)
from tools.report import ROOT

NAMES = {SHEET, *(picture.name for picture in PICTURES)}
PAPER, INK, GREEN = (250, 249, 245), (26, 25, 22), (45, 106, 79)


def test_every_picture_that_a_page_shows_is_taken_and_the_other_way_round() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    shown = {
        name for page in pages for name in re.findall(r"pictures/([\w-]+)\.png", page.read_text())
    }
    assert shown == NAMES


def test_all_pictures_together_are_light_enough_for_a_clone() -> None:
    sizes = {path.stem: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert set(sizes) == NAMES
    assert max(sizes.values()) <= 150_000
    assert sum(sizes.values()) <= 1_600_000


def test_few_colours_are_kept_and_a_rare_one_that_differs_is_among_them(tmp_path: Path) -> None:
    page = Image.new("RGB", (400, 300), PAPER)
    for number in range(300):
        page.putpixel((number, 0), (249, 249, 245 - number % 3))
    page.paste(INK, (10, 10, 200, 40))
    page.paste(GREEN, (300, 200, 304, 204))
    path = tmp_path / "page.png"
    page.save(path)
    assert main_colours(page) == [PAPER, INK, GREEN]
    shrink(path)
    with Image.open(path) as small:
        assert small.mode == "P"
        seen = small.convert("RGB")
    assert [seen.getpixel(at) for at in ((100, 0), (50, 20), (302, 202))] == [PAPER, INK, GREEN]


def test_nobodys_real_site_is_in_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSIGNED_URL", "https://letters.example.org")
    monkeypatch.setenv("DATABASE_URL", "postgres:///letters")
    monkeypatch.setenv("LANG", "C.UTF-8")
    found = clean_environment()
    assert found["LANG"] == "C.UTF-8"
    assert not [name for name in found if name.startswith(("UNDERSIGNED_", "DATABASE_URL"))]


def test_waiting_ends_with_what_was_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with pytest.raises(TimeoutError, match="the queue"):
        until(lambda: False, "the queue", seconds=0)
    looks = iter([False, True])
    until(lambda: next(looks), "the queue")
    assert next(looks, None) is None
