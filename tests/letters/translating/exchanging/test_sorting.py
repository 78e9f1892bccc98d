"""Which block an entry belongs to, and which may be stored."""

from __future__ import annotations

from undersigned.letters.translating.blocks import Block, Place
from undersigned.letters.translating.checking import Fault, FaultCode
from undersigned.letters.translating.exchanging.entries import Entry
from undersigned.letters.translating.exchanging.reporting import Told
from undersigned.letters.translating.exchanging.sorting import sort_out
from undersigned.letters.translating.markdown_blocks import BlockKind


def block(number: int, text: str, field: str = "body") -> Block:
    return Block(Place(field, 0, number), BlockKind.PARAGRAPH, text)


FIRST, SECOND = block(0, "One\nthing"), block(1, "Mind {name}")


def test_an_entry_belongs_to_the_words_and_not_to_the_place() -> None:
    entry = Entry("body-0-7", "One\nthing", "Una cosa")
    assert sort_out([FIRST, SECOND], [entry]).ready == [(FIRST, Told(entry))]


def test_tools_may_change_blanks_in_the_source() -> None:
    entry = Entry("body-0-0", " One thing ", "Una cosa")
    assert sort_out([FIRST], [entry]).ready == [(FIRST, Told(entry))]


def test_words_of_another_field_are_other_words() -> None:
    entry = Entry("title-0-0", "One\nthing", "Una cosa")
    assert sort_out([FIRST], [entry]).unknown == [Told(entry)]


def test_of_the_same_words_at_two_places_the_first_is_meant() -> None:
    again = block(5, "One\nthing")
    entry = Entry("body-0-5", "One\nthing", "Una cosa")
    assert sort_out([FIRST, again], [entry]).ready == [(FIRST, Told(entry))]


def test_what_is_empty_or_unfinished_is_not_stored() -> None:
    unfinished = Entry("body-0-0", "One\nthing", "Una", is_finished=False)
    found = sort_out(
        [FIRST],
        [
            unfinished,
            Entry("body-0-0", "One\nthing", " ", is_finished=False),
            Entry("body-0-9", "Unknown", ""),
        ],
    )
    assert (found.ready, found.unknown, found.empty) == ([], [], 2)
    assert found.unfinished == [Told(unfinished)]


def test_two_entries_for_the_same_words_must_agree() -> None:
    one = Entry("body-0-0", "One\nthing", "Una cosa")
    other = Entry("body-0-5", "One\nthing", "Otra cosa")
    assert sort_out([FIRST], [one, other]).twice == [Told(one), Told(other)]
    agreeing = sort_out([FIRST], [one, one])
    assert (agreeing.ready, agreeing.unchanged) == ([(FIRST, Told(one))], 1)


def test_faults_are_told_and_some_refuse() -> None:
    without = Entry("body-0-1", "Mind {name}", "Cuidado")
    tagged = Entry("body-0-0", "One\nthing", "<b>Una</b> cosa")
    found = sort_out([FIRST, SECOND], [without, tagged])
    assert found.refused == [
        Told(without, faults=(Fault(FaultCode.PLACEHOLDERS_LOST, ("{name}",)),)),
        Told(tagged, faults=(Fault(FaultCode.TAGS, ("<b>", "</b>")),)),
    ]
    doubted = Entry("body-0-1", "Mind {name}", "Cuida a {name} en https://a.example")
    assert sort_out([SECOND], [doubted]).ready == [
        (SECOND, Told(doubted, faults=(Fault(FaultCode.LINKS_MADE_UP, ("https://a.example",)),)))
    ]
