"""A letter's own colour and logo, on every page of it and nowhere else."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from undersigned.letters.logos import make_logo
from undersigned.letters.models import Letter
from undersigned.letters.setting_up import set_logo, set_up, settings_of
from undersigned.website.appearance import accent_sheet, logo_file


@pytest.fixture
def dressed(letter: Letter) -> Letter:
    """Blue, with a green logo."""
    picture = BytesIO()
    Image.new("RGB", (60, 30), (10, 200, 10)).save(picture, "PNG")
    set_logo(letter, make_logo(picture.getvalue()), actor="Ana")
    set_up(letter, settings_of(letter), {"accent": "#0055aa", "facilitator": "A & B"}, actor="Ana")
    return Letter.objects.get()


def test_pages_link_the_colour_and_the_letter_shows_the_logo(
    client: Client, dressed: Letter
) -> None:
    sheet, logo = accent_sheet(dressed), logo_file(dressed)
    assert sheet is not None
    assert logo is not None

    page = client.get("/letter/").text

    assert f"<link rel=stylesheet href=/letter/{sheet.name}>" in page
    assert f'<img class=logo src=/letter/{logo.name} width=60 height=30 alt="A &amp; B">' in page
    assert sheet.name in client.get("/letter/en/signatures/").text
    assert sheet.name in client.get("/letter/en/sign/").text


def test_the_style_sheet_has_a_colour_for_light_and_one_for_dark(
    client: Client, dressed: Letter
) -> None:
    sheet = accent_sheet(dressed)
    assert sheet is not None

    answer = client.get(sheet.url(dressed))

    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.text == (
        "@layer base{:root{--accent:#0055aa;--on-accent:#ffffff}"
        "@media(prefers-color-scheme:dark){:root{--accent:#4188e1;--on-accent:#181613}}}"
    )


def test_both_may_be_kept_for_ever_at_an_address_that_changes_with_them(
    client: Client, dressed: Letter
) -> None:
    logo = logo_file(dressed)
    assert logo is not None

    answer = client.get(logo.url(dressed))

    assert (answer.content, answer.headers["Content-Type"]) == (logo.content, "image/png")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert client.get("/letter/logo-0000000000.png").status_code == 404
    assert client.get("/another/" + logo.name).status_code == 404


def test_a_letter_without_either_has_neither(client: Client, letter: Letter) -> None:
    page = client.get("/letter/").text

    assert "class=logo" not in page
    assert "accent-" not in page
    assert client.get("/letter/accent-0000000000.css").status_code == 404


def test_a_colour_that_cannot_be_read_any_more_is_left_out(letter: Letter) -> None:
    assert accent_sheet(Letter(slug="letter", accent="#ffffff")) is None
