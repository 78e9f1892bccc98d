"""Lists of every form, read as somebody chose."""

import pytest

from tests.signatures.importing.workbooks_made import made_xlsx
from undersigned.signatures.importing.brought import (
    SHEET,
    TEXT,
    choices_for,
    first_choices,
    form_of,
    open_sheet,
    read,
)
from undersigned.signatures.importing.choices import Choices
from undersigned.signatures.importing.sheets import SheetNotReadable
from undersigned.signatures.importing.signatories import Individual, Organisation

PAGE = """Open letter on samples

We are writing to you because we have seen what samples do to all of us, and that it is not what you
said it would be. This is our last call to you: you can stop them, and we will help if you want us.

Signed by

Organisations
Sample Society (Kenya)
Example Network (Peru)

Last update: 3 March 2026
"""
TWO = {"One": [["Name"], ["Ana Example"]], "Two": [["Organisation"], ["Sample Society"]]}


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        (b"Sample Society\nExample Network\n", "", TEXT),
        (b"Sample Society, Kenya\n", "list.txt", TEXT),
        (b"Sample Society, Kenya\n", "list.CSV", SHEET),
        (b"Name\tCountry\nAna\tPeru\n", "", SHEET),
        (b"\tAna\nJon\n", "", TEXT),
        (b"PK\x03\x04", "list", SHEET),
        (b"", "", TEXT),
        (b"Name,Country\nAna,Peru\n", "", SHEET),
        (b"Name,Country\n", "", TEXT),
        (b"Organisations\nSample Society, Kenya\n", "", TEXT),
        (b'"Name,Country\n' + b"x" * 99_000 + b"\n" + b"x" * 99_000, "", TEXT),
    ],
)
def test_sheets_and_texts_are_told_apart(content: bytes, name: str, form: str) -> None:
    assert form_of(content, name) == form


def test_a_list_as_text_with_who_is_listed_already() -> None:
    content = b"Sample Society (Kenya)\nExample Network (Peru)\n"
    choices = first_choices(content, TEXT, "organisation")
    assert choices == Choices(kind="organisation")
    listed = [Organisation("", "Sample Society"), Individual("", "Ana Example")]
    brought = read(content, TEXT, choices, listed)
    assert (brought.sheet, brought.beside) == (None, {})
    assert [row.name for row in brought.proposal.organisations] == [
        "Sample Society",
        "Example Network",
    ]
    assert [flag.reason for flag in brought.proposal.flags] == [
        "‘Sample Society’ is on the list already."
    ]


def test_of_a_whole_page_only_the_signatories_are_taken() -> None:
    content = PAGE.encode()
    choices = first_choices(content, TEXT, "")
    assert choices == Choices(is_page=True, whole_page=True)
    brought = read(content, TEXT, choices, [])
    assert [row.name for row in brought.proposal.organisations] == [
        "Sample Society",
        "Example Network",
    ]
    assert brought.proposal.letter.body == ()
    assert {flag.where for flag in brought.proposal.flags} <= {"organisations", "signatories"}
    all_of_it = read(content, TEXT, choices.read_anew(whole_page=False), [])
    assert len(all_of_it.proposal.accounts) > len(brought.proposal.organisations)


def test_sentences_alone_are_no_page() -> None:
    sentence = PAGE.split("\n\n")[1].replace("\n", " ")
    assert first_choices(sentence.encode(), TEXT, "") == Choices()


def test_a_sheet_with_columns_that_were_guessed() -> None:
    content = made_xlsx(TWO)
    choices = first_choices(content, SHEET, "individual")
    assert choices == Choices(sheet="One", header=1, columns=("name",), kind="individual")
    brought = read(content, SHEET, choices, [])
    assert [row.name for row in brought.proposal.others] == ["Ana Example"]
    assert brought.sheet == open_sheet(content, choices)


def test_another_sheet_or_another_row_of_names_is_guessed_anew() -> None:
    content = made_xlsx(TWO)
    choices = Choices(sheet="Two", answers={"a": True})
    other = choices_for(open_sheet(content, choices), choices)
    assert other == Choices(sheet="Two", header=0, columns=("organisation",)) or other == Choices(
        sheet="Two", header=0, columns=("name",)
    )
    assert open_sheet(content, Choices(sheet="Two", header=1)).header == ("Organisation",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00\x01\x02", "neither text nor a spreadsheet"),
        ("Юлия Пример".encode("cp1251"), "cannot be told with certainty"),
        (b"<!doctype html>", "source of a web page"),
        (b" \n ", "has no text in it"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(SheetNotReadable, match=words):
        first_choices(content, TEXT, "")
