"""The document that is delivered: in order, by consent, in one language."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.builders import listed, published_letter, text
from undersigned.letters.models import Letter, Translation
from undersigned.signatures.counting import count_changes
from undersigned.signatures.exporting.assembling import NotPublished, assemble
from undersigned.signatures.exporting.document import Document, OnPaper, Organisation, Person
from undersigned.signatures.exporting.presets import PRESETS
from undersigned.signatures.exporting.prose import Mark, Paragraph
from undersigned.signatures.models import Kind, Signature, Visibility
from undersigned.signatures.paper import Entry, Sheet, enter_sheet
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(
        keys,
        texts=[text(addressee="To the city"), text("es"), text("cy")],
        organisations_are_held=False,
        drafters=["Example Foundation"],
    )


def assembled(letter: Letter, keys: WorkerKeys, language: str = "en", **rest: Any) -> Document:
    letter = Letter.objects.select_related("edition").get(pk=letter.pk)
    preset = PRESETS[rest.pop("preset", "public")]
    return assemble(letter, preset, language, keys, address="https://example.org/", now=NOW, **rest)


def test_organisations_featured_people_and_others_each_in_their_order(
    letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Zed Example")
    listed(letter, keys, name="Émile Example", title="Teacher", affiliation="Example School")
    first = listed(letter, keys, name="Prominent One")
    second = listed(letter, keys, name="Prominent Two")
    Signature.objects.filter(pk=first.pk).update(is_featured=True, position=2)
    Signature.objects.filter(pk=second.pk).update(is_featured=True, position=1)
    listed(letter, keys, name="Lake Watch", kind=Kind.ORGANISATION, role="Chair", country="NL")
    listed(letter, keys, name="Di Counted", choice=Visibility.COUNTED)
    while count_changes():
        pass
    document = assembled(letter, keys)
    assert document.organisations == (Organisation("Lake Watch", "Netherlands"),)
    assert document.featured == (Person("Prominent Two"), Person("Prominent One"))
    assert document.people == (
        Person("Émile Example", "Teacher", "Example School"),
        Person("Zed Example"),
    )
    assert document.words.counts == (
        "As of 23 November 2026. Signatures: 6 (organisations: 1; people: 5; countries: 1).",
        "1 of them is counted without a name, as its owner chose.",
    )
    assert (document.title, document.addressee) == ("A letter in en", "To the city")
    assert (document.as_of, document.edition_number) == (date(2026, 11, 23), 1)


def test_another_language_names_countries_in_it(letter: Letter, keys: WorkerKeys) -> None:
    signature = listed(letter, keys, name="Lago", kind=Kind.ORGANISATION, role="Chair")
    Signature.objects.filter(pk=signature.pk).update(country="NL", place="Holland")
    assert assembled(letter, keys).organisations == (Organisation("Lago", "Holland"),)
    document = assembled(letter, keys, "es")
    assert document.organisations == (Organisation("Lago", "Países Bajos"),)
    assert (document.language, document.words.language) == ("es", "es")


def test_our_words_are_english_where_we_have_none_in_the_letters_language(
    letter: Letter, keys: WorkerKeys
) -> None:
    document = assembled(letter, keys, "cy")
    assert (document.language, document.words.language) == ("cy", "en")


def test_without_that_language_the_letters_own_stands_in(letter: Letter, keys: WorkerKeys) -> None:
    assert assembled(letter, keys, "fr").language == "en"


def test_the_addressees_document_names_more(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, name="Chi Addressee", choice=Visibility.RECIPIENT)
    assert assembled(letter, keys).people == ()
    assert assembled(letter, keys, preset="addressee").people == (Person("Chi Addressee"),)


@pytest.mark.parametrize("preset", ["public", "addressee"])
def test_names_on_paper_stand_apart(letter: Letter, keys: WorkerKeys, preset: str) -> None:
    listed(letter, keys, name="Bo Web")
    while count_changes():
        pass
    assert assembled(letter, keys, preset=preset).words.on_paper == ""
    names = (Entry("Zed"), Entry("Ángel", "ES"), Entry("Ana"))
    enter_sheet(letter, Sheet(4, names), actor="Ana")
    document = assembled(letter, keys, preset=preset)
    assert document.people == (Person("Bo Web"),)
    assert document.paper == (OnPaper("Ana"), OnPaper("Ángel", "Spain"), OnPaper("Zed"))
    assert document.words.on_paper == "Signed on paper"
    assert document.words.counts == (
        "As of 23 November 2026. Signatures: 1 (organisations: 0; people: 1; countries: 0).",
        "4 more signatures were given on paper and are counted apart.",
    )


def test_a_name_that_cannot_be_opened_is_counted_and_left_out(
    letter: Letter, keys: WorkerKeys
) -> None:
    signature = listed(letter, keys, name="Chi Addressee", choice=Visibility.RECIPIENT)
    Signature.objects.filter(pk=signature.pk).update(sealed_details=b"altered")
    assert assembled(letter, keys, preset="addressee").people == ()


def test_progress_is_told(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, name="Ana")
    listed(letter, keys, name="Bo")
    told: list[int] = []
    assembled(letter, keys, progress=told.append)
    assert told == [1, 2]


def test_a_letter_without_a_text_cannot_be_delivered(letter: Letter, keys: WorkerKeys) -> None:
    Letter.objects.filter(pk=letter.pk).update(state="draft", edition=None, launched_at=None)
    with pytest.raises(NotPublished):
        assembled(letter, keys)


def test_before_the_launch_there_is_no_date(letter: Letter, keys: WorkerKeys) -> None:
    Letter.objects.filter(pk=letter.pk).update(state="gathering", launched_at=None)
    assert assembled(letter, keys).words.dateline == ""


def test_a_translation_that_is_behind_is_marked(letter: Letter, keys: WorkerKeys) -> None:
    Translation.objects.filter(language="es").update(
        behind=[
            {"field": "title", "item": 0, "block": 0, "is_missing": False},
            {"field": "body", "item": 0, "block": 1, "is_missing": True},
        ]
    )
    document = assembled(letter, keys, "es")
    marks = [block.mark for block in document.body if isinstance(block, Paragraph)]
    assert marks == [None, Mark("en")]
    assert "English" in document.words.original
    assert "2" in document.words.behind
    assert (assembled(letter, keys).words.original, assembled(letter, keys).words.behind) == (
        "",
        "",
    )
