"""Handing in the form, through Django's views: nothing typed is lost, nothing breaks."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import published_letter, text
from tests.website.visiting import FORM, good_form
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.listing import read_details
from undersigned.signatures.models import Signature, State
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.website import stamps
from undersigned.website.forms import SignForm
from undersigned.website.stamps import MAX_AGE, make_stamp

TYPED = ("name", "email", "title", "affiliation", "role", "website")
SCRIPT = "<script>alert('“x”')</script>"


def values_of(page: str) -> dict[str, str]:
    """What stands in the text fields of a form, as it is written in the page."""
    return dict(re.findall(r"<input [^>]*name=(\w+)[^>]* value=\"([^\"]*)\"", page))


def test_a_form_in_order_is_stored_sealed_and_answered_with_the_next_step(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    response = client.post("/letter/sign/", good_form(letter, country="UY", consent_updates="on"))
    assert (response.status_code, response.headers["Location"]) == (303, "/letter/en/check-inbox/")
    signature = Signature.objects.get()
    assert (signature.state, signature.name, signature.country) == (State.PENDING, "", "UY")
    assert signature.consent_updates
    assert read_details(signature, keys).name == "Ana Example"
    assert b"Ana" not in bytes(signature.sealed_details or b"")
    assert b"ana@" not in bytes(signature.sealed_address or b"")


def test_known_and_unknown_addresses_get_the_same_bytes(client: Client, letter: Letter) -> None:
    answers = [
        client.post("/letter/sign/", good_form(letter, email=address))
        for address in ("ana@example.org", "ana@example.org", "ANA+x@example.org", "bo@example.org")
    ]
    assert len({(a.status_code, a.content, str(a.headers)) for a in answers}) == 1
    assert Signature.objects.count() == 4


def test_the_next_step_is_said_in_the_language_of_the_form(client: Client, letter: Letter) -> None:
    response = client.post("/letter/sign/", good_form(letter, language="es"))
    assert response.headers["Location"] == "/letter/es/check-inbox/"
    page = client.get("/letter/es/check-inbox/")
    assert page.status_code == 200
    assert "<html lang=es>" in page.text


def test_everything_typed_is_kept_and_escaped(client: Client, letter: Letter) -> None:
    typed = dict.fromkeys(TYPED, SCRIPT)
    form = good_form(
        letter, kind="organisation", visibility="recipient", country="UY", **typed,
        consent_updates="on", consent_publication=None,
    )  # fmt: skip
    response = client.post("/letter/sign/", form)
    assert response.status_code == 422
    assert values_of(response.text) == dict.fromkeys(TYPED, escape(SCRIPT))
    assert "<script>alert" not in response.text
    assert re.search(r"value=organisation[^>]* checked", response.text)
    assert re.search(r"value=recipient[^>]* checked", response.text)
    assert re.search(r"name=consent_updates[^>]* checked", response.text)
    assert not re.search(r"name=consent_publication[^>]* checked", response.text)
    assert re.search(r"<option value=UY selected", response.text)
    assert not Signature.objects.exists()


@pytest.mark.parametrize("field", [*SignForm.base_fields, "stamp", "language"])
@pytest.mark.parametrize("value", [SCRIPT, "\u202egro.elpmaxe", "\x00", "\ud83d\ude00", "x" * 9000])
def test_a_hostile_value_in_any_field_harms_nothing(
    client: Client, letter: Letter, field: str, value: str
) -> None:
    form = good_form(letter, **{field: value.encode("utf-16", "surrogatepass").decode("utf-16")})
    response = client.post("/letter/sign/", form)
    assert response.status_code in {303, 422}
    assert "<script>alert" not in response.text


def test_a_form_with_errors_can_be_sent_again_at_once(client: Client, letter: Letter) -> None:
    again = client.post("/letter/sign/", good_form(letter, name=""))
    stamp = re.search(r"name=stamp value=([\w.-]+)", again.text)
    assert stamp is not None
    response = client.post("/letter/sign/", good_form(letter, stamp=stamp[1]))
    assert response.status_code == 303


@pytest.mark.parametrize(
    ("stamp", "sentence"),
    [
        ("stale", "This page was open for more than two hours."),
        ("quick", "That was quicker than people type."),
        ("forged", "We could not see that this form came from our page."),
        ("other letter", "We could not see that this form came from our page."),
        (None, "We could not see that this form came from our page."),
    ],
)
def test_a_stamp_that_is_not_good_costs_one_more_press(
    client: Client, letter: Letter, keys: WorkerKeys, stamp: str | None, sentence: str
) -> None:
    made = {
        "stale": make_stamp(letter.pk, now=time.time() - MAX_AGE - 5),
        "quick": make_stamp(letter.pk),
        "forged": "0.forged",
        "other letter": make_stamp(published_letter(keys).pk, waited=True),
        None: None,
    }[stamp]
    response = client.post("/letter/sign/", good_form(letter, stamp=made))
    assert response.status_code == 422
    assert sentence in response.text
    assert values_of(response.text)["email"] == "ana@example.org"
    assert not Signature.objects.exists()


@pytest.mark.parametrize("state", [LetterState.CLOSED, LetterState.ARCHIVED])
def test_a_letter_that_is_closed_says_so_and_stores_nothing(
    client: Client, keys: WorkerKeys, db: None, state: str
) -> None:
    letter = published_letter(keys, "letter", state=state)
    response = client.post("/letter/sign/", good_form(letter))
    assert response.status_code == 409
    assert "Your signature was not stored: the letter takes no more signatures." in response.text
    assert not Signature.objects.exists()


def test_after_the_deadline_the_letter_says_until_when(
    client: Client, keys: WorkerKeys, db: None
) -> None:
    letter = published_letter(keys, "letter", deadline=datetime(2026, 2, 1, tzinfo=UTC))
    response = client.post("/letter/sign/", good_form(letter))
    assert response.status_code == 409
    assert "They were taken until 1 February 2026." in response.text
    page = client.get("/letter/en/sign/")
    assert page.status_code == 200
    assert "It takes no more signatures." in page.text


def test_before_the_deadline_it_takes_them(client: Client, keys: WorkerKeys, db: None) -> None:
    letter = published_letter(keys, "letter", deadline=datetime.now(UTC) + timedelta(hours=1))
    assert client.post("/letter/sign/", good_form(letter)).status_code == 303


@pytest.mark.parametrize("state", [LetterState.DRAFT, LetterState.GATHERING])
def test_a_letter_that_is_not_public_is_not_there(
    client: Client, keys: WorkerKeys, db: None, state: str
) -> None:
    letter = published_letter(keys, "letter", state=state)
    paths = ["sign/", "en/sign/", "en/check-inbox/", "", "en/", "signatures/", "count.json"]
    for path in paths:
        assert client.get(f"/letter/{path}").status_code == 404
    assert client.post("/letter/sign/", good_form(letter)).status_code == 404


def test_without_a_key_signing_is_paused_and_what_was_typed_stays(
    client: Client, letter: Letter
) -> None:
    Letter.objects.update(sealing_key=b"")
    response = client.post("/letter/sign/", good_form(letter))
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "We cannot store signatures safely at the moment" in response.text
    assert values_of(response.text)["name"] == "Ana Example"
    assert "Signing is paused" in client.get("/letter/en/sign/").text
    assert not Signature.objects.exists()


def test_when_the_disk_is_full_it_says_so_and_what_was_typed_stays(
    client: Client, letter: Letter
) -> None:
    full = DatabaseError("database or disk is full")
    with patch("undersigned.website.views.signing.store", side_effect=full):
        response = client.post("/letter/sign/", good_form(letter, name="Bo <b>"))
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "Your signature was not stored" in response.text
    assert values_of(response.text)["name"] == "Bo &lt;b&gt;"
    assert "disk" not in response.text


def test_the_letters_own_language_serves_where_the_form_names_none_of_ours(
    client: Client, keys: WorkerKeys, db: None
) -> None:
    letter = published_letter(keys, "letter", texts=[text("fr")])
    response = client.post("/letter/sign/", good_form(letter, language="xx"))
    assert response.headers["Location"] == "/letter/fr/check-inbox/"
    assert client.get("/letter/fr/check-inbox/").status_code == 200
    assert client.get("/letter/fr/sign/").status_code == 200


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", FORM, 422),
        (b"name=Jos%E9&kind=individual", FORM, 422),
        ("name=José".encode("latin-1"), FORM, 422),
        ("name=José".encode(), FORM, 422),
        (b"name=%zz%&email=%", FORM, 422),
        (b"name=a%00b&email=%00&kind=%00&country=%00&website=%00", FORM, 422),
        (b"name=%ED%A0%80", FORM, 422),
        (b"name=a&name=b&name=c", FORM, 422),
        (b"&".join(b"f%d=x" % n for n in range(1_001)), FORM, 400),
        (b"name=" + b"x" * 7_000_000, FORM, 413),
        (b"name=+2AA-", f"{FORM}; charset=utf-7", 400),
        (b"name=x", f"{FORM}; charset=nonsense", 422),
        (json.dumps({"name": "Ana"}).encode(), "application/json", 422),
        (b"name=Ana", "text/plain", 422),
        (b"name=Ana", "", 422),
        (b"--x", "multipart/form-data; boundary=x", 422),
        (b"nonsense", "multipart/form-data", 400),
        (b"nonsense", "multipart/form-data; boundary=\xff", 400),
    ],
)
def test_no_body_breaks_it(
    client: Client, letter: Letter, body: bytes, content_type: str, status: int
) -> None:
    response = client.generic("POST", "/letter/sign/", body, content_type)
    assert response.status_code == status
    assert "<h1>" in response.text


@pytest.mark.parametrize(
    ("charset", "status"),
    [("utf-8", 422), ("UTF8", 422), ("utf-7", 400), ("zlib", 400), ("undefined", 400)],
)
def test_a_form_in_parts_is_read_in_utf_8_alone(
    client: Client, letter: Letter, charset: str, status: int
) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n+2AA-\r\n--x--\r\n'
    content_type = f"multipart/form-data; boundary=x; charset={charset}"
    response = client.generic("POST", "/letter/sign/", body, content_type)
    assert response.status_code == status
    assert "<h1>" in response.text


def test_a_form_in_parts_is_as_good_as_any(client: Client, letter: Letter) -> None:
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in good_form(letter).items()
    )
    response = client.generic(
        "POST", "/letter/sign/", f"{body}--x--\r\n".encode(), "multipart/form-data; boundary=x"
    )
    assert response.status_code == 303


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_get_a_sentence(client: Client, letter: Letter, method: str) -> None:
    response = client.generic(method, "/letter/sign/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, POST"
    assert "<h1>" in response.text


def test_the_address_of_a_form_opened_anew_leads_to_an_empty_form(
    client: Client, letter: Letter
) -> None:
    response = client.get("/letter/sign/")
    assert (response.status_code, response.headers["Location"]) == (302, "/letter/en/sign/")
    assert client.get("/nowhere/sign/").status_code == 404


def test_unknown_letters_and_languages_get_a_sentence(client: Client, letter: Letter) -> None:
    response = client.post("/nowhere/sign/", good_form(letter))
    assert response.status_code == 404
    assert "There is no such page" in response.text
    for path in ("/letter/xx/sign/", "/letter/xx/check-inbox/", "/nowhere/en/sign/"):
        assert client.get(path).status_code == 404


def test_the_form_has_a_page_of_its_own(client: Client, letter: Letter) -> None:
    page = client.get("/letter/en/sign/")
    assert page.status_code == 200
    for field in SignForm.base_fields:
        assert f"name={field}" in page.text
    stamp = re.search(r"name=stamp value=([\w.-]+)", page.text)
    assert stamp is not None
    assert stamps.check_stamp(letter.pk, stamp[1]) is stamps.Stamp.TOO_QUICK


anything = st.text(max_size=80) | st.binary(max_size=40).map(lambda b: b.decode("utf-8", "replace"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    fields=st.dictionaries(
        st.sampled_from([*SignForm.base_fields, "stamp", "language", "other"]), anything
    ),
    good=st.booleans(),
)
def test_whatever_is_posted_gets_an_answer(
    client: Client, letter: Letter, fields: dict[str, str], good: bool
) -> None:
    fields = {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}
    base: dict[str, Any] = good_form(letter) if good else {}
    assert client.post("/letter/sign/", {**base, **fields}).status_code in {303, 422}
    raw = "&".join(f"{name}={value}" for name, value in fields.items()).encode("utf-8", "replace")
    assert client.generic("POST", "/letter/sign/", raw, FORM).status_code in {303, 400, 422}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(body=st.binary(max_size=300))
def test_whatever_bytes_are_posted_get_an_answer(
    client: Client, letter: Letter, body: bytes
) -> None:
    assert client.generic("POST", "/letter/sign/", body, FORM).status_code in {400, 422}


def test_the_form_asks_what_the_letter_asks(client: Client, keys: WorkerKeys, db: None) -> None:
    asks = {"country": "required", "title": "hidden", "role": "hidden", "website": "required"}
    asks["affiliation"] = "required"
    letter = published_letter(keys, "letter", asks=asks)

    page = client.get("/letter/").text
    assert "name=country autocomplete=country required>" in page
    assert "Choose a country" in page
    assert "name=title" not in page
    assert "name=role" not in page
    assert "required for an organisation" in page
    assert "required for a person" in page

    answer = client.post("/letter/sign/", good_form(letter, title="Dr"))
    assert answer.status_code == 422
    assert "Choose your country." in answer.text
    assert "Enter where you work or belong." in answer.text
    filled = good_form(letter, title="Dr", country="UY", affiliation="Example School")
    assert client.post("/letter/sign/", filled).status_code == 303
    details = read_details(Signature.objects.get(), keys)
    assert (details.title, details.affiliation) == ("", "Example School")
