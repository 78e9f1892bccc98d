"""The intake road: what it takes itself, and what it leaves to Django."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import link_of, published_letter, signed
from tests.website.visiting import FORM, Running, good_form, scope
from undersigned.letters.models import Letter
from undersigned.letters.publishing import bump_revision
from undersigned.signatures import intake
from undersigned.signatures.intake import GroupCommit
from undersigned.signatures.listing import read_details
from undersigned.signatures.models import Signature, State
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.website.front.roads import Roads

CHOICE = {"visibility": "counted", "statement": "on"}
NEXT = "/letter/en/check-inbox/"


@pytest.fixture
def open_letter(letter: Letter, front: Running) -> Letter:
    """The letter, known to the front."""
    front.look()
    return letter


@pytest.fixture
def no_django(front: Running) -> Running:
    """A front with nothing behind it: what it does not take itself breaks."""
    front.front._django = None  # type: ignore[assignment]
    return front


def test_a_form_in_order_is_stored_without_django(
    open_letter: Letter, no_django: Running, keys: WorkerKeys
) -> None:
    answer = no_django.post("/letter/sign/", good_form(open_letter, name="Öster Example"))
    assert (answer.status, answer.headers["location"], answer.body) == (303, NEXT, b"")
    signature = Signature.objects.get()
    assert signature.state == State.PENDING
    assert read_details(signature, keys).name == "Öster Example"


def test_known_and_unknown_addresses_get_the_same_bytes(
    open_letter: Letter, no_django: Running
) -> None:
    addresses = ("ana@example.org", "ana@example.org", "Ana+x@example.org", "bo@example.org")
    forms = [good_form(open_letter, email=address) for address in addresses]
    answers = [no_django.post("/letter/sign/", form) for form in forms]
    assert answers == [answers[0]] * 4
    assert Signature.objects.count() == 4


def test_a_link_is_confirmed_without_django(
    open_letter: Letter, no_django: Running, keys: WorkerKeys
) -> None:
    url = f"/letter/confirm/{link_of(signed(open_letter), keys)}/"
    for _ in range(2):
        answer = no_django.post(url, CHOICE)
        assert (answer.status, answer.headers["location"]) == (303, url)
    assert Signature.objects.get().state == State.CONFIRMED


@pytest.mark.parametrize(
    ("changes", "headers", "status"),
    [
        ({"name": ""}, {}, 422),
        ({"stamp": "0.x"}, {}, 422),
        ({}, {"sec_fetch_site": "cross-site"}, 403),
        ({}, {"origin": "https://evil.example"}, 403),
        ({}, {"origin": "http://["}, 403),
        ({}, {"origin": "null"}, 403),
        ({}, {"content_type": "text/plain"}, 422),
        ({}, {"content_type": "application/json"}, 422),
    ],
)
def test_what_is_not_in_order_gets_djangos_words(
    open_letter: Letter,
    front: Running,
    changes: dict[str, str | None],
    headers: dict[str, str],
    status: int,
) -> None:
    answer = front.post("/letter/sign/", good_form(open_letter, **changes), **headers)
    assert answer.status == status
    assert "<h1>" in answer.text
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://127.0.0.1:8000"},
        {"sec_fetch_site": "same-origin", "origin": "null"},
        {"content_type": f"{FORM}; charset=UTF-8"},
        {"content_type": FORM.upper()},
    ],
)
def test_our_own_pages_forms_are_taken(
    open_letter: Letter, no_django: Running, headers: dict[str, str]
) -> None:
    assert no_django.post("/letter/sign/", good_form(open_letter), **headers).status == 303


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        (b"&name=%ff", 422),
        (b"&x=\xe9", 303),
        (b"&x=%zz&y=%", 303),
        (b"&name=%00", 422),
        (b"&name=Bo", 303),
        (b"&" + b"&".join(b"f%d=" % n for n in range(1_001)), 400),
        (b"&x=" + b"x" * 70_000, 413),
        (b"&x=" + b"x" * 10_000_000, 413),
        (b"&x=" + b"x" * 36_000_000, 413),
    ],
)
def test_no_body_breaks_it(open_letter: Letter, front: Running, extra: bytes, status: int) -> None:
    answer = front.post("/letter/sign/", urlencode(good_form(open_letter)).encode() + extra)
    assert answer.status == status
    assert Signature.objects.count() == (status == 303)
    if status != 303:
        assert "<h1>" in answer.text


def test_a_field_that_comes_twice_counts_once_on_both_roads(
    open_letter: Letter, front: Running, keys: WorkerKeys
) -> None:
    body = urlencode(good_form(open_letter)).encode() + b"&name=Bo+Example"
    front.post("/letter/sign/", body)
    front.post("/letter/sign/", body + b"&x=\xe9")  # this one goes to Django
    found = {read_details(signature, keys).name for signature in Signature.objects.all()}
    assert found == {"Bo Example"}


@pytest.mark.parametrize(
    ("token", "fields", "status"),
    [
        (None, {}, 422),
        (None, {"visibility": "public"}, 422),
        ("x" * 22, CHOICE, 404),
        ("short", CHOICE, 404),
    ],
)
def test_a_confirmation_that_is_not_in_order_gets_djangos_words(
    open_letter: Letter,
    front: Running,
    keys: WorkerKeys,
    token: str | None,
    fields: dict[str, str],
    status: int,
) -> None:
    token = token or link_of(signed(open_letter), keys)
    assert front.post(f"/letter/confirm/{token}/", fields).status == status
    assert not Signature.objects.filter(state=State.CONFIRMED).exists()


def test_who_was_not_warned_of_their_country_gets_djangos_words(
    open_letter: Letter, front: Running, keys: WorkerKeys
) -> None:
    url = f"/letter/confirm/{link_of(signed(open_letter, country='BY'), keys)}/"
    named = {**CHOICE, "visibility": "public"}
    Letter.objects.update(cautious_countries=["BY"])
    assert front.post(url, named).status == 422
    assert front.post(url, {**named, "warned": "on"}).status == 303
    assert Signature.objects.get().visibility == "public"


def test_a_letter_that_closed_a_moment_ago_says_so(open_letter: Letter, front: Running) -> None:
    Letter.objects.update(state="closed")
    bump_revision(open_letter)
    front.look()
    answer = front.post("/letter/sign/", good_form(open_letter))
    assert answer.status == 409
    assert "Your signature was not stored" in answer.text


def test_a_letter_whose_deadline_passed_says_so(front: Running, keys: WorkerKeys) -> None:
    letter = published_letter(keys, "letter", deadline=datetime(2026, 2, 1, tzinfo=UTC))
    front.look()
    assert front.post("/letter/sign/", good_form(letter)).status == 409


def test_a_letter_that_the_front_does_not_know_yet_is_left_to_django(
    front: Running, keys: WorkerKeys
) -> None:
    letter = published_letter(keys, "letter")
    assert front.post("/letter/sign/", good_form(letter)).status == 303
    assert Signature.objects.count() == 1


def test_when_nothing_can_be_stored_it_says_so_and_keeps_what_was_typed(
    open_letter: Letter, front: Running, caplog: pytest.LogCaptureFixture
) -> None:
    full = OperationalError("database or disk is full: ana@example.org")
    with (
        patch("undersigned.website.front.roads.store", side_effect=full),
        patch("undersigned.website.views.signing.store", side_effect=full),
    ):
        answer = front.post("/letter/sign/", good_form(open_letter))
    assert answer.status == 503
    assert "Your signature was not stored" in answer.text
    assert 'value="Ana Example"' in answer.text
    assert not Signature.objects.exists()
    assert front.post("/letter/sign/", good_form(open_letter)).status == 303


def test_when_too_much_waits_it_says_so_and_stores_nothing(
    open_letter: Letter, front: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "WAITING_AT_MOST", 0)
    answer = front.post("/letter/sign/", good_form(open_letter))
    assert (answer.status, answer.headers["retry-after"]) == (503, "30")
    assert "what you sent just now was not stored" in answer.text
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/letter/sign/", True),
        ("/letter/confirm/x/", True),
        ("/letter/confirm/x/not-me/", False),
        ("/letter/confirm/x/new-link/", False),
        ("/letter/sign", False),
        ("/Letter/sign/", False),
        ("/letter/sign/\n", False),
        ("/", False),
    ],
)
def test_only_two_addresses_lead_to_it(path: str, leads: bool) -> None:
    assert Roads(GroupCommit()).leads_from(path) is leads


def test_a_form_for_another_address_is_left_to_django() -> None:
    body = urlencode(CHOICE).encode()
    request = scope("POST", "/letter/confirm/x/not-me/", content_type=FORM)
    assert asyncio.run(Roads(GroupCommit()).take(request, body)) is None


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=30,
)
@given(
    fields=st.dictionaries(
        st.sampled_from(["kind", "name", "email", "stamp", "visibility", "website", "x"]),
        st.text(max_size=60) | st.sampled_from(["organisation", "public"]),
        min_size=1,
    ),
    noise=st.binary(max_size=20),
)
def test_whatever_is_posted_gets_an_answer(
    open_letter: Letter, front: Running, fields: dict[str, str], noise: bytes
) -> None:
    typed = {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}
    body = urlencode({**good_form(open_letter), **typed}).encode() + noise
    assert front.post("/letter/sign/", body).status in {303, 400, 422}
    assert front.post("/letter/confirm/" + "x" * 22 + "/", body).status in {400, 404}
