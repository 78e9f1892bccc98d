"""A file comes back while others work: what becomes of each entry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.letters.translating.hands import EVA, VOLUNTEER, put_out, rewrite, type_in
from undersigned.letters.drafting import draft_of, save
from undersigned.letters.models import Letter, LetterEvent, LetterLanguage, Wording, WordingOrigin
from undersigned.letters.translating.checking import FaultCode
from undersigned.letters.translating.exchanging.collecting import collect
from undersigned.letters.translating.exchanging.entries import Entry, TranslationFile
from undersigned.letters.translating.exchanging.reading import WRITERS, read_file
from undersigned.letters.translating.exchanging.refusals import (
    FileOfAnotherLanguage,
    FileOfAnotherLetter,
)
from undersigned.letters.translating.exchanging.reporting import Report
from undersigned.letters.translating.exchanging.taking_in import look_through, take_in
from undersigned.letters.translating.working import (
    OwnLanguage,
    Typed,
    drafted_source,
    save_words,
    source_text,
)

pytestmark = pytest.mark.django_db


def exported(letter: Letter) -> TranslationFile:
    return collect(letter, "es", source_text(letter))


def edited(file: TranslationFile, **words: str) -> TranslationFile:
    """With other words at some blocks, by key with underscores, as finished."""
    by_key = {key.replace("_0_", "-0-"): text for key, text in words.items()}
    return replace(
        file,
        entries=tuple(
            replace(entry, text=by_key[entry.key], is_finished=True)
            if entry.key in by_key
            else entry
            for entry in file.entries
        ),
    )


def take(letter: Letter, file: TranslationFile) -> Report:
    return take_in(letter, "es", file, worker=EVA)


def words(letter: Letter) -> dict[str, str]:
    rows = Wording.objects.filter(letter=letter, language="es").exclude(text="")
    return dict(rows.values_list("source", "text"))


@pytest.mark.parametrize("ending", [*WRITERS])
def test_out_and_in_through_a_format(
    letter: Letter, everything: dict[str, str], ending: str
) -> None:
    type_in(letter, everything)
    before = words(letter)
    raw = WRITERS[ending](edited(exported(letter), body_0_1="Pedimos *una* cosa."))
    report = take(letter, read_file(raw))
    assert [told.entry.key for told in report.taken] == ["body-0-1"]
    assert (report.unchanged, report.total) == (12, 13)
    assert words(letter) == before | {"We ask for one thing.": "Pedimos *una* cosa."}
    row = Wording.objects.get(letter=letter, digest__gt="", text="Pedimos *una* cosa.")
    assert (row.origin, row.by) == (WordingOrigin.FILE, "Eva")
    event = LetterEvent.objects.get(letter=letter, act="import translation")
    assert (event.actor, event.details) == ("Eva", {"language": "es", "blocks": 1})


@pytest.mark.parametrize("ending", [*WRITERS])
def test_a_file_that_nobody_touched_changes_nothing(
    letter: Letter, everything: dict[str, str], ending: str
) -> None:
    type_in(letter, everything)
    report = take(letter, read_file(WRITERS[ending](exported(letter))))
    assert report == Report(unchanged=13)
    assert not LetterEvent.objects.filter(act="import translation").exists()


def test_looking_through_a_file_stores_nothing(letter: Letter) -> None:
    file = edited(exported(letter), body_0_1="Pedimos una cosa.")
    report = look_through(letter, "es", file)
    assert [told.entry.key for told in report.taken] == ["body-0-1"]
    assert words(letter) == {}
    assert not LetterLanguage.objects.filter(letter=letter).exists()
    assert take(letter, file) == report


def test_taking_a_file_in_twice_is_taking_it_in_once(letter: Letter) -> None:
    file = edited(exported(letter), body_0_1="Pedimos una cosa.")
    take(letter, file)
    assert take(letter, file) == Report(unchanged=1, empty=12)


def test_what_somebody_changed_since_is_not_overwritten(letter: Letter) -> None:
    type_in(letter, {"body-0-1": "Pedimos algo.", "body-0-2": "Que se oiga"})
    file = exported(letter)
    change(letter, "body-0-1", "Pedimos algo.", "Pedimos solo una cosa.")
    change(letter, "body-0-2", "Que se oiga", "Que nos oigan")
    report = take(letter, edited(file, body_0_1="Pedimos una cosa."))
    [conflict] = report.conflicts
    assert (conflict.entry.text, conflict.theirs) == ("Pedimos una cosa.", "Pedimos solo una cosa.")
    # The translator did not touch the other one: it is nobody's conflict.
    assert (len(report.taken), report.unchanged) == (0, 1)
    assert words(letter) == {
        "We ask for one thing.": "Pedimos solo una cosa.",
        "To be heard": "Que nos oigan",
    }


def test_what_somebody_translated_since_is_not_overwritten(letter: Letter) -> None:
    file = exported(letter)
    type_in(letter, {"body-0-1": "Pedimos algo."})
    report = take(letter, edited(file, body_0_1="Pedimos una cosa."))
    assert [told.theirs for told in report.conflicts] == ["Pedimos algo."]


def test_without_a_time_everything_that_differs_is_a_conflict(letter: Letter) -> None:
    type_in(letter, {"body-0-1": "Pedimos algo."})
    file = replace(exported(letter), exported_at=None)
    report = take(letter, edited(file, body_0_1="Pedimos una cosa.", body_0_2="Que nos oigan"))
    assert [told.theirs for told in report.conflicts] == ["Pedimos algo."]
    assert [told.entry.key for told in report.taken] == ["body-0-2"]


def test_entries_of_an_older_source_are_told(letter: Letter, everything: dict[str, str]) -> None:
    file = edited(exported(letter), body_0_1="Pedimos una cosa.", body_0_2="Que nos oigan")
    letter = rewrite(letter, body="### Why\n\nWe ask for two things.\n\n- To be heard")
    report = take(letter, file)
    assert [told.entry.source for told in report.unknown] == ["We ask for one thing."]
    assert words(letter) == {"To be heard": "Que nos oigan"}


def test_unfinished_entries_are_left_and_finished_ones_taken(
    letter: Letter, everything: dict[str, str]
) -> None:
    put_out(letter, everything)
    letter = rewrite(
        letter, body="### Why\n\nWe ask for two things.\n\n- To be heard\n- To be seen"
    )
    file = exported(letter)
    assert [told.entry.key for told in take(letter, file).unfinished] == ["body-0-1"]
    report = take(letter, edited(file, body_0_1="Pedimos dos cosas."))
    assert [told.entry.key for told in report.taken] == ["body-0-1"]
    assert words(letter)["We ask for two things."] == "Pedimos dos cosas."


def test_a_machines_draft_that_comes_back_finished_was_read(letter: Letter) -> None:
    typed = {"body-0-1": Typed("Pedimos una cosa.", origin=WordingOrigin.MACHINE)}
    save_words(letter, "es", source_text(letter), typed, worker=EVA)
    file = exported(letter)
    report = take(letter, edited(file, body_0_1="Pedimos una cosa."))
    assert [told.entry.key for told in report.taken] == ["body-0-1"]
    assert Wording.objects.get(text="Pedimos una cosa.").origin == WordingOrigin.FILE


def test_refused_entries_are_told_and_change_nothing(letter: Letter) -> None:
    type_in(letter, {"body-0-1": "Pedimos una cosa."})
    file = edited(
        exported(letter),
        body_0_1="Pedimos\u202e una cosa.",
        body_0_2="<script>alert(1)</script>",
        body_0_3="x" * 20_001,
        title_0_0="Prohibir " * 25,
    )
    report = take(letter, file)
    assert [told.faults[0].code for told in report.refused] == [
        FaultCode.HIDDEN,
        FaultCode.TAGS,
        FaultCode.TOO_LONG,
    ]
    assert [told.faults[0].code for told in report.doubted] == [FaultCode.LONG_TITLE]
    assert words(letter) == {
        "We ask for one thing.": "Pedimos una cosa.",
        "Ban it": ("Prohibir " * 25).strip(),
    }


def test_files_of_another_letter_or_language_are_refused(letter: Letter) -> None:
    file = edited(exported(letter), body_0_1="Pedimos una cosa.")
    with pytest.raises(FileOfAnotherLetter) as of_letter:
        take(letter, replace(file, letter="another"))
    assert of_letter.value.about == "another"
    with pytest.raises(FileOfAnotherLanguage) as of_language:
        take(letter, replace(file, language="ca"))
    assert of_language.value.about == "ca"
    with pytest.raises(FileOfAnotherLanguage):
        take(letter, replace(file, language=""))
    with pytest.raises(OwnLanguage):
        take_in(letter, "en", replace(file, language="en"), worker=EVA)
    assert words(letter) == {}


def test_a_file_that_names_no_letter_is_known_by_its_words(letter: Letter) -> None:
    file = replace(edited(exported(letter), body_0_1="Pedimos una cosa."), letter="")
    assert len(take(letter, file).taken) == 1
    other = Entry("body-0-1", "Save the file", "Guardar el archivo")
    with pytest.raises(FileOfAnotherLetter) as refusal:
        take(letter, replace(file, entries=(other, Entry("body-0-2", "Open", ""))))
    assert refusal.value.about == ""


def test_words_for_the_next_edition_are_taken_from_organisers_only(letter: Letter) -> None:
    draft = draft_of(letter, "en")
    body = "### Why\n\nWe ask for two things.\n\n- To be heard\n- To be seen"
    save(draft, draft.words, {**draft.words, "body": body}, actor="Ana")
    source = drafted_source(letter)
    assert source is not None
    file = edited(
        collect(letter, "es", source), body_0_1="Pedimos dos cosas.", body_0_2="Que nos oigan"
    )
    told = take_in(letter, "es", file, worker=VOLUNTEER)
    assert [one.entry.source for one in told.unknown] == ["We ask for two things."]
    report = take_in(letter, "es", file, worker=EVA, with_draft=True)
    assert [one.entry.key for one in report.taken] == ["body-0-1"]
    assert words(letter) == {
        "We ask for two things.": "Pedimos dos cosas.",
        "To be heard": "Que nos oigan",
    }
    actors = LetterEvent.objects.filter(act="import translation").order_by("pk")
    assert [event.actor for event in actors] == ["translator", "Eva"]


def change(letter: Letter, key: str, before: str, after: str) -> None:
    typed = {key: Typed(after, before)}
    save_words(letter, "es", source_text(letter), typed, worker=VOLUNTEER)
