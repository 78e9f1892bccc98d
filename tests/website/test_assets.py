"""Style sheet, script and icon."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from undersigned.website.assets import asset_url, find_asset


@pytest.mark.parametrize(
    ("part", "content_type"),
    [
        ("style.css", "text/css; charset=utf-8"),
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
