"""Whose form it is, as browsers say."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.website.visiting import good_form
from undersigned.letters.models import Letter
from undersigned.signatures.models import Signature
from undersigned.website.origin import from_this_site

HOST = "letters.example.org"


@pytest.mark.parametrize(
    ("fetch_site", "origin", "ours"),
    [
        ("same-origin", None, True),
        ("none", None, True),
        ("same-site", None, False),
        ("cross-site", f"https://{HOST}", False),
        ("", None, False),
        (None, f"https://{HOST}", True),
        (None, "https://evil.example", False),
        (None, f"https://{HOST}.evil.example", False),
        (None, "null", False),
        (None, "http://[", False),
        (None, "", False),
        (None, None, True),
    ],
)
def test_a_form_is_ours_or_not(fetch_site: str | None, origin: str | None, ours: bool) -> None:
    assert from_this_site(fetch_site, origin, HOST) is ours


def test_the_sites_own_address_counts_behind_a_proxy_that_changes_the_host(
    settings: Settings,
) -> None:
    settings.SITE_URL = "https://letters.example.org"
    assert from_this_site(None, "https://letters.example.org", "10.0.0.7:8000")


@pytest.mark.parametrize(
    ("fetch_site", "origin", "ours"),
    [
        (None, None, False),
        ("same-origin", None, True),
        ("same-site", None, False),
        (None, f"https://{HOST}", True),
        (None, "https://evil.example", False),
    ],
)
def test_a_form_of_somebody_who_signed_in_needs_a_browser_that_says_so(
    fetch_site: str | None, origin: str | None, ours: bool
) -> None:
    """The studio's forms have no stamps."""
    assert from_this_site(fetch_site, origin, HOST, signed_in=True) is ours


def test_a_session_is_no_use_to_another_sites_form(client: Client, db: None) -> None:
    client.cookies["studio"] = "anything"
    answer = client.post("/studio/account/logout/")
    assert answer.status_code == 403
    assert "Your browser says that another site sent this form" in answer.text


def test_without_a_host_no_origin_is_ours() -> None:
    assert from_this_site(None, "null", "") is False


@given(st.text(max_size=60))
def test_no_origin_breaks_it(origin: str) -> None:
    assert from_this_site(None, origin, HOST) == (origin == f"https://{HOST}")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
    ],
)
def test_another_sites_form_is_refused_with_a_sentence_and_not_stored(
    client: Client, letter: Letter, headers: dict[str, str]
) -> None:
    response = client.post("/letter/sign/", good_form(letter), headers=headers)
    assert response.status_code == 403
    assert "Your browser says that another site sent this form" in response.text
    assert not Signature.objects.exists()


def test_reading_is_free_for_links_from_anywhere(client: Client, letter: Letter) -> None:
    response = client.get("/letter/", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 200
