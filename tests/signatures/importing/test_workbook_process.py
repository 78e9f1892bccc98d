"""What the program that opens workbooks answers; here within the test's own process."""

import io
import json
import resource
import runpy
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.signatures.importing.workbooks_made import made_ods, made_xls, made_xlsx
from undersigned.signatures.importing import workbook_process
from undersigned.signatures.importing.workbook_process import Wanted, read_workbook

WANTED = Wanted(sheet="", rows=5, columns=3, characters=1000, cell=20)


def test_cells_become_text() -> None:
    row = [1.0, 1.5, True, date(2026, 3, 4), datetime.fromisoformat("2026-03-04T05:06"), time(5, 6)]
    data = made_xlsx({"One": [row[:3], row[3:], ["a" * 30, "Perú", None]]})
    assert read_workbook(data, WANTED) == {
        "names": ["One"],
        "sheet": "One",
        "first": 1,
        "rows": [
            ["1", "1.5", "true"],
            ["2026-03-04", "2026-03-04T05:06:00", "05:06:00"],
            ["aaaaaaaaaaaaaaaaaaaa", "Perú", ""],
        ],
    }


@pytest.mark.parametrize(
    ("cell", "text"),
    [(False, "false"), (timedelta(days=2), "2 days, 0:00:00"), (None, ""), (3, "3")],
)
def test_rarer_cells(cell: object, text: str) -> None:
    assert workbook_process._as_text(cell) == text


def test_the_first_visible_sheet_with_cells_is_read() -> None:
    data = made_xlsx({"Hidden": [["no"]], "Blank": [], "Two": [["yes"]]}, hidden="Hidden")
    answer = read_workbook(data, WANTED)
    assert (answer["sheet"], answer["rows"]) == ("Two", [["yes"]])
    assert answer["names"] == ["Hidden", "Blank", "Two"]


def test_a_sheet_can_be_chosen() -> None:
    data = made_xlsx({"One": [["a"]], "Two": [["b"]]})
    assert read_workbook(data, {**WANTED, "sheet": "Two"})["rows"] == [["b"]]
    assert read_workbook(data, {**WANTED, "sheet": "Three"}) == {"refused": "no such sheet"}


def test_rows_are_counted_from_the_top_of_the_file() -> None:
    answer = read_workbook(
        made_xlsx({"One": [[], [], ["Name"], ["Ana"], [], ["Jon"], [""]]}), WANTED
    )
    assert (answer["first"], answer["rows"]) == (3, [["Name"], ["Ana"], [""], ["Jon"]])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (made_xlsx({"One": [["a"]] * 6}), "rows"),
        (made_xlsx({"One": [["a"] * 4]}), "columns"),
        (made_xlsx({"One": []}), "empty"),
        (made_xls([["a"]], encrypted=True), "malformed"),
        (b"PK\x03\x04", "malformed"),
        (b"", "malformed"),
    ],
)
def test_refusals(data: bytes, reason: str) -> None:
    assert read_workbook(data, WANTED) == {"refused": reason}


def test_too_much_text_is_refused() -> None:
    data = made_xlsx({"One": [["abcdef"] * 3]})
    assert read_workbook(data, {**WANTED, "characters": 17}) == {"refused": "characters"}
    assert "rows" in read_workbook(data, {**WANTED, "characters": 18})


@pytest.mark.parametrize("data", [made_ods([["Ana"]]), made_xls([["Ana"]])])
def test_other_formats(data: bytes) -> None:
    assert read_workbook(data, WANTED)["rows"] == [["Ana"]]


@pytest.mark.parametrize("hard", [resource.RLIM_INFINITY, 1000])
def test_the_program_limits_itself_and_answers(monkeypatch: pytest.MonkeyPatch, hard: int) -> None:
    limits: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "getrlimit", lambda _: (0, hard))
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    question = json.dumps(WANTED).encode() + b"\n" + made_xlsx({"One": [["Ana"]]})
    answer = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(question)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=answer))
    runpy.run_path(str(Path(workbook_process.__file__)), run_name="__main__")
    assert json.loads(answer.getvalue())["rows"] == [["Ana"]]
    most = 1_500_000_000 if hard == resource.RLIM_INFINITY else hard
    assert limits[resource.RLIMIT_AS] == (most, hard)
    assert limits[resource.RLIMIT_CORE] == (0, hard)
