"""The list of signatories: filter, paging, and words for each way of being empty."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.builders import listed
from undersigned.letters.models import Letter
from undersigned.signatures.counting import count_changes
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.models import Kind
from undersigned.signatures.worker_keys import WorkerKeys

LIST = "/letter/en/signatures/"


def names(page: str) -> list[str]:
    return re.findall(r"<li><bdi>(.*?)</bdi>", page)


@pytest.fixture
def three(letter: Letter) -> None:
    enroll(
        letter,
        [
            Enrolled(Kind.ORGANISATION, "Öster Example", country="SE"),
            Enrolled(Kind.INDIVIDUAL, "Ana Example", title="Baker", country="UY"),
            Enrolled(Kind.INDIVIDUAL, "O’Neil Example", affiliation="Bakery"),
        ],
    )
    count_changes()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ana Example", "O’Neil Example", "Öster Example"]),
        ("?q=oster", ["Öster Example"]),
        ("?q=ONEIL", ["O’Neil Example"]),
        ("?q=example+bak", ["Ana Example", "O’Neil Example"]),
        ("?kind=organisation", ["Öster Example"]),
        ("?kind=individual&country=UY", ["Ana Example"]),
        ("?kind=robot&country=ZZ&page=zero", ["Ana Example", "O’Neil Example", "Öster Example"]),
        ("?country=FR", ["Ana Example", "O’Neil Example", "Öster Example"]),
        ("?q=%00%00ana", ["Ana Example"]),
        ("?page=99", ["Ana Example", "O’Neil Example", "Öster Example"]),
        ("?page=-1", ["Ana Example", "O’Neil Example", "Öster Example"]),
        ("?page=999999999999", ["Ana Example", "O’Neil Example", "Öster Example"]),
        ("?page=٣", ["Ana Example", "O’Neil Example", "Öster Example"]),
    ],
)
def test_a_filter_finds_who_is_meant(
    client: Client, three: None, query: str, found: list[str]
) -> None:
    page = client.get(LIST + query)
    assert page.status_code == 200
    assert names(page.text) == found


def test_the_filter_stays_filled_in(client: Client, three: None) -> None:
    page = client.get(f"{LIST}?q=%22%3E%3Cscript%3E&kind=individual&country=UY").text
    assert 'value="&quot;&gt;&lt;script&gt;"' in page
    assert "<option value=individual selected>" in page
    assert "<option value=UY selected>" in page
    assert "<option value=SE" in page
    assert "<option value=FR" not in page, "nobody signed from there"


@pytest.mark.parametrize("number", [3, 300])
def test_it_asks_the_database_as_often_for_300_names_as_for_3(
    client: Client,
    letter: Letter,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, f"Example {n:03}") for n in range(number)])
    count_changes()
    with django_assert_num_queries(QUERIES):
        page = client.get(LIST).text
    assert len(names(page)) == min(number, 100)


QUERIES = 8


def test_long_lists_come_in_pages(client: Client, letter: Letter) -> None:
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, f"Example {n:03}") for n in range(250)])
    first = client.get(LIST).text
    assert names(first)[0] == "Example 000"
    assert 'href="?page=2"' in first
    assert "rel=prev" not in first
    second = client.get(f"{LIST}?q=example&page=2").text
    assert 'href="?q=example&amp;page=1"' in second
    assert 'href="?q=example&amp;page=3"' in second
    last = client.get(f"{LIST}?page=3").text
    assert names(last)[-1] == "Example 249"
    assert "rel=next" not in last


def test_a_list_that_is_empty_says_why(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    assert "Nobody has signed yet." in client.get(LIST).text
    listed(letter, keys, name="Hidden Example", choice="counted")
    count_changes()
    page = client.get(LIST).text
    assert "Everybody who signed so far has chosen to be counted without their name." in page
    assert "Hidden" not in client.get(f"{LIST}?q=hidden").text
    assert "Nobody who is shown by name fits this." in client.get(f"{LIST}?q=nobody").text


def test_it_is_there_in_every_language_of_ours(client: Client, three: None) -> None:
    assert "<html lang=ar dir=rtl>" in client.get("/letter/ar/signatures/").text
    assert "Uruguay" in client.get("/letter/signatures/").text
    assert client.get("/letter/xx/signatures/").status_code == 404
