"""Headers that every answer carries."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from tests.builders import link_of, signed
from tests.website.visiting import Running, good_form
from undersigned.letters.models import Letter
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.website.assets import asset_url
from undersigned.website.headers import security_headers


def test_what_is_allowed_is_little() -> None:
    headers = security_headers()
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]


def test_https_is_for_good_where_there_is_https(settings: Settings) -> None:
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert "Strict-Transport-Security" not in security_headers()
    settings.SITE_URL = "https://letters.example.org"
    assert security_headers()["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_a_file_says_what_matters_for_a_file(front: Running) -> None:
    for name in ("style.css", "page.js", "icon.svg"):
        headers = front.get(asset_url(name)).headers
        assert headers["content-security-policy"] == "default-src 'none'"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert "permissions-policy" not in headers


def _carries_all(headers: dict[str, str]) -> bool:
    expected = {name.lower(): value for name, value in security_headers().items()}
    # What anybody may embed says so itself.
    expected.pop("cross-origin-resource-policy")
    return expected.items() <= headers.items() and "cross-origin-resource-policy" in headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/letter/", 200),
        ("GET", "/letter/", 200),
        ("GET", "/letter/en/sign/", 200),
        ("GET", "/letter/en/check-inbox/", 200),
        ("GET", "/letter/signatures/?q=ana", 200),
        ("GET", "/letter/count.json", 200),
        ("GET", "/healthz", 200),
        ("GET", "/outbox/", 200),
        ("GET", "/letter", 301),
        ("GET", "/nowhere/", 404),
        ("GET", "/letter/xx/", 404),
        ("GET", f"/letter/confirm/{'x' * 22}/", 404),
        ("POST", "/letter/", 405),
        ("BREW", "/letter/", 405),
        ("POST", "/letter/sign/", 422),
    ],
)
def test_every_answer_carries_them(
    front: Running, letter: Letter, method: str, path: str, status: int
) -> None:
    for _ in range(2):  # the second time from memory, where there is one
        answer = front.send(method, path, content_type="application/x-www-form-urlencoded")
        assert answer.status == status
        assert _carries_all(answer.headers)
        assert "undersigned-keep" not in answer.headers


def test_the_fast_roads_and_large_bodies_carry_them_too(
    front: Running, letter: Letter, keys: WorkerKeys
) -> None:
    front.look()
    signed_up = front.post("/letter/sign/", good_form(letter))
    too_large = front.post("/letter/sign/", b"x" * 100_000)
    link = f"/letter/confirm/{link_of(signed(letter), keys)}/"
    confirmed = front.post(link, {"visibility": "public", "statement": "on"})
    answers = [signed_up, too_large, confirmed, front.get(link)]
    assert [answer.status for answer in answers] == [303, 413, 303, 200]
    for answer in answers:
        assert _carries_all(answer.headers)
        assert answer.headers["cache-control"] == "no-store"


def test_pages_with_a_link_of_somebodys_own_are_kept_by_nobody(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    link = f"/letter/confirm/{link_of(signed(letter), keys)}/"
    answers = [
        client.get(link),
        client.post(link),
        client.get(f"{link}not-me/"),
        client.get("/letter/confirm/unknown/"),
        client.post(f"{link}not-me/"),
    ]
    assert [answer.status_code for answer in answers] == [200, 422, 303, 404, 200]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_public_pages_may_be_kept_for_seconds_and_never_served_old(
    client: Client, letter: Letter
) -> None:
    """Who hides a name was told that it goes within seconds, also while nobody can reach us."""
    feeds = ("/letter/en/updates.atom", "/letter/en/updates.json")
    for path in ("/", "/letter/", "/letter/signatures/", "/letter/count.json", *feeds):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=5, must-revalidate"


def test_the_page_of_a_volunteer_takes_larger_forms(front: Running, letter: Letter) -> None:
    """A long letter in Burmese, as a browser sends it, is longer than any other form of ours."""
    words = b"w-body-x=" + b"x" * 200_000
    path = f"/letter/translate/{'A' * 22}/"
    answer = front.post(path, words, sec_fetch_site="same-origin")
    assert answer.status == 404
    assert "x" * 200_000 in answer.text
    assert answer.headers["cache-control"] == "no-store"
    too_large = front.post("/letter/translate/short/", words, sec_fetch_site="same-origin")
    assert too_large.status == 413
