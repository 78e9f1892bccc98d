"""Style sheet, script and icon; and those that other parts of the program add."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from undersigned.website import assets
from undersigned.website.assets import add_asset, asset_url, find_asset, style_sheets


@pytest.mark.parametrize(
    ("part", "content_type"),
    [
        ("style.css", "text/css; charset=utf-8"),
        ("editions.css", "text/css; charset=utf-8"),
        ("plots.css", "text/css; charset=utf-8"),
        ("page.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ],
)
def test_an_asset_is_served_at_an_address_that_changes_with_it(
    client: Client, part: str, content_type: str
) -> None:
    url = asset_url(part)
    stem, ending = part.split(".")
    assert re.fullmatch(rf"/static/{stem}\.[0-9a-f]{{10}}\.{ending}", url)
    response = client.get(url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content


def test_anything_else_is_not_there(client: Client) -> None:
    assert client.get("/static/style.css").status_code == 404
    assert client.get("/static/style.0123456789.css").status_code == 404
    assert client.get("/static/..%2Fassets.py").status_code == 404
    assert find_asset("secret_key") is None
    with pytest.raises(KeyError):
        asset_url("other.css")


def test_the_style_sheet_begins_with_the_order_of_its_layers_and_carries_no_comments(
    client: Client,
) -> None:
    style = client.get(asset_url("style.css")).text
    assert style.startswith("@layer ")
    assert "/*" not in style


@pytest.fixture
def as_before() -> Iterator[None]:
    known = dict(assets._sources)
    yield
    assets._sources.clear()
    assets._sources.update(known)
    assets._put_together.cache_clear()


@pytest.mark.usefixtures("as_before")
def test_what_is_added_is_served_joined_in_the_order_given(client: Client, tmp_path: Path) -> None:
    (tmp_path / "b.css").write_text("@layer b {\n  p { color: red; } /* why */\n}\n")
    (tmp_path / "layers.css").write_text("@layer a, b;\n")
    (tmp_path / "a.css").write_text("@layer a {}\n")
    add_asset("more.css", *style_sheets(tmp_path))
    served = client.get(asset_url("more.css"))
    assert served.text == "@layer a, b;\n@layer a {}\n@layer b {\np { color: red; }\n}"
    assert served.headers["Content-Type"] == "text/css; charset=utf-8"


@pytest.mark.usefixtures("as_before")
def test_what_is_added_anew_takes_the_place_of_the_old(tmp_path: Path) -> None:
    script = tmp_path / "one.js"
    script.write_text("1;")
    add_asset("more.js", script)
    first = asset_url("more.js")
    script.write_text("2;")
    add_asset("more.js", script)
    assert asset_url("more.js") != first
