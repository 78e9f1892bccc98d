"""The studio's style sheet and scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from undersigned.studio.assets import FOLDER
from undersigned.website.assets import asset_url


@pytest.mark.parametrize("part", ["studio.css", "studio.js", "htmx.js"])
def test_what_the_pages_load_is_there(client: Client, part: str) -> None:
    assert client.get(asset_url(part)).status_code == 200


def test_the_style_sheet_states_the_order_of_all_layers_that_are_filled(client: Client) -> None:
    style = client.get(asset_url("studio.css")).text
    order, _, _ = style.removeprefix("@layer ").partition(";")
    assert {*re.findall(r"@layer (\w+) \{", style)} == set(order.split(", "))
    assert "--accent" in style, "the website's palette is part of it"


def test_each_script_keeps_its_names_to_itself() -> None:
    """They are joined into one file, where two of one name would be an error."""
    for script in (FOLDER / "js").glob("*.js"):
        text = script.read_text("utf-8")
        assert re.findall(r"^(?:const|let|function|class) ", text, re.MULTILINE) == []


def test_what_others_wrote_stands_beside_its_licence_and_version() -> None:
    readme = (FOLDER / "vendor" / "README.md").read_text("utf-8")
    for path in (FOLDER / "vendor").glob("*.js"):
        (row,) = [line for line in readme.splitlines() if f"`{path.name}`" in line]
        licence = re.search(r"`([\w.]+LICENSE\.txt)`", row)
        assert licence is not None
        assert (FOLDER / "vendor" / licence[1]).is_file()
        version = row.split("|")[2].strip()
        assert version in path.read_text("utf-8")


@pytest.mark.parametrize(
    "path", sorted((FOLDER / "templates").rglob("*.html")), ids=lambda p: p.name
)
def test_templates_bring_no_scripts_and_styles_of_their_own(path: Path) -> None:
    """The Content-Security-Policy would refuse them, in the browser and without a word."""
    text = re.sub(r"\{%.*?%\}", "", path.read_text("utf-8"))
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:|data:", text) == []
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
