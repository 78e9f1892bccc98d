"""A moderator notes that an organisation vouches for another one."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.conf import settings

from tests.builders import confirmed, listed
from tests.studio.people import Colleague
from undersigned.letters.models import Letter
from undersigned.signatures.authority.raising import raise_authority
from undersigned.signatures.models import Kind, Level, Signature
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio.views import vouching
from undersigned.teams.installation import STUDIO_KEY
from undersigned.teams.models import Installation

DAY = date(2026, 11, 20)


@pytest.fixture
def row(letter: Letter, keys: WorkerKeys) -> Signature:
    return confirmed(letter, keys, kind=Kind.ORGANISATION, role="Chair", name="Example Trust")


@pytest.fixture
def vouchers(letter: Letter, keys: WorkerKeys) -> list[Signature]:
    rows = [
        listed(letter, keys, kind=Kind.ORGANISATION, role="Chair", name=name)
        for name in ("Ash Fund", "Birch Union", "Cedar League", "Dogwood e.V.")
    ]
    for row in rows:
        raise_authority(row.pk, Level.DNS, "example.org", DAY)
    return rows


@pytest.fixture
def there(letter: Letter, row: Signature) -> str:
    return f"/studio/letters/{letter.slug}/signatures/{row.pk}/"


def sent(
    vouchers: list[Signature], told_by: str = "Their director, by telephone"
) -> dict[str, object]:
    return {"vouchers": [str(one.pk) for one in vouchers], "told_by": told_by}


def test_it_is_noted_shown_and_taken_back(
    owner: Colleague, there: str, row: Signature, vouchers: list[Signature]
) -> None:
    assert f"{there}vouching/?back=" in owner.get(there.partition("signatures/")[0] + "queue/").text
    form = owner.get(f"{there}vouching/", {"back": there}).text
    assert "Ash Fund: controlled example.org by DNS on 20 November 2026" in form
    page = owner.post(f"{there}vouching/", {**sent(vouchers[:2]), "back": there}, follow=True).text
    assert "Noted: it is vouched for." in page
    assert "Vouched for by Ash Fund and Birch Union on " in page
    assert "<bdi>Their director, by telephone</bdi>" in page
    (take_back,) = re.findall(r'action="([^"]+/take-back/)"', page)
    page = owner.post(take_back, follow=True).text
    assert "Taken back. What was known before is shown again." in page
    assert "Nothing proves yet who signs for it." in page
    assert "This was taken back already." in owner.post(take_back, follow=True).text


def test_what_is_missing_or_too_much_is_said_and_nothing_is_lost(
    owner: Colleague, there: str, vouchers: list[Signature]
) -> None:
    for filled, sentence in (
        (sent([]), "Choose at least one organisation."),
        (sent(vouchers[:1], ""), "Say who told you, and how."),
        (sent(vouchers), "Choose three at most."),
    ):
        answer = owner.post(f"{there}vouching/", filled)
        assert answer.status_code == 422
        assert sentence in answer.text
    assert "Their director, by telephone" in owner.post(f"{there}vouching/", sent([])).text


def test_what_cannot_be_noted_is_said(
    owner: Colleague,
    there: str,
    row: Signature,
    vouchers: list[Signature],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(more: str) -> None:
        answer = owner.post(f"{there}vouching/", sent(vouchers[:1]))
        assert answer.status_code == 422
        assert f"Nothing was noted: {more}" in answer.text

    raise_authority(row.pk, Level.WELL_KNOWN, "example.org", DAY)
    refused("there is stronger evidence already")
    with monkeypatch.context() as patched:
        patched.setattr(vouching.vouching.raising, "MAY_VOUCH", ())
        refused("choose at most three")
    Installation.objects.update(studio_key=None)
    refused("names cannot be sealed")


def test_of_many_some_are_shown_and_the_others_are_found_by_name(
    owner: Colleague, there: str, vouchers: list[Signature], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vouching, "_MOST_SHOWN", 2)
    page = owner.get(f"{there}vouching/").text
    assert ("Birch Union" in page, "Cedar League" in page) == (True, False)
    assert "Cedar League" in owner.get(f"{there}vouching/", {"q": "cedar"}).text
    assert (
        "No organisation that may vouch has this name."
        in owner.get(f"{there}vouching/", {"q": "nobody"}).text
    )


def test_before_anybody_may_vouch_the_page_says_what_it_takes(owner: Colleague, there: str) -> None:
    assert "No organisation on the list may vouch yet." in owner.get(f"{there}vouching/").text


def test_without_the_studios_key_who_told_is_not_shown(
    owner: Colleague, there: str, vouchers: list[Signature]
) -> None:
    owner.post(f"{there}vouching/", sent(vouchers[:1]))
    key = settings.DATA / "web" / STUDIO_KEY
    kept = key.read_bytes()
    key.unlink()
    try:
        page = owner.get(there).text
    finally:
        key.write_bytes(kept)
    assert "Vouched for by Ash Fund" in page
    assert "telephone" not in page
