"""Sheets on paper, in the studio: printed, entered, corrected, taken back."""

from __future__ import annotations

import pytest

from tests.builders import listed
from tests.studio.people import Colleague
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.exporting.fonts import FontMissing
from undersigned.signatures.exporting.typesetting import NotTypeset
from undersigned.signatures.models import PaperName, PaperSheet
from undersigned.signatures.paper import Entry, Sheet, enter_sheet, take_sheet_back
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio.views import paper
from undersigned.teams.models import Team

PAGE = "/studio/letters/banned/paper/"
NEW = f"{PAGE}new/"


def test_a_sheet_is_made_to_print(owner: Colleague, letter: Letter) -> None:
    assert f'action="{PAGE}blank/en.pdf"' in owner.get(PAGE).text
    answer = owner.post(f"{PAGE}blank/en.pdf")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="banned-en.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert owner.post(f"{PAGE}blank/my.pdf").status_code == 404


def test_a_sheet_that_cannot_be_made_says_why(
    owner: Colleague, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    for fault, sentence in (
        (FontMissing("က"), "No font here has Myanmar characters"),
        (NotTypeset(), "The sheet could not be made. Try once more."),
    ):

        def fail(layout: str, fault: Exception = fault) -> bytes:
            raise fault

        monkeypatch.setattr(paper, "set_sheet_apart", fail)
        assert sentence in owner.post(f"{PAGE}blank/en.pdf", follow=True).text


def test_before_there_is_a_text_there_is_nothing_to_sign(
    owner: Colleague, team: Team, db: None
) -> None:
    Letter.objects.create(slug="banned", team=team, source_language="en", state=LetterState.DRAFT)
    assert "no published text yet" in owner.get(PAGE).text
    assert owner.post(f"{PAGE}blank/en.pdf").status_code == 404
    assert owner.get(NEW).status_code == 404


def test_a_sheet_is_entered_row_by_row(owner: Colleague, letter: Letter) -> None:
    empty = owner.get(NEW).text
    assert "name=name-12" in empty
    assert "name=name-13" not in empty
    said = owner.post(
        NEW,
        {
            "signatures": "9",
            "place": "Square",
            "signed_on": "2026-11-20",
            "note": "Bo",
            "name-1": " Ana Example ",
            "country-1": "ES",
            "name-3": "ليلى",
            "country-3": "zz",
        },
        follow=True,
    ).text
    assert "Sheet 1 is entered and counted. Here is the next one." in said
    row = PaperSheet.objects.get()
    assert (row.signatures, row.place, row.note) == (9, "Square", "Bo")
    assert list(row.names.values_list("name", "country")) == [("Ana Example", "ES"), ("ليلى", "")]
    table = owner.get(PAGE).text
    assert "9 signatures on paper are counted." in table
    assert "2026-11-20" in table


def test_more_rows_without_a_script(owner: Colleague, letter: Letter) -> None:
    filled = {f"name-{number}": f"Person {number}" for number in range(1, 13)}
    answer = owner.post(NEW, {**filled, "more": "1"})
    assert answer.status_code == 200
    assert "name=name-24" in answer.text
    assert 'value="Person 12"' in answer.text
    assert "Nothing is lost" not in answer.text
    assert not PaperSheet.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "id_signatures_error"),
        ({"signatures": "0"}, "id_signatures_error"),
        ({"signatures": "1", "name-1": "A B", "name-2": "C D"}, "There are more names below"),
        ({"signatures": "1", "name-1": "a@b.example"}, "Some names need your attention"),
        ({"signatures": "1", "name-1": "x" * 130}, "Shorten it to 120 characters."),
        ({"signatures": "1", "signed_on": "2999-01-01"}, "This day has not come yet."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    owner: Colleague, letter: Letter, sent: dict[str, str], sentence: str
) -> None:
    answer = owner.post(NEW, {"place": "Square", **sent})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Square"' in answer.text
    if "name-1" in sent:
        assert sent["name-1"] in answer.text
    assert not PaperSheet.objects.exists()


def test_who_may_have_signed_before_is_shown_first(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Ana Lucía Exemplar")
    enter_sheet(letter, Sheet(1, (Entry("Boris Sample"),)), actor="Bo")
    sent = {
        "signatures": "4",
        "name-1": "Ana Lucia Exemplar",
        "name-2": "Boris Sample",
        "name-3": "Cy Instance",
        "name-4": "Cy Instance",
    }
    answer = owner.post(NEW, sent)
    assert answer.status_code == 422
    assert "Nothing is stored yet. These names may have signed before:" in answer.text
    assert "<bdi>Ana Lucía Exemplar</bdi> online" in answer.text
    assert "<bdi>Boris Sample</bdi> on sheet 1" in answer.text
    assert "<bdi>Cy Instance</bdi> on this sheet too" in answer.text
    assert PaperSheet.objects.count() == 1
    owner.post(NEW, {**sent, "seen": "on"})
    assert PaperSheet.objects.count() == 2
    assert "Exemplar" not in answer.headers.get("Location", "")


def test_a_sheet_is_corrected(owner: Colleague, letter: Letter) -> None:
    row = enter_sheet(letter, Sheet(3, (Entry("Ana Example", "ES"),)), actor="Bo")
    path = f"{PAGE}{row.pk}/"
    page = owner.get(path).text
    assert 'value="Ana Example"' in page
    assert '<option value="ES" selected>' in page
    said = owner.post(path, {"signatures": "2", "name-1": "Ana Exemplar"}, follow=True).text
    assert "The sheet is corrected." in said
    assert PaperName.objects.get().name == "Ana Exemplar"
    assert PaperSheet.objects.get().signatures == 2


def test_a_sheet_of_another_letter_is_unknown(owner: Colleague, letter: Letter) -> None:
    assert owner.get(f"{PAGE}01a208d3-511d-71c3-90a0-125bc6ba3fde/").status_code == 404


def test_a_sheet_is_taken_back(
    owner: Colleague, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = enter_sheet(letter, Sheet(3, (Entry("Ana Example"),)), actor="Bo")
    path = f"{PAGE}{row.pk}/"
    assert "3 signatures will not be counted any more." in owner.get(f"{path}take-back/").text
    found = paper._found

    def meanwhile(*words: object) -> PaperSheet:
        sheet = found(*words)  # type: ignore[arg-type]
        take_sheet_back(sheet, actor="Bo")
        return sheet

    monkeypatch.setattr(paper, "_found", meanwhile)
    assert "taken back meanwhile" in owner.post(path, {"signatures": "2"}, follow=True).text
    monkeypatch.undo()
    assert "counted no more" in owner.post(f"{path}take-back/", follow=True).text
    assert "Ana Example" not in owner.get(PAGE).text
    assert owner.get(path).status_code == 404


def test_paper_is_told_apart_wherever_numbers_stand(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    sentence = "3 more signatures were given on paper and are counted apart."
    enter_sheet(letter, Sheet(3, (Entry("Ana Example", "ES"),)), actor="Bo")
    for path in ("/banned/en/", "/banned/en/signatures/", "/banned/en/figures/"):
        assert sentence in owner.get(path).text, path
    assert sentence in owner.get("/studio/letters/banned/figures/").text
    page = owner.get("/banned/en/signatures/").text
    assert "Signed on paper" in page
    assert "<bdi>Ana Example</bdi> <small>Spain</small>" in page
    assert "Ana Example" not in owner.get("/banned/en/signatures/?q=ana").text
    assert owner.get("/banned/count.json").json()["on_paper"] == 3
    assert owner.get("/banned/count.json").json()["total"] == 0
