"""Names on paper in files: apart from signatures, and only those that the page may show."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from tests.builders import listed, published_letter, text
from tests.signatures.exporting.examples import reopened
from undersigned.letters.models import EditionChange, Letter
from undersigned.letters.publishing import publish
from undersigned.signatures.exporting.paper_rows import read_paper
from undersigned.signatures.exporting.presets import PRESETS, Preset, Purpose
from undersigned.signatures.exporting.reporting import Reporter
from undersigned.signatures.exporting.writing import write_file
from undersigned.signatures.models import PaperName, Signature, Source
from undersigned.signatures.paper import Entry, Sheet, enter_sheet, names_on_paper, take_sheet_back
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

NAMES = (Entry("Zoë Paper", "DE"), Entry("ليلى", "LB"), Entry("Ada Paper"))
SHEET = Sheet(5, NAMES, place="Example Square", signed_on=date(2026, 11, 20), note="gathered by Bo")


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    letter = published_letter(keys, organisations_are_held=False)
    listed(letter, keys, name="Bo Web", country="NL")
    mailed = listed(letter, keys, name="Cy Mail")
    Signature.objects.filter(pk=mailed.pk).update(source=Source.MAIL)
    return letter


def file(letter: Letter, keys: WorkerKeys, preset: str, form: str) -> bytes:
    """As it is handed out."""
    letter = Letter.objects.select_related("edition").get(pk=letter.pk)
    found, reporter = io.BytesIO(), Reporter(None)
    write_file(letter, PRESETS[preset], form, "en", keys, found, reporter)
    return found.getvalue()


def told(letter: Letter, keys: WorkerKeys, preset: str = "public") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(file(letter, keys, preset, "json"))
    return rows


def who(letter: Letter, purpose: Purpose) -> list[str]:
    letter = Letter.objects.select_related("edition").get(pk=letter.pk)
    return [row.name for row in read_paper(letter, purpose, "en")]


@pytest.mark.parametrize("preset", ["public", "addressee"])
def test_a_list_ends_with_the_names_on_paper_and_says_so(
    letter: Letter, keys: WorkerKeys, preset: str
) -> None:
    enter_sheet(letter, SHEET, actor="Ana")
    rows = told(letter, keys, preset)
    assert [(row["name"], row["country"], row["source"]) for row in rows] == [
        ("Bo Web", "Netherlands", ""),
        ("Cy Mail", "", ""),
        ("Ada Paper", "", "paper"),
        ("Zoë Paper", "Germany", "paper"),
        ("ليلى", "Lebanon", "paper"),
    ]
    for form in ("xlsx", "ods"):
        head, *cells = reopened(file(letter, keys, preset, form))
        assert head[-1] == "Source"
        assert [row[-1] for row in cells] == ["", "", "paper", "paper", "paper"]
    lines = list(csv.reader(io.StringIO(file(letter, keys, preset, "csv").decode("utf-8-sig"))))
    assert [line[-1] for line in lines] == ["Source", "", "", "paper", "paper", "paper"]


def test_where_a_sheet_was_signed_and_who_gathered_it_stay_here(
    letter: Letter, keys: WorkerKeys
) -> None:
    enter_sheet(letter, SHEET, actor="Ana")
    for preset in PRESETS:
        found = file(letter, keys, preset, "json").decode()
        assert "Example Square" not in found
        assert "gathered by Bo" not in found


def test_the_record_says_where_each_is_from_and_gives_paper_no_state(
    letter: Letter, keys: WorkerKeys
) -> None:
    before = file(letter, keys, "full", "csv").partition(b"\r\n")[0]
    enter_sheet(letter, SHEET, actor="Ana")
    assert file(letter, keys, "full", "csv").partition(b"\r\n")[0] == before
    keyed = ("name", "source", "state", "signed_on", "edition", "consent_publication", "email")
    rows = [[row[key] for key in keyed] for row in told(letter, keys, "full")]
    assert [row[:3] for row in rows[:2]] == [
        ["Bo Web", "web", "listed"],
        ["Cy Mail", "mail", "listed"],
    ]
    assert rows[2:] == [
        [name, "paper", "", "2026-11-20", "1", True, ""]
        for name in ("Ada Paper", "Zoë Paper", "ليلى")
    ]


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_nothing_changes_without_a_name_on_paper(
    letter: Letter, keys: WorkerKeys, preset: Preset
) -> None:
    before = [file(letter, keys, preset.name, form) for form in ("csv", "json", "ods")]
    row = enter_sheet(letter, SHEET, actor="Ana")
    after = [file(letter, keys, preset.name, form) for form in ("csv", "json", "ods")]
    assert (before == after) == (preset.purpose is Purpose.CONTACTS)
    take_sheet_back(row, actor="Ana")
    enter_sheet(letter, Sheet(7), actor="Ana")
    assert [file(letter, keys, preset.name, form) for form in ("csv", "json", "ods")] == before


@pytest.mark.parametrize("purpose", [Purpose.PUBLIC, Purpose.ADDRESSEE, Purpose.RECORD])
def test_names_from_countries_at_risk_are_in_no_file(letter: Letter, purpose: Purpose) -> None:
    enter_sheet(letter, SHEET, actor="Ana")
    Letter.objects.filter(pk=letter.pk).update(cautious_countries=["LB"])
    assert PaperName.objects.filter(country="LB").exists()
    assert who(letter, purpose) == ["Ada Paper", "Zoë Paper"]


def test_under_an_earlier_text_they_are_in_the_record_alone(letter: Letter) -> None:
    enter_sheet(letter, SHEET, actor="Ana")
    publish(letter, [text(body="Another")], actor="Ana", change=EditionChange.SUBSTANTIVE)
    assert who(letter, Purpose.PUBLIC) == who(letter, Purpose.ADDRESSEE) == []
    assert len(who(letter, Purpose.RECORD)) == 3


def test_the_public_ones_are_those_of_the_page(letter: Letter) -> None:
    enter_sheet(letter, SHEET, actor="Ana")
    assert who(letter, Purpose.PUBLIC) == [name for name, _ in names_on_paper(letter, "en")]
    assert who(letter, Purpose.CONTACTS) == []
