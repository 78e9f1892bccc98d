"""XLSX files, opened again."""

import io
import tempfile
import time
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signatures.exporting.examples import ANA, FORMULAS, SOCIETY, reopened, rows, written
from undersigned.signatures.exporting.columns import ExportRow
from undersigned.signatures.exporting.formulas import harmless, starts_formula
from undersigned.signatures.exporting.presets import PRESETS, Preset
from undersigned.signatures.exporting.xlsx_files import write_xlsx


def test_the_record_has_real_dates() -> None:
    data = written(write_xlsx, [ANA], PRESETS["full"])
    header, row = reopened(data)
    assert header == [*PRESETS["full"].headers]
    assert dict(zip(header, row, strict=True)) == {
        "Kind": "individual",
        "Name": "Dr. Ana Lucía van der Example",
        "Native name": "",
        "Title": "Professor",
        "Affiliation": "University of Samples",
        "Website": "https://ana.example.org/",
        "Place": "Lima, Peru",
        "Country code": "PE",
        "Country": "Peru",
        "City": "Lima",
        "Featured": "yes",
        "Language": "es",
        "Signed on": date(2026, 3, 4),
        "Confirmed on": date(2026, 3, 5),
        "State": "listed",
        "Visibility": "public",
        "Source": "web",
        "Edition": "1",
        "Consent to publication": "yes",
        "Consent to updates": "yes",
        "Wording of the consent to updates": "Write to me about this letter.",
        "E-mail": "ana@example.org",
    }


def test_a_day_before_1900_is_text() -> None:
    data = written(write_xlsx, [replace(ANA, signed_on=date(1848, 3, 4))], PRESETS["full"])
    header, row = reopened(data)
    assert row[header.index("Signed on")] == "1848-03-04"


def test_a_text_longer_than_a_cell_is_cut() -> None:
    data = written(write_xlsx, [replace(ANA, title="a" * 40_000)], PRESETS["public"])
    assert reopened(data)[1][3] == "a" * 32_767


@pytest.mark.parametrize("name", FORMULAS)
def test_no_name_becomes_a_formula(name: str) -> None:
    data = written(write_xlsx, [replace(ANA, name=name)], PRESETS["public"])
    assert reopened(data)[1][1] == harmless(name)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_escapes_of_the_format_are_text() -> None:
    data = written(write_xlsx, [replace(SOCIETY, name="A_x0041_B <&> ''")], PRESETS["public"])
    assert reopened(data)[1][1] == "A_x0041_B <&> ''"


@settings(max_examples=25)
@given(st.lists(rows, min_size=1, max_size=3), st.sampled_from([*PRESETS.values()]))
def test_any_rows_give_a_file_that_opens(given_rows: list[ExportRow], preset: Preset) -> None:
    file = io.BytesIO()
    count = write_xlsx(given_rows, preset, file)
    found = reopened(file.getvalue())
    assert len(found) == count + 1
    assert not any(isinstance(cell, str) and starts_formula(cell) for row in found for cell in row)


@pytest.mark.long
def test_100_000_rows_take_seconds() -> None:
    with tempfile.TemporaryFile() as file:
        start = time.process_time()
        assert write_xlsx((ANA for _ in range(100_000)), PRESETS["full"], file) == 100_000
        assert time.process_time() - start < 45


@pytest.mark.parametrize("preset", [one for one in PRESETS.values() if one.name != "public"])
def test_what_is_not_public_goes_to_no_file_in_clear_on_its_way(
    preset: Preset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that is killed leaves its temporary files behind."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    assert b"ana@example.org" not in written(write_xlsx, [ANA], preset)
