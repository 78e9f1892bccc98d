"""`/letter/` leads on to the language that a visitor reads best; nothing else ever does."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.builders import published_letter, text
from tests.website.visiting import Running
from undersigned.letters.models import Letter
from undersigned.letters.publishing import bump_revision
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def many(keys: WorkerKeys, db: None) -> Letter:
    """English is its own language."""
    return published_letter(keys, "many", texts=[text("en"), text("ar"), text("pt-br")])


@pytest.mark.parametrize(
    ("accepted", "path"), [("ar", "/many/ar/"), ("pt-PT, en;q=0.5", "/many/pt-br/")]
)
def test_it_leads_on(client: Client, many: Letter, accepted: str, path: str) -> None:
    answer = client.get("/many/", headers={"Accept-Language": accepted})

    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Vary"] == "Accept-Language"


def test_a_campaigns_parameters_go_along(client: Client, many: Letter) -> None:
    answer = client.get("/many/?from=mail", headers={"Accept-Language": "ar"})

    assert answer.headers["Location"] == "/many/ar/?from=mail"


@pytest.mark.parametrize("accepted", ["", "en", "fr", "es, fr;q=0.3", "en, ar;q=0.9"])
def test_whoever_reads_the_letters_own_or_none_stays(
    client: Client, many: Letter, accepted: str
) -> None:
    answer = client.get("/many/", headers={"Accept-Language": accepted})

    assert answer.status_code == 200
    assert "<html lang=en>" in answer.text
    assert answer.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize("path", ["/many/en/", "/many/en/sign/", "/many/en/signatures/"])
def test_a_language_that_was_chosen_stays_chosen(client: Client, many: Letter, path: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "ar"})

    assert answer.status_code == 200
    assert "<html lang=en>" in answer.text
    assert "Vary" not in answer.headers


def test_a_letter_in_one_language_asks_nobody(client: Client, letter: Letter) -> None:
    answer = client.get("/letter/", headers={"Accept-Language": "ar"})

    assert answer.status_code == 200
    assert "Vary" not in answer.headers


@pytest.mark.django_db(transaction=True)
def test_pages_from_memory_lead_on_as_well(front: Running, many: Letter) -> None:
    front.look()
    first = front.get("/many/", accept_language="ar", accept_encoding="br")
    assert (first.status, first.headers["location"]) == (302, "/many/ar/")
    front.settle()

    assert list(front.front.pages._pages) == ["/many/"]
    english = front.get("/many/", accept_language="en", accept_encoding="br")
    assert english.status == 200
    assert english.headers["vary"] == "Accept-Encoding, Accept-Language"
    arabic = front.get("/many/", accept_language="ar")
    assert (arabic.status, arabic.headers["location"], arabic.body) == (302, "/many/ar/", b"")
    assert arabic.headers["cache-control"] == "no-store"
    assert arabic.headers["vary"] == "Accept-Language"
    assert "content-security-policy" in arabic.headers
    assert front.get("/many/").status == 200


@pytest.mark.django_db(transaction=True)
def test_only_visitors_who_are_led_on_keep_the_page_in_memory(front: Running, many: Letter) -> None:
    front.look()
    front.get("/many/", accept_language="ar")
    front.settle()
    front.get("/many/", accept_language="ar")
    bump_revision(many)
    front.look()
    assert list(front.front.pages._pages) == ["/many/"]

    bump_revision(many)
    front.look()
    assert list(front.front.pages._pages) == []


@pytest.mark.django_db(transaction=True)
def test_two_at_once_have_the_page_rendered_once(front: Running, many: Letter) -> None:
    front.look()
    front.front.pages._rendering.add("/many/")
    front.get("/many/", accept_language="ar")

    assert front.front.pages._tasks == set()


@pytest.mark.django_db(transaction=True)
def test_an_address_with_a_query_is_not_kept(front: Running, many: Letter) -> None:
    front.look()
    answer = front.get("/many/?from=mail", accept_language="ar")
    front.settle()

    assert answer.headers["location"] == "/many/ar/?from=mail"
    assert list(front.front.pages._pages) == []
    assert front.get("/many/?from=mail", accept_language="en").status == 200
