"""`undersigned import`: put a list of signatories under a letter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.config.commands.conftest import Run
from tests.signatures.importing.workbooks_made import made_xlsx
from undersigned.letters.models import Letter
from undersigned.signatures.models import ImportBatch, Signature

pytestmark = pytest.mark.django_db
ROWS = [["Organisation", "Country", "E-mail"], ["Sample Society", "Keyna", "canary@example.org"]]
QUESTION = "row 2: ‘Keyna’ is not a country we know.\n  → Use Kenya (KE)?\n"
NEITHER = "Error: The file is neither text nor a spreadsheet: copy the list and paste it instead.\n"
COUNTED = "Organisations: 1. People: 0. Left out: 1.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "list.xlsx"
    file.write_bytes(made_xlsx({"One": ROWS}))
    return file


def test_questions_keep_a_list_back(undersigned: Run, letter: Letter, file: Path) -> None:
    done = undersigned("import", "letter", file)
    assert done.status == 1
    assert done.out == QUESTION + COUNTED
    assert done.err == (
        "row 1: left out: names of columns\nError: Questions are open: 1. Take all suggestions "
        "with --accept-suggestions, or answer them one by one in the studio.\n"
    )
    assert (Signature.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_with_all_suggestions_taken_it_is_stored(
    undersigned: Run, letter: Letter, file: Path
) -> None:
    done = undersigned("import", "letter", file, "--accept-suggestions", "--origin", "Our form")
    assert done.status == 0
    assert done.out == QUESTION + COUNTED + "Signatures on the list now: 1 more.\n"
    signature = Signature.objects.get()
    assert (signature.name, signature.place, signature.country) == ("Sample Society", "Keyna", "KE")
    batch = ImportBatch.objects.get()
    assert (batch.step, batch.origin, batch.file_name, batch.actor, batch.form) == (
        "saved",
        "Our form",
        "list.xlsx",
        "command line",
        "sheet",
    )
    assert "canary" not in repr([*Signature.objects.values(), *ImportBatch.objects.values()])


def test_a_dry_run_stores_nothing(undersigned: Run, letter: Letter, file: Path) -> None:
    done = undersigned("import", "letter", file, "--dry-run")
    assert (done.status, done.out) == (0, QUESTION + COUNTED + "Nothing was stored.\n")
    assert Signature.objects.count() == 0


def test_for_machines(undersigned: Run, letter: Letter, file: Path) -> None:
    done = undersigned("import", "letter", file, "--json", "--dry-run")
    found = json.loads(done.out)
    assert found["rows"] == [
        {
            "id": "organisation-1",
            "lines": [2],
            "kind": "organisation",
            "name": "Sample Society",
            "title": "",
            "affiliation": "",
            "place": "Keyna",
            "country": "KE",
            "website": "",
            "faults": [],
        }
    ]
    assert [question["code"] for question in found["questions"]] == ["place_misspelt"]
    assert [left["reason"] for left in found["left_out"]] == ["names of columns"]
    assert "canary" not in done.out
    done = undersigned("import", "letter", file, "--json", "--accept-suggestions")
    json.loads(done.out)
    assert done.err == "Signatures on the list now: 1 more.\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Error: The file has no text in it: choose another one.\n"),
        ("%PDF-1.4\x00", NEITHER),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    undersigned: Run, letter: Letter, tmp_path: Path, text: str, sentence: str
) -> None:
    file = tmp_path / "list.txt"
    file.write_text(text, encoding="utf-8")
    done = undersigned("import", "letter", file)
    assert (done.status, done.err) == (1, sentence)


def test_rows_to_mend_keep_a_list_back(undersigned: Run, letter: Letter, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Organisation,Country\nwww.example.org,Kenya\n", encoding="utf-8")
    done = undersigned("import", "letter", file, "--accept-suggestions")
    assert done.status == 1
    assert done.err.endswith(
        "Error: Rows that cannot be stored as they are: 1 (“www.example.org”). Mend them in the "
        "file, or in the studio.\n"
    )


def test_there_has_to_be_a_letter_with_a_text_and_somebody(
    undersigned: Run, letter: Letter, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Organisation,Country\n,Kenya\n", encoding="utf-8")
    done = undersigned("import", "nowhere", file)
    assert done.err == "Error: There is no letter called “nowhere”.\n"
    done = undersigned("import", "letter", file, "--accept-suggestions")
    assert done.err.endswith("There is nobody in the file to put on the list.\n")
    Letter.objects.update(edition=None, state="draft")
    done = undersigned("import", "letter", file, "--accept-suggestions")
    assert done.err.endswith("Publish the letter's text first, then import.\n")
