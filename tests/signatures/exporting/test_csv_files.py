"""CSV files, read again as spreadsheet programs and services read them."""

import csv
import io
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signatures.exporting.examples import ANA, FORMULAS, SOCIETY, rows, written
from undersigned.signatures.exporting.columns import ExportRow
from undersigned.signatures.exporting.csv_files import write_csv
from undersigned.signatures.exporting.formulas import starts_formula
from undersigned.signatures.exporting.presets import PRESETS, Preset


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_public_list() -> None:
    data = written(write_csv, [ANA, SOCIETY], PRESETS["public"])
    assert read(data) == [
        [*PRESETS["public"].headers],
        [
            "individual",
            "Dr. Ana Lucía van der Example",
            "",
            "Professor",
            "University of Samples",
            "https://ana.example.org/",
            "Lima, Peru",
            "PE",
            "Peru",
            "Lima",
            "yes",
        ],
        [
            "organisation",
            "Example Society",
            "مثال",
            "",
            "",
            "https://ana.example.org/",
            "Lima, Peru",
            "PE",
            "Peru",
            "Lima",
            "no",
        ],
    ]


def test_files_for_people_have_a_mark_and_those_for_services_have_none() -> None:
    assert written(write_csv, [], PRESETS["public"]).startswith(b"\xef\xbb\xbfKind,")
    assert written(write_csv, [], PRESETS["listmonk"]) == b"email,name,attributes\r\n"


def test_the_count_is_of_rows_that_were_written() -> None:
    assert write_csv([ANA, SOCIETY], PRESETS["mailchimp"], io.BytesIO()) == 1


def test_the_file_stays_open_also_when_a_row_fails() -> None:
    def failing() -> Iterator[ExportRow]:
        yield ANA
        raise LookupError

    file = io.BytesIO()
    with pytest.raises(LookupError):
        write_csv(failing(), PRESETS["public"], file)
    assert not file.closed


@pytest.mark.parametrize("name", FORMULAS)
def test_no_name_becomes_a_formula(name: str) -> None:
    data = written(write_csv, [replace(ANA, name=name)], PRESETS["public"])
    for row in read(data):
        assert not any(starts_formula(cell) for cell in row)
    for separator in ";\t|":
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=separator):
            assert not any(starts_formula(cell) for cell in row)


@given(st.lists(rows, max_size=3), st.sampled_from([*PRESETS.values()]))
def test_any_rows_give_a_file_of_whole_rows(given_rows: list[ExportRow], preset: Preset) -> None:
    file = io.BytesIO()
    count = write_csv(given_rows, preset, file)
    found = read(file.getvalue())
    assert len(found) == count + 1
    assert {len(row) for row in found} == {len(preset.columns)}
    assert not any(starts_formula(cell) for row in found for cell in row)


@pytest.mark.long
def test_100_000_rows_take_seconds() -> None:
    with tempfile.TemporaryFile() as file:
        start = time.process_time()
        assert write_csv((ANA for _ in range(100_000)), PRESETS["full"], file) == 100_000
        assert time.process_time() - start < 15
