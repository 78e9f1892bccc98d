"""The public page of editions, and what the letter's page says of them."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.builders import listed, published_letter, text
from undersigned.letters.models import EditionChange, Letter
from undersigned.letters.publishing import publish
from undersigned.signatures.counting import count_changes
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def changed(keys: WorkerKeys, letter: Letter) -> Letter:
    """Signed once; then a slip corrected, and then another text."""
    listed(letter, keys)
    slip = text(title="Our letter")
    publish(letter, [slip], actor="Ana", change=EditionChange.EDITORIAL, note="A *slip*.")
    other = text(title="Our letter", body="We ask for two things.\n\nWe ask for it now.")
    publish(letter, [other], actor="Ana", change=EditionChange.SUBSTANTIVE, note="One more.")
    count_changes()
    return Letter.objects.get()


def test_the_letter_says_that_its_text_was_changed(client: Client, changed: Letter) -> None:
    page = client.get("/letter/").text

    assert "This is edition 3, of " in page
    assert "1 signature stands under an earlier text and is counted apart." in page
    assert "<a href=/letter/en/editions/>See what changed</a>" in page


def test_every_edition_can_be_read_with_what_it_changed(client: Client, changed: Letter) -> None:
    page = client.get("/letter/en/editions/").text

    assert page.index("Edition 3") < page.index("Edition 2") < page.index("Edition 1")
    assert "Another text, of " in page
    assert "A correction of " in page
    assert "First published on " in page
    assert "<p>A <em>slip</em>.</p>" in page
    assert "1 signature stands under an earlier text." in page
    assert (
        "We ask for <del><span class=unseen>Taken out: </span>one thing</del>"
        " <ins><span class=unseen>Put in: </span>two things</ins>."
    ) in page
    assert "<p>We ask for one thing.</p>" in page
    for edition in changed.editions.all():
        assert bytes(edition.manifest_hash).hex() in page
    assert page.count("the present one") == 1


def test_another_language_of_ours_shows_the_letters_own_text(
    client: Client, changed: Letter
) -> None:
    answer = client.get("/letter/es/editions/")

    assert answer.status_code == 200
    assert "<article class=letter lang=en dir=ltr>" in answer.text


def test_a_letter_with_one_edition_has_no_page_of_editions(client: Client, letter: Letter) -> None:
    assert client.get("/letter/en/editions/").status_code == 404
    assert "This is edition" not in client.get("/letter/").text


@pytest.mark.parametrize("number", [3, 30])
def test_the_page_asks_the_database_as_often_for_many_editions(
    client: Client,
    keys: WorkerKeys,
    db: None,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    letter = published_letter(keys, "many")
    for edition in range(number):
        publish(letter, [text(title=f"Title {edition}")], actor="Ana", note="Again.")

    with django_assert_num_queries(6):
        page = client.get("/many/en/editions/").text
    assert page.count("<section class=edition") == number + 1
