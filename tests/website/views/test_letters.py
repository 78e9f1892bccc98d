"""A letter's page and its count."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.builders import published_letter, text
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.counting import count_changes
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.models import Kind
from undersigned.signatures.worker_keys import WorkerKeys


def people(number: int) -> list[Enrolled]:
    return [
        Enrolled(Kind.INDIVIDUAL if n % 2 else Kind.ORGANISATION, f"Example {n:03}", country="UY")
        for n in range(number)
    ]


@pytest.mark.parametrize("number", [3, 300])
def test_the_page_asks_the_database_as_often_for_300_names_as_for_3(
    client: Client,
    letter: Letter,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    enroll(letter, people(number))
    count_changes()
    with django_assert_num_queries(PAGE_QUERIES):
        page = client.get("/letter/")
    assert page.status_code == 200
    assert page.text.count("<bdi>Example ") == number or number == 300


PAGE_QUERIES = 14


def test_the_count_for_machines(client: Client, letter: Letter) -> None:
    enroll(letter, people(3))
    count_changes()
    response = client.get("/letter/count.json")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert json.loads(response.content) == {
        "total": 3,
        "on_paper": 0,
        "organisations": 2,
        "individuals": 1,
        "countries": 1,
    }


def test_a_letter_that_is_not_translated_stands_in_its_own_language_with_a_word_about_it(
    client: Client, keys: WorkerKeys, db: None
) -> None:
    published_letter(keys, "letter", texts=[text("en"), text("ka")])
    spanish = client.get("/letter/es/").text
    assert "<html lang=es>" in spanish
    assert "A letter in en" in spanish
    assert re.search(r"<article[^>]* lang=en dir=ltr", spanish)
    arabic = client.get("/letter/ar/").text
    assert "<html lang=ar dir=rtl>" in arabic
    georgian = client.get("/letter/ka/").text
    assert "<html lang=ka>" in georgian
    assert "A letter in ka" in georgian
    assert "Sign this letter" in georgian, "our own words are not there in Georgian"
    assert client.get("/letter/eu/").status_code == 404


def test_each_language_is_linked_by_its_own_name(
    client: Client, keys: WorkerKeys, db: None
) -> None:
    published_letter(keys, "letter", texts=[text("en"), text("ar"), text("my")])
    page = client.get("/letter/").text
    for name, code in (("English", "en"), ("العربية", "ar"), ("မြန်မာ", "my")):
        assert re.search(rf"<a href=/letter/{code}/ lang={code}[^>]*>{name}</a>", page)


def test_a_letter_without_a_language_in_its_address_is_in_its_own(
    client: Client, keys: WorkerKeys, db: None
) -> None:
    published_letter(keys, "letter", texts=[text("ar"), text("en")])
    assert "<html lang=ar dir=rtl>" in client.get("/letter/").text


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"state": LetterState.CLOSED}, "This letter is closed"),
        ({"state": LetterState.ARCHIVED}, "This letter is archived"),
        (
            {"deadline": datetime(2026, 2, 1, tzinfo=UTC)},
            "Signatures were taken until 1 February 2026.",
        ),
        ({"deadline": datetime(2096, 2, 1, tzinfo=UTC)}, "You can sign until 1 February 2096."),
        ({}, "Nobody has signed yet."),
        ({"goal": 1500}, "0 signatures so far; the goal is 1,500."),
        ({"is_example": True}, "This is an example."),
    ],
)
def test_each_state_has_its_words(
    client: Client, keys: WorkerKeys, db: None, columns: dict[str, object], sentence: str
) -> None:
    published_letter(keys, "letter", **columns)
    assert sentence in client.get("/letter/").text


def test_a_paused_letter_says_so(client: Client, letter: Letter) -> None:
    Letter.objects.update(sealing_key=None)
    page = client.get("/letter/").text
    assert "Signing is paused" in page
    assert "name=stamp" not in page


def test_what_organisers_write_cannot_run(client: Client, keys: WorkerKeys, db: None) -> None:
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    published_letter(
        keys,
        "letter",
        texts=[
            text(
                title=script,
                body=f"{script} [x](javascript:alert(3))",
                introduction=script,
                call=script,
                addressee=script,
                consent_publication=script,
                ways_to_help=[{"heading": script, "text": script}],
                related_campaigns=[{"title": script, "text": script, "tags": [script]}],
                facilitator_note=script,
                credits=script,
            )
        ],
        drafters=[script],
        hashtag=script,
    )
    page = client.get("/letter/").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript:' not in page
    [data] = re.findall(r"<script type=application/ld\+json>(.*?)</script>", page)
    assert json.loads(data)["name"] == script


PATH = st.text(
    st.characters(codec="utf-8", min_codepoint=33, exclude_characters="#\\"), max_size=30
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(path=PATH, query=st.text(max_size=30), start=st.sampled_from(["", "letter/", "letter/en/"]))
def test_no_address_breaks_it(
    client: Client, letter: Letter, path: str, query: str, start: str
) -> None:
    query = query.encode("utf-8", "replace").decode()
    response = client.generic("GET", f"/{start}{path}", QUERY_STRING=query)
    assert response.status_code in {200, 301, 302, 400, 404}
    response = client.get("/letter/signatures/", {"q": query, "page": path, "country": query})
    assert response.status_code == 200
