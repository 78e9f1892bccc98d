"""JSON files hold what was stored."""

import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signatures.exporting.examples import ANA, FORMULAS, SOCIETY, rows, written
from undersigned.signatures.exporting.columns import ExportRow
from undersigned.signatures.exporting.json_files import write_json
from undersigned.signatures.exporting.presets import PRESETS, Preset


def test_the_public_list() -> None:
    assert json.loads(written(write_json, [ANA, SOCIETY], PRESETS["public"]))[1] == {
        "kind": "organisation",
        "name": "Example Society",
        "native_name": "مثال",
        "title": "",
        "affiliation": "",
        "website": "https://ana.example.org/",
        "place": "Lima, Peru",
        "country_code": "PE",
        "country": "Peru",
        "city": "Lima",
        "featured": False,
    }


def test_dates_and_consents_of_the_record() -> None:
    (row,) = json.loads(written(write_json, [replace(ANA, signed_on=None)], PRESETS["full"]))
    assert (row["signed_on"], row["confirmed_on"]) == ("", "2026-03-05")
    assert (row["consent_publication"], row["consent_updates"]) == (True, True)


@pytest.mark.parametrize("name", FORMULAS)
def test_names_are_not_altered(name: str) -> None:
    (row,) = json.loads(written(write_json, [replace(ANA, name=name)], PRESETS["public"]))
    assert row["name"] == name


def test_half_a_character_is_escaped() -> None:
    data = written(write_json, [replace(ANA, name="Ana \ud83d")], PRESETS["public"])
    assert json.loads(data.decode())[0]["name"] == "Ana \ud83d"


@given(st.lists(rows, max_size=3), st.sampled_from([*PRESETS.values()]))
def test_any_rows_give_json(given_rows: list[ExportRow], preset: Preset) -> None:
    file = io.BytesIO()
    count = write_json(given_rows, preset, file)
    found = json.loads(file.getvalue())
    assert len(found) == count
    assert all([*row] == [column.key for column in preset.columns] for row in found)
