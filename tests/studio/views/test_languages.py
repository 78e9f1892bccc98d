"""The languages of a letter in the studio: where each stands, and one more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import published_letter, text
from tests.letters.translating.hands import put_out, rewrite, type_in
from tests.studio.people import Colleague
from undersigned.letters.models import Letter, LetterLanguage, Wording, WordingOrigin
from undersigned.letters.publishing import publish
from undersigned.letters.translating.approving import hand_in, send_back
from undersigned.letters.translating.working import Worker
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Team

PATH = "/studio/letters/banned/languages/"
ALL = {
    "title-0-0": "Una carta",
    "body-0-0": "Pedimos una cosa.",
    "body-0-1": "La pedimos ya.",
    "consent_publication-0-0": "Publicar",
    "consent_updates-0-0": "Noticias",
}


def test_a_letter_in_one_language(owner: Colleague, letter: Letter) -> None:
    page = owner.get(PATH).text
    assert "The letter is in one language so far." in page
    assert "The letter is written in <bdi>English</bdi>" in page
    assert '<option value="es">Español</option>' in page
    assert '<option value="en">' not in page


def test_a_language_is_added(owner: Colleague, letter: Letter) -> None:
    answer = owner.post(PATH, {"language": "ar"})
    assert answer.headers["Location"] == f"{PATH}ar/"
    assert LetterLanguage.objects.get().language == "ar"
    page = owner.get(PATH).text
    assert "<bdi lang=ar>العربية</bdi>" in page
    assert "0 of 5 blocks are translated." in page
    assert "not public yet" in page
    assert '<option value="ar">' not in page


@pytest.mark.parametrize("code", ["", "en", "tlh", "es\0"])
def test_what_is_no_language_to_add(owner: Colleague, letter: Letter, code: str) -> None:
    answer = owner.post(PATH, {"language": code})
    assert answer.status_code == 422
    assert "<title>Error: Languages" in answer.text
    assert not LetterLanguage.objects.exists()


def test_what_was_published_whole_is_taken_in_hand(
    owner: Colleague, team: Team, keys: WorkerKeys
) -> None:
    published_letter(keys, "banned", team=team, texts=[text(), text("es", title="Una carta")])
    page = owner.get(PATH).text
    assert "Take it in hand<span class=unseen>: Español</span>" in page
    assert "blocks are translated" not in page

    owner.post(PATH, {"language": "es"})

    assert Wording.objects.get(field="title").approved == "Una carta"
    page = owner.get(PATH).text
    assert "5 of 5 blocks are translated." in page
    assert "public, since" in page


def test_where_a_translation_stands(owner: Colleague, letter: Letter) -> None:
    type_in(letter, {"title-0-0": "Una carta"})
    Wording.objects.update(origin=WordingOrigin.MACHINE)
    type_in(letter, {"body-0-0": "Pedimos una cosa."})
    page = owner.get(PATH).text
    assert "1 of 5 blocks are translated. 1 was written by a machine, and nobody has read it." in (
        " ".join(page.split())
    )
    assert "Read 1 block<span class=unseen> in Español</span>" in page

    hand_in(letter, "es", worker=Worker(None, "Tia"))
    page = owner.get(PATH).text
    assert "waits to be read" in page
    assert "by <bdi>Tia</bdi>." in page
    send_back(letter, "es", actor="Ana", message="Not yet")
    assert "sent back" in owner.get(PATH).text
    hand_in(letter, "es", worker=Worker(None))
    assert "by a volunteer." in owner.get(PATH).text


def test_a_translation_behind_the_letter(owner: Colleague, letter: Letter) -> None:
    put_out(letter, ALL)
    rewrite(letter, body="We ask for two things.\n\nWe ask for it now.\n\nAnd for good.")
    page = owner.get(PATH).text
    assert "public, since" in page
    assert "In public 1 block says what the letter said before." in page
    assert "In public 1 block stands there untranslated." in page
    assert "4 of 6 blocks are translated." in page


def test_the_list_asks_the_database_as_often_for_many_languages(
    owner: Colleague, letter: Letter, django_assert_num_queries: Any
) -> None:
    def with_languages(*codes: str) -> None:
        for code in codes:
            type_in(letter, ALL, language=code)

    with_languages("es", "ar", "fr")
    owner.get(PATH)
    with django_assert_num_queries(QUERIES):
        owner.get(PATH)
    with_languages("bg", "br", "ca", "cs", "cy", "da", "de", "el", "et", "eu", "fa", "fi")
    with_languages("ga", "gl", "he", "hi", "hr", "hu", "id", "is")
    publish(letter, [text(title="Other"), text("es")], actor="Ana")
    with django_assert_num_queries(QUERIES):
        page = owner.get(PATH).text
    assert page.count("<h2><a") == 23


QUERIES = 18
