"""ODS files, opened again."""

import io
import tempfile
import time
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signatures.exporting.examples import ANA, FORMULAS, SOCIETY, reopened, rows, written
from undersigned.signatures.exporting.columns import ExportRow
from undersigned.signatures.exporting.formulas import harmless, starts_formula
from undersigned.signatures.exporting.ods_files import write_ods
from undersigned.signatures.exporting.presets import PRESETS, Preset


def test_the_record_has_real_dates() -> None:
    header, row = reopened(written(write_ods, [ANA], PRESETS["full"]))
    assert header == [*PRESETS["full"].headers]
    found = dict(zip(header, row, strict=True))
    assert found["Name"] == "Dr. Ana Lucía van der Example"
    assert found["Native name"] == ""
    assert found["Signed on"] == date(2026, 3, 4)
    assert found["Consent to updates"] == "yes"
    assert found["E-mail"] == "ana@example.org"


def test_the_type_comes_first_and_uncompressed() -> None:
    data = written(write_ods, [], PRESETS["public"])
    assert data[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.namelist() == ["mimetype", "META-INF/manifest.xml", "content.xml"]


def test_the_same_rows_make_the_same_file() -> None:
    assert written(write_ods, [ANA], PRESETS["full"]) == written(write_ods, [ANA], PRESETS["full"])


def test_signs_of_xml_and_blanks_stay() -> None:
    name = "A  &amp; <B>   'C' \"D\""
    assert reopened(written(write_ods, [replace(SOCIETY, name=name)], PRESETS["public"]))[1][1] == (
        name
    )


@pytest.mark.parametrize("name", FORMULAS)
def test_no_name_becomes_a_formula(name: str) -> None:
    data = written(write_ods, [replace(ANA, name=name)], PRESETS["public"])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = package.read("content.xml").decode()
    assert "table:formula" not in content
    assert reopened(data)[1][1] == harmless(name)


@settings(max_examples=50)
@given(st.lists(rows, min_size=1, max_size=3), st.sampled_from([*PRESETS.values()]))
def test_any_rows_give_a_file_that_opens(given_rows: list[ExportRow], preset: Preset) -> None:
    file = io.BytesIO()
    count = write_ods(given_rows, preset, file)
    found = reopened(file.getvalue())
    assert len(found) == count + 1
    assert not any(isinstance(cell, str) and starts_formula(cell) for row in found for cell in row)


def test_many_rows_are_well_formed_and_all_there() -> None:
    data = written(write_ods, [ANA] * 200, PRESETS["full"])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        ElementTree.fromstring(package.read("content.xml"))
    assert len(reopened(data)) == 201


@pytest.mark.long
def test_100_000_rows_take_seconds() -> None:
    with tempfile.TemporaryFile() as file:
        start = time.process_time()
        assert write_ods((ANA for _ in range(100_000)), PRESETS["full"], file) == 100_000
        assert time.process_time() - start < 20
