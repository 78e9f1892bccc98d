"""What readers of a translation are told: which text counts, and where theirs is behind."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.builders import published_letter, text
from tests.letters.translating.hands import put_out, rewrite
from undersigned.letters.models import Letter
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db
BODY = "### Why\n\nWe ask for one thing.\n\n- To be heard\n- To be seen"
SPANISH = {
    "title-0-0": "Prohibirlo",
    "body-0-0": "Por qué",
    "body-0-1": "Pedimos una cosa.",
    "body-0-2": "Que nos oigan",
    "body-0-3": "Que nos vean",
    "consent_publication-0-0": "Publicar el nombre",
    "consent_updates-0-0": "Recibir noticias",
    "ways_to_help.heading-0-0": "Compartir",
    "ways_to_help.text-0-0": "Contarlo.",
}


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    """In English, and in Spanish by a volunteer."""
    ways = [{"heading": "Share", "text": "Tell others."}]
    letter = published_letter(
        keys, "letter", texts=[text(title="Ban it", body=BODY, ways_to_help=ways)]
    )
    put_out(letter, SPANISH)
    return Letter.objects.get(pk=letter.pk)


def seen(page: str) -> str:
    """The letter's words as a reader sees them."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_translation_says_which_text_counts(client: Client, letter: Letter) -> None:
    page = client.get("/letter/es/").text

    assert "<a href=/letter/en/ lang=en hreflang=en dir=ltr>English</a>" in page
    assert re.search(r'<a href="/letter/en/" lang=en hreflang=en><bdi>English</bdi></a>', page)
    assert "id=behind" not in page
    assert "class=behind" not in page.replace('"', "")


def test_the_letter_itself_says_nothing_of_it(client: Client, letter: Letter) -> None:
    page = client.get("/letter/en/").text

    assert "The text that counts" not in page


def test_where_a_translation_is_behind_it_says_so_and_marks_the_place(
    client: Client, letter: Letter
) -> None:
    rewrite(letter, body=BODY.replace("one thing", "two things") + "\n\nAt once.")
    page = client.get("/letter/es/").text

    assert "id=behind" in page
    assert re.findall(r'<(\w+) class="behind"[^>]*>([^<]*)', page) == [
        ("p", "Pedimos una cosa."),
        ("p", "At once."),
    ]
    assert '<p class="behind" lang="en" dir="ltr">At once.</p>' in page
    assert page.count("<bdi>English</bdi>") == 1


def test_items_of_lists_are_marked_each_for_itself(client: Client, letter: Letter) -> None:
    rewrite(letter, body=BODY.replace("To be seen", "To be seen by all"))
    page = client.get("/letter/es/").text

    assert re.findall(r'<(\w+) class="behind"[^>]*>([^<]*)', page) == [("li", "Que nos vean")]


def test_texts_beside_the_letter_are_marked_too(client: Client, letter: Letter) -> None:
    rewrite(letter, ways_to_help=[{"heading": "Share", "text": "Tell all others."}])
    page = client.get("/letter/es/").text

    assert re.findall(r'<(\w+) class="behind"[^>]*>([^<]*)', page) == [("p", "Contarlo.")]


def test_a_title_that_is_behind_is_counted_and_not_marked(client: Client, letter: Letter) -> None:
    rewrite(letter, title="Ban it now")
    page = client.get("/letter/es/").text

    assert "id=behind" in page
    assert 'class="behind"' not in page


def test_in_english_words_it_reads_like_this(client: Client, keys: WorkerKeys) -> None:
    """A language that our words are not in."""
    letter = published_letter(keys, "welsh", texts=[text(title="Ban it", body=BODY)])
    words = {key: value for key, value in SPANISH.items() if "ways" not in key}
    put_out(letter, words, language="cy")
    rewrite(Letter.objects.get(pk=letter.pk), title="Ban it now")

    assert (
        "This translation is behind the letter in 1 place, which is marked. "
        "The text that counts is the letter as it was written: English ."
        in seen(client.get("/welsh/cy/").text)
    )
