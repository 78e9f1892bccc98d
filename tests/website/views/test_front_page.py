"""The front page with no letter, with one, and with several."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.builders import published_letter, text
from undersigned.letters.models import LetterState
from undersigned.signatures.counting import count_changes
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.models import Kind
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


def titles(page: str) -> list[str]:
    return re.findall(r"<h3[^>]*><a href=[^>]*>(.*?)</a>", page)


def test_without_a_letter_it_says_how_to_put_one_up(client: Client) -> None:
    page = client.get("/").text
    assert "There is no letter to sign at the moment." in page
    assert "undersigned letter import FILE --slug NAME --publish" in page


def test_with_one_letter_it_shows_the_letter_and_its_count(
    client: Client, keys: WorkerKeys
) -> None:
    letter = published_letter(keys, "letter", is_example=True, facilitator="Example Union")
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, f"Ana {n}") for n in range(2)])
    count_changes()
    page = client.get("/").text
    assert titles(page) == ["A letter in en"]
    assert "2 signatures" in page
    assert "with invented signatories." in page
    assert "Facilitated by <bdi>Example Union</bdi>." in page


def test_open_letters_come_first_the_newest_on_top_and_only_what_may_be_seen(
    client: Client, keys: WorkerKeys
) -> None:
    for number, state in enumerate(LetterState.values, 1):
        published_letter(
            keys,
            texts=[text(title=state)],
            state=state,
            launched_at=datetime(2026, 1, number, tzinfo=UTC),
        )
    published_letter(
        keys, texts=[text(title="newest")], launched_at=datetime(2026, 2, 1, tzinfo=UTC)
    )
    assert titles(client.get("/").text) == ["newest", "open", "closed"]


def test_it_is_there_in_each_language_of_ours(client: Client, keys: WorkerKeys) -> None:
    published_letter(keys, "letter", texts=[text("ar"), text("en")])
    arabic = client.get("/ar/").text
    assert "<html lang=ar dir=rtl>" in arabic
    assert titles(arabic) == ["A letter in ar"]
    assert titles(client.get("/es/").text) == ["A letter in ar"]
    assert client.get("/ka/").status_code == 404


def test_only_closed_letters(client: Client, keys: WorkerKeys) -> None:
    published_letter(keys, state=LetterState.CLOSED)
    page = client.get("/").text
    assert "There is no letter to sign at the moment." in page
    assert "undersigned letter import" not in page
