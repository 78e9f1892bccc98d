"""A letter's figures, for everybody."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.builders import listed, text
from undersigned.letters.models import Letter
from undersigned.letters.publishing import publish
from undersigned.signatures.counting import count_changes
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.models import Kind, Signature, Visibility
from undersigned.signatures.worker_keys import WorkerKeys

FIGURES = "/letter/en/figures/"


def spread(letter: Letter, number: int) -> None:
    """As many by import, on two days."""
    people = [Enrolled(Kind.INDIVIDUAL, f"Name {each}", country="DE") for each in range(number)]
    enroll(letter, people)
    ids = list(Signature.objects.values_list("pk", flat=True))
    for day, part in ((13, ids[: number // 2]), (21, ids[number // 2 :])):
        Signature.objects.filter(pk__in=part).update(created_at=datetime(2026, 11, day, tzinfo=UTC))
    count_changes()


def test_growth_and_map_are_there_with_their_tables(client: Client, letter: Letter) -> None:
    spread(letter, 7)
    response = client.get(FIGURES)
    page = response.text
    assert "7 signatures from 13 November 2026 to 21 November 2026." in page
    assert "The most on one day: 4, on 21 November 2026." in page
    assert "Signatures from 1 country: Germany, 7." in page
    assert page.count("<table>") == 3
    assert re.search(r"stylesheet href=/static/plots\.[0-9a-f]+\.css", page)
    assert response.headers["Cache-Control"].startswith("public")


def test_the_country_of_somebody_who_does_not_appear_is_not_said(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, country="TM", choice=Visibility.COUNTED)
    listed(letter, keys, country="DE")
    count_changes()
    page = client.get(FIGURES).text
    assert "Germany" in page
    assert "Turkmenistan" not in page
    assert "1 signature is not on the map" in page


def test_before_the_first_signature_it_says_so(client: Client, letter: Letter) -> None:
    page = client.get(FIGURES).text
    assert "No signatures yet." in page
    assert "No signatures with a country yet." in page
    assert "not on the map" not in page


def test_signatures_of_earlier_texts_are_said(client: Client, letter: Letter) -> None:
    spread(letter, 4)
    publish(letter, [text(body="Another thing.")], actor="Ana", change="substantive", note="New")
    assert "4 of them stand under an earlier text." in client.get(FIGURES).text


def test_the_page_is_in_the_language_of_its_address(client: Client, letter: Letter) -> None:
    spread(letter, 4)
    page = client.get("/letter/ar/figures/").text
    assert "<html lang=ar dir=rtl>" in page
    assert "ألمانيا" in page
    assert client.get("/letter/xx/figures/").status_code == 404
    assert client.get("/nowhere/en/figures/").status_code == 404


@pytest.mark.parametrize("number", [3, 60])
def test_it_asks_the_database_as_often_for_60_signatures_as_for_3(
    client: Client, letter: Letter, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    spread(letter, number)
    with django_assert_num_queries(6):
        client.get(FIGURES)


@pytest.mark.parametrize(("number", "curves"), [(19, 0), (20, 1)])
def test_the_letter_shows_its_curve_when_there_is_something_to_see(
    client: Client, letter: Letter, number: int, curves: int
) -> None:
    spread(letter, number)
    page = client.get("/letter/en/").text
    sentence = f'aria-label="{number} signatures from 13 November 2026 to 21 November 2026."'
    assert page.count(f"<svg role=img {sentence}") == curves
    assert f"href={FIGURES}" in page


def test_a_list_that_came_in_one_day_is_no_curve(client: Client, letter: Letter) -> None:
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, f"Name {each}") for each in range(30)])
    count_changes()
    assert "<svg role=img" not in client.get("/letter/en/").text
