"""CSV in the forms that programs write it in."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.importing.sheet_limits import SheetNotReadable
from undersigned.signatures.importing.sheet_text import find_separator, read_text_sheet

ROWS = [["Name", "Country"], ["Example, Society", "Kenya; Peru"], ['The "Sample"', "Peru"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator: str, ending: str) -> None:
    lines = [
        separator.join('"' + cell.replace('"', '""') + '"' for cell in row) + ending for row in ROWS
    ]
    assert read_text_sheet("".join(lines).encode()) == ROWS


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("Name\nExample Society\nSample Group, Inc.\n", ","),
        ("Name;Title\nAna Example;Director, Research, and more\nJon Doe;Editor\n", ";"),
        ("Sign-on letter\n\nName\tCountry\nAna\tPeru\nJon\tKenya, or Peru\n", "\t"),
        ("Name,Place\nAna,Lima\nJon\n", ","),
        ("", ","),
        ("sep", ","),
    ],
)
def test_the_separator_is_the_one_that_rows_agree_on(text: str, separator: str) -> None:
    assert find_separator(text) == separator


def test_excel_names_the_separator_in_the_first_line() -> None:
    assert read_text_sheet(b"sep=;\r\nName;City, Country\r\nAna;Lima, Peru\r\n") == [
        ["Name", "City, Country"],
        ["Ana", "Lima, Peru"],
    ]


def test_a_cell_may_have_lines() -> None:
    assert read_text_sheet(b'Name,Title\n"Ana\nExample",Director\n') == [
        ["Name", "Title"],
        ["Ana\nExample", "Director"],
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x00\x01\x02", "neither a spreadsheet nor text"),
        ("Имя;Страна\nЮлия;Украина".encode("cp1251"), "CSV UTF-8"),
        (b"<html><body>", "is a web page or XML"),
        (b'<?xml version="1.0"?><Workbook>', "is a web page or XML"),
        (b'Name,Title\n"Ana,' + b"x" * 200_000, "as if a quotation mark were missing"),
        (b",".join([b"x"] * 101), "more than 100 columns"),
        (b"a\n" * 200_001, "more than 200,000 rows"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(SheetNotReadable, match=words):
        read_text_sheet(data)


def test_blank_columns_beyond_the_last_do_no_harm() -> None:
    assert read_text_sheet(b"a,b" + b"," * 300)[0][:3] == ["a", "b", ""]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(SheetNotReadable):
        assert all(len(row) <= 100 for row in read_text_sheet(data))
