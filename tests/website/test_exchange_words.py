"""What became of a file, in counted sentences."""

from __future__ import annotations

import pytest

from undersigned.letters.translating.checking import Fault, FaultCode
from undersigned.letters.translating.exchanging import refusals
from undersigned.letters.translating.exchanging.entries import Entry
from undersigned.letters.translating.exchanging.reporting import Report, Told
from undersigned.website.exchange_words import (
    Group,
    Shown,
    refusal_sentence,
    report_groups,
)

ENTRY = Entry("body-0-1", "One thing", "Una cosa")
TOLD = Told(ENTRY)
SHOWN = Shown("One thing", "Una cosa", "", ())


@pytest.mark.parametrize("about", ["", "12"])
def test_every_refusal_has_a_sentence(about: str) -> None:
    kinds = refusals.FileRefused.__subclasses__()
    said = [refusal_sentence(kind(about)) for kind in kinds]
    assert len(set(said)) == len(kinds) == 9
    assert not [sentence for sentence in said if "%" in sentence]


def test_a_refusal_says_what_it_is_about_in_short() -> None:
    assert (
        refusal_sentence(refusals.FileOfAnotherLetter("x" * 900))
        == f"This file is of another letter: {'x' * 60}"
    )


def test_every_entry_is_counted_in_a_sentence() -> None:
    doubted = Told(ENTRY, faults=(Fault(FaultCode.SAME),))
    report = Report(
        taken=(TOLD, doubted),
        unchanged=7,
        empty=1,
        unfinished=(TOLD,),
        conflicts=(Told(ENTRY, "Otra cosa"),),
        refused=(doubted,),
        unknown=(TOLD,),
        twice=(TOLD, TOLD),
    )
    groups = report_groups(report, is_done=False)
    same = "This is the same as the original."
    assert groups == [
        Group("2 blocks can be taken in."),
        Group(
            "1 of these should be read once more:",
            (Shown("One thing", "Una cosa", "", (same,)),),
        ),
        Group(
            "1 block was changed here since the file was written, and stays as it is here:",
            (Shown("One thing", "Una cosa", "Otra cosa", ()),),
        ),
        Group(
            "1 block cannot be taken in:",
            (Shown("One thing", "Una cosa", "", (same,)),),
        ),
        Group(
            "2 entries say different things for the same words. None is taken in:",
            (SHOWN, SHOWN),
        ),
        Group("1 entry translates what the letter does not say, or not any more:", (SHOWN,)),
        Group("1 block is marked as unfinished in the file, and stays as it is here:", (SHOWN,)),
        Group("1 block is not translated in the file."),
        Group("7 blocks say what they said before."),
    ]
    assert report_groups(report, is_done=True)[0] == Group("2 blocks were taken in.")


def test_nothing_is_said_of_what_there_is_none_of() -> None:
    assert report_groups(Report(), is_done=True) == [Group("0 blocks were taken in.")]


def test_of_very_many_some_are_shown_in_short() -> None:
    long = Told(Entry("body-0-1", "x" * 9000, "y" * 9000), "z" * 9000)
    [_taken, group] = report_groups(Report(unknown=(long,) * 900), is_done=False)
    assert group.sentence.startswith("900 entries")
    assert group.shown == (Shown("x" * 400, "y" * 400, "z" * 400, ()),) * 30
