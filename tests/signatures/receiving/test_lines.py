"""The answers in a message, among everything that mail programs add."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.receiving.html_text import html_text
from undersigned.signatures.receiving.labels import (
    Field,
    Label,
    Labels,
    all_labels,
    plain,
    written,
    yes,
)
from undersigned.signatures.receiving.lines import Typed, read_lines

# As if two languages were translated, so that nothing here waits for translators.
LABELS = Labels(
    meanings={
        "name": Label(Field.NAME, frozenset({"en", "de"})),
        "nombre": Label(Field.NAME, frozenset({"es"})),
        "nom": Label(Field.NAME, frozenset({"fr"})),
        "country": Label(Field.COUNTRY, frozenset({"en"})),
        "organisation": Label(Field.ORGANISATION, frozenset({"en", "fr", "de"})),
        "your role there": Label(Field.ROLE, frozenset({"en"})),
        "publish my name": Label(Field.PUBLISH, frozenset({"en"})),
        "publicar mi nombre": Label(Field.PUBLISH, frozenset({"es"})),
    },
    yes={"en": "yes", "es": "sí", "de": "ja", "fr": "oui"},
)


def read(text: str) -> Typed:
    return read_lines(text, LABELS)


def test_a_message_filled_in() -> None:
    typed = read(
        "Hello!\n\n  *Name:* Ana Example \nCOUNTRY : Spain\nOrganisation：Example Union\n"
        "your role  there: director\n\u200fPublish my name: Yes.\n"
    )
    assert (typed.name, typed.country, typed.organisation, typed.role, typed.publishes) == (
        *("Ana Example", "Spain", "Example Union", "director"),
        True,
    )
    assert typed.language("es") == "en"


@pytest.mark.parametrize(
    "answer", ["", "no", "yes / no", "yes, but only my initials", "ja", "oui", "sí", "y", "0"]
)
def test_only_a_plain_yes_publishes(answer: str) -> None:
    assert not read(f"Name: Ana\nPublish my name: {answer}\n").publishes


def test_yes_in_the_language_of_its_line_or_in_english() -> None:
    for answer in ("sí", "SÍ!", "si", "yes"):
        typed = read(f"Nombre: Ana\nPublicar mi nombre: {answer}")
        assert (typed.publishes, typed.language("en")) == (True, "es")


def test_the_first_answer_counts() -> None:
    typed = read("Name:\nName: Ana\nName: Bo\nPublish my name: no\nPublish my name: yes")
    assert (typed.name, typed.publishes) == ("Ana", False)


@pytest.mark.parametrize(
    "end",
    [
        "-- ",
        "--",
        "_______________",
        "-----Original Message-----",
        "---- Forwarded message",
        "=====",
    ],
)
def test_signatures_and_what_is_quoted_say_nothing(end: str) -> None:
    typed = read(f"> Name: Quoted\nName: Ana\n{end}\nPublish my name: yes\nCountry: Spain")
    assert (typed.name, typed.publishes, typed.country) == ("Ana", False, "")


def test_disclaimers_are_not_read_forever() -> None:
    assert read("x\n" * 200 + "Name: Ana").name == ""
    assert read("x" * 90 + "Name: Ana").name == ""
    assert read("https://example.org/\nDear all: hello\n").name == ""


def test_the_language_of_a_message() -> None:
    assert read("").language("my") == "my"
    assert read("Name: Ana").language("de") == "de"
    assert read("Name: Ana").language("my") == "en"
    assert read("Nom: Ana").language("my") == "fr"
    assert Typed().language("en") == "en"
    both = Labels({"nn": Label(Field.NAME, frozenset({"it", "es"}))}, {})
    assert read_lines("nn: x", both).language("en") == "es"


def test_every_language_can_say_everything() -> None:
    labels = all_labels()
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            text = "".join(f"{written(field)}: § {field}\n" for field in Field)
            typed = read_lines(f"{text}{written(Field.PUBLISH)}: {yes()}", labels)
            assert typed.name == "§ name", code
            assert typed.country == "§ country", code
            assert typed.organisation == "§ organisation", code
            assert typed.role == "§ role", code
            assert not typed.publishes, code  # the first answer counts
            assert read_lines(f"{written(Field.PUBLISH)}: {yes()}", labels).publishes, code


def test_labels_as_keyboards_write_them() -> None:
    assert plain(" *Ｎame* \u200e") == "name"


@given(st.text())
def test_no_text_raises(text: str) -> None:
    read(text)
    read(html_text(text))


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"], exclude_characters="*_")))
def test_a_name_comes_back_as_it_was_typed(name: str) -> None:
    assert read(f"Name: {name}").name == name


def test_the_text_of_a_page() -> None:
    page = (
        "<html><head><title>Name: T</title><style>Name: S</style></head><body>Name: Ana<br/>"
        "Country:\nSpain<blockquote>Name: Quoted<br></blockquote></blockquote>"
        "<div>Publish&nbsp;my name: <b>yes</b></div><img/><i>x</i>"
    )
    lines = [line for line in html_text(page).splitlines() if line.strip()]
    assert lines == ["Name: Ana", "Country: Spain", "Publish\xa0my name: yes", "x"]
    assert html_text("") == ""
