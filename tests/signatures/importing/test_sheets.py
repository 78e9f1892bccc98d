"""Files of every kind become sheets of text, or one sentence."""

import contextlib
import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signatures.importing.workbooks_made import made_ods, made_xls, made_xlsx
from undersigned.signatures.importing import sheets
from undersigned.signatures.importing.sheets import Sheet, SheetNotReadable, read_sheet

ROWS = [["Name", "Country"], ["Ana Example", "Peru"], ["مثال", "Egypt"]]
TABLE = tuple(tuple(row) for row in ROWS)


def as_csv(encoding: str) -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(ROWS)
    return file.getvalue().encode(encoding)


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (as_csv("utf-8"), ()),
        (as_csv("utf-8-sig"), ()),
        (as_csv("utf-16"), ()),
        (made_xlsx({"One": ROWS}), ("One",)),
        (made_ods(ROWS), ("One",)),
        (made_xls(ROWS), ("One",)),
    ],
)
def test_every_format_gives_the_same_sheet(data: bytes, names: tuple[str, ...]) -> None:
    chosen = names[0] if names else ""
    assert read_sheet("list.xlsx", data) == Sheet("list.xlsx", names, chosen, 1, TABLE, 0)


def test_one_of_several_sheets() -> None:
    data = made_xlsx({"Notes": [["Read me"]], "People": ROWS})
    assert read_sheet("list.xlsx", data).rows == (("Read me",),)
    sheet = read_sheet("list.xlsx", data, "People")
    assert (sheet.names, sheet.chosen, sheet.rows) == (("Notes", "People"), "People", TABLE)


def test_cells_are_tidied() -> None:
    data = 'Name, Title ,,\r\n Ana\u200b  Example ,"Editor\nin chief",,\r\n,,,\r\n\r\n'
    sheet = read_sheet("list.csv", data.encode())
    assert sheet.rows == (("Name", "Title"), ("Ana Example", "Editor in chief"))


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("'=Example", "=Example"),
        ("'＋Example", "＋Example"),
        ("'Abd", "'Abd"),
        ("x" * 3000, "x" * 2000),
    ],
)
def test_apostrophes_of_exports_go_and_long_cells_are_cut(cell: str, read: str) -> None:
    assert read_sheet("list.csv", f"Name\n{cell}\n".encode()).rows[1] == (read,)


def test_rows_have_the_numbers_that_they_have_in_the_file() -> None:
    sheet = read_sheet("l.xlsx", made_xlsx({"One": [[], ["Our list"], *ROWS, [], ["Jon", ""]]}))
    assert (sheet.first, sheet.header_at, sheet.header) == (2, 1, ("Name", "Country"))
    assert list(sheet.body()) == [
        (4, ("Ana Example", "Peru")),
        (5, ("مثال", "Egypt")),
        (7, ("Jon", "")),
    ]


def test_a_person_can_say_which_row_names_the_columns() -> None:
    sheet = read_sheet("list.csv", b"Ana,Lima\nJon,Quito\n")
    assert (sheet.header_at, sheet.header) == (None, ("", ""))
    assert [number for number, _ in sheet.body()] == [1, 2]
    assert sheet.with_header(2).header == ("Jon", "Quito")
    assert list(sheet.with_header(2).body()) == []
    assert sheet.with_header(3).header_at is None
    assert sheet.with_header(1).with_header(None) == sheet


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no cells with anything in them"),
        (b" \r\n ", "no cells with anything in them"),
        (b",,,\n,,", "no cells with anything in them"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"x" * 20_000_001, "larger than 20 MB"),
        (b"\x7fELF\x00\x01\x02", "neither a spreadsheet nor text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(SheetNotReadable, match=words):
        read_sheet("list.xlsx", data)


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_CHARACTERS", 10)
    with pytest.raises(SheetNotReadable, match="larger than 20 MB"):
        read_sheet("list.csv", b"Name\nAna Example\n")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(SheetNotReadable):
        sheet = read_sheet("x", data)
        assert {len(row) for row in sheet.rows} == {sheet.width}


WORKBOOKS = [made_xlsx({"One": ROWS}), made_ods(ROWS), made_xls(ROWS)]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(WORKBOOKS),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8),
    st.integers(0, 200),
)
def test_broken_workbooks_are_read_or_refused(
    data: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    broken = bytearray(data)
    for at, byte in changes:
        broken[at % len(broken)] = byte
    with contextlib.suppress(SheetNotReadable):
        assert read_sheet("x", bytes(broken[: len(broken) - cut])).rows
