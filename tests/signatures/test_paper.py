"""Signatures on paper: entered, corrected, taken back; counted apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.builders import listed, published_letter, text
from undersigned.letters.models import EditionChange, Letter, LetterEvent, LetterState
from undersigned.letters.publishing import publish
from undersigned.signatures.cautious_countries import be_cautious
from undersigned.signatures.counting import count_changes, read_counts
from undersigned.signatures.models import Export, PaperName, PaperSheet, Signature
from undersigned.signatures.paper import (
    Entry,
    NotPublished,
    Sheet,
    TakenBack,
    TooManyNames,
    correct_sheet,
    count_on_paper,
    enter_sheet,
    names_on_paper,
    sheets_of,
    take_sheet_back,
)
from undersigned.signatures.paper_doubles import Double, find_doubles
from undersigned.signatures.worker_keys import WorkerKeys

TWO = Sheet(
    signatures=5,
    names=(Entry("Zoë Example", "DE"), Entry("Ana Example"), Entry("ليلى", "LB")),
    place="Example Square",
    signed_on=date(2026, 11, 20),
    note="Bo",
)


def test_a_sheet_is_counted_apart_and_never_with_the_others(
    letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys)
    before = letter.revision
    enter_sheet(letter, TWO, actor="Ana")
    enter_sheet(letter, Sheet(2), actor="Ana")
    count_changes()

    counts = read_counts(letter)
    assert (counts.total, counts.people, counts.paper) == (1, 1, 7)
    assert [row.number for row in sheets_of(letter)] == [2, 1]
    assert names_on_paper(letter, "en") == [
        ("Ana Example", ""),
        ("Zoë Example", "Germany"),
        ("ليلى", "Lebanon"),
    ]
    assert Letter.objects.get().revision > before
    assert Signature.objects.count() == 1


def test_names_from_countries_at_risk_are_counted_and_not_shown(letter: Letter) -> None:
    enter_sheet(letter, TWO, actor="Ana")
    letter.cautious_countries = ["LB"]
    assert [name for name, _ in names_on_paper(letter, "en")] == ["Ana Example", "Zoë Example"]
    assert count_on_paper(letter) == 5


def test_what_is_in_the_trail_names_nobody(letter: Letter) -> None:
    row = enter_sheet(letter, TWO, actor="Ana")
    correct_sheet(row, Sheet(1), actor="Bo")
    take_sheet_back(row, actor="Cy")
    events = LetterEvent.objects.filter(act__contains="paper").order_by("pk")
    assert [(one.actor, one.act, one.details) for one in events] == [
        ("Ana", "enter paper sheet", {"sheet": 1, "signatures": 5}),
        ("Bo", "correct paper sheet", {"sheet": 1, "signatures": 1}),
        ("Cy", "take paper sheet back", {"sheet": 1, "signatures": 5}),
    ]


def test_a_sheet_is_corrected(letter: Letter) -> None:
    row = enter_sheet(letter, TWO, actor="Ana")
    correct_sheet(row, Sheet(9, (Entry("Cy Example"),)), actor="Bo")
    row.refresh_from_db()
    assert (row.number, row.signatures, row.place, row.actor) == (1, 9, "", "Ana")
    assert names_on_paper(letter, "en") == [("Cy Example", "")]
    assert count_on_paper(letter) == 9


def test_a_sheet_that_is_taken_back_is_gone_but_for_its_number(letter: Letter) -> None:
    row = enter_sheet(letter, TWO, actor="Ana")
    for _ in range(2):
        take_sheet_back(row, actor="Bo")
    assert (count_on_paper(letter), names_on_paper(letter, "en")) == (0, [])
    assert not PaperName.objects.exists()
    stored = PaperSheet.objects.get()
    assert (stored.place, stored.note, stored.signatures) == ("", "", 5)
    assert LetterEvent.objects.filter(act="take paper sheet back").count() == 1
    with pytest.raises(TakenBack):
        correct_sheet(row, TWO, actor="Ana")
    assert enter_sheet(letter, Sheet(1), actor="Ana").number == 2


@pytest.mark.parametrize("act", ["correct", "take back", "warn"])
def test_a_name_that_goes_ends_the_files_that_have_it(letter: Letter, act: str) -> None:
    row = enter_sheet(letter, TWO, actor="Ana")
    later = timezone.now() + timedelta(hours=1)
    Export.objects.create(letter=letter, sealed_key=b"key", expires_at=later)
    be_cautious(letter, "FR")
    enter_sheet(letter, Sheet(1), actor="Ana")
    assert Export.objects.get().expires_at == later
    if act == "correct":
        correct_sheet(row, Sheet(5), actor="Bo")
    elif act == "take back":
        take_sheet_back(row, actor="Bo")
    else:
        be_cautious(letter, "LB")
    assert Export.objects.filter(expires_at__lte=timezone.now()).exists()


def test_what_is_refused(letter: Letter) -> None:
    with pytest.raises(TooManyNames):
        enter_sheet(letter, Sheet(1, TWO.names), actor="Ana")
    with pytest.raises(TooManyNames):
        enter_sheet(letter, Sheet(500, (Entry("Ana"),) * 101), actor="Ana")
    draft = Letter.objects.create(slug="draft", source_language="en", state=LetterState.DRAFT)
    with pytest.raises(NotPublished):
        enter_sheet(draft, Sheet(1), actor="Ana")
    assert count_on_paper(draft) == 0
    assert not PaperSheet.objects.exists()


def test_sheets_of_an_earlier_text_are_not_of_this_one(letter: Letter) -> None:
    enter_sheet(letter, TWO, actor="Ana")
    publish(letter, [text(body="Another")], actor="Ana", change=EditionChange.SUBSTANTIVE)
    assert count_on_paper(Letter.objects.get()) == 0


def test_since_a_day(letter: Letter) -> None:
    today = timezone.now().date()
    enter_sheet(letter, Sheet(1, signed_on=today - timedelta(days=9)), actor="Ana")
    enter_sheet(letter, Sheet(2), actor="Ana")
    assert count_on_paper(letter, today) == 2
    assert count_on_paper(letter, today - timedelta(days=9)) == 3


def test_who_may_have_signed_before(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, name="Ana Lucía Exemplar", country="ES")
    listed(letter, keys, name="Somebody Else")
    row = enter_sheet(letter, Sheet(1, (Entry("Борис Пример"),)), actor="Ana")
    other = published_letter(keys, "other")
    enter_sheet(other, Sheet(1, (Entry("Dora Example"),)), actor="Ana")
    names = [
        Entry("Ana Lucia Exemplar"),
        Entry("Борис Пример"),
        Entry("Dora Example"),
        Entry("Dora  Example"),
        Entry("王"),
    ]
    assert find_doubles(letter, names) == [
        Double("Ana Lucia Exemplar", "Ana Lucía Exemplar", 0),
        Double("Борис Пример", "Борис Пример", 1),
        Double("Dora  Example", "Dora Example", -1),
    ]
    assert find_doubles(letter, names[1:2], besides=row.pk) == []
    assert find_doubles(letter, []) == []


def test_names_from_countries_at_risk_are_not_stored(letter: Letter) -> None:
    Letter.objects.update(cautious_countries=["LB"])
    row = enter_sheet(letter, TWO, actor="Ana")
    assert [one.name for one in row.names.order_by("pk")] == ["Zoë Example", "Ana Example"]
    assert (row.signatures, count_on_paper(letter)) == (5, 5)
    correct_sheet(row, TWO, actor="Bo")
    assert not PaperName.objects.filter(country="LB").exists()
    with pytest.raises(TooManyNames):
        correct_sheet(row, Sheet(2, TWO.names), actor="Bo")
