"""Two people write at once, and no word of either is lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from undersigned.letters.merging import MOST_PIECES, Conflict, Merged, merge
from undersigned.letters.segments import words

BASE = "We ask for one thing.\n\nStop the sale now. Please answer us."


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        # Different paragraphs, neighbouring ones too.
        (
            BASE.replace("one", "a single"),
            BASE.replace("answer", "reply to"),
            "We ask for a single thing.\n\nStop the sale now. Please reply to us.",
        ),
        # Different sentences of a paragraph.
        (
            BASE.replace("Stop the sale now", "Halt all sales"),
            BASE.replace("Please answer us", "We wait"),
            "We ask for one thing.\n\nHalt all sales. We wait.",
        ),
        # Different words of a sentence.
        (
            BASE.replace("Stop", "Halt"),
            BASE.replace("now", "today"),
            "We ask for one thing.\n\nHalt the sale today. Please answer us.",
        ),
        # The same change twice is one change.
        (
            BASE.replace("one thing", "two things"),
            BASE.replace("one thing", "two things").replace("us", "soon"),
            "We ask for two things.\n\nStop the sale now. Please answer soon.",
        ),
        # One writes before, the other after.
        ("First.\n\n" + BASE, BASE + "\n\nLast.", "First.\n\n" + BASE + "\n\nLast."),
        # One takes a paragraph out, the other writes on.
        (BASE.partition("\n\n")[2], BASE + " Soon.", "Stop the sale now. Please answer us. Soon."),
        # One sets the paragraphs further apart, the other changes a word.
        (
            BASE.replace("\n\n", "\n\n\n"),
            BASE.replace("now", "today"),
            BASE.replace("now", "today").replace("\n\n", "\n\n\n"),
        ),
        # Space around the text.
        ("\n" + BASE, BASE.replace("one", "a") + "\n", "\n" + BASE.replace("one", "a") + "\n"),
    ],
)
def test_what_only_one_changed_is_taken_over(mine: str, theirs: str, merged: str) -> None:
    assert merge(BASE, mine, theirs) == Merged(merged)
    assert merge(BASE, theirs, mine) == Merged(merged)


def test_words_of_scripts_without_spaces_are_told_apart() -> None:
    merged = merge("我们要求政府停止销售。", "我们请求政府停止销售。", "我们要求政府停止买卖。")

    assert merged == Merged("我们请求政府停止买卖。")


def test_the_same_words_changed_in_two_ways_are_for_the_writer_to_choose() -> None:
    mine, theirs = BASE.replace("Stop", "Halt"), BASE.replace("Stop", "End")
    conflict = Conflict(
        base="Stop the sale now.", mine="Halt the sale now.", theirs="End the sale now."
    )

    assert merge(BASE, mine, theirs) == Merged(BASE, (conflict,))
    assert merge(BASE, mine, theirs, keep="mine") == Merged(mine, (conflict,))
    assert merge(BASE, mine, theirs, keep="theirs") == Merged(theirs, (conflict,))


def test_what_both_added_in_one_place_is_for_the_writer_to_choose() -> None:
    conflict = Conflict(base="", mine="Mine.", theirs="Theirs.")
    mine, theirs = BASE + "\n\nMine.", BASE + "\n\nTheirs."

    assert merge(BASE, mine, theirs) == Merged(BASE, (conflict,))
    assert merge(BASE, mine, theirs, keep="theirs") == Merged(theirs, (conflict,))


def test_additions_in_the_middle_leave_the_paragraphs_apart() -> None:
    mine, theirs = BASE.replace("\n\n", "\n\nMine.\n\n"), BASE.replace("\n\n", "\n\nTheirs.\n\n")

    assert merge(BASE, mine, theirs).text == BASE
    assert merge(BASE, mine, theirs, keep="mine").text == mine


def test_an_address_on_the_web_is_never_mixed() -> None:
    merged = merge("https://a.example/one", "https://b.example/one", "https://a.example/two")

    assert merged.text == "https://a.example/one"
    assert merged.conflicts == (
        Conflict("https://a.example/one", "https://b.example/one", "https://a.example/two"),
    )


def test_a_sentence_taken_out_and_changed_is_a_conflict() -> None:
    merged = merge("One. Two.", "One.", "One. Two words.")

    assert merged == Merged("One. Two.", (Conflict(base="Two.", mine="", theirs="Two words."),))


def test_a_paragraph_moved_and_changed_keeps_every_word() -> None:
    merged = merge("One here.\n\nTwo there.", "Two there.\n\nOne here.", "One here.\n\nTwo again.")

    said = " ".join([merged.text, *(conflict.theirs for conflict in merged.conflicts)])
    assert "again" in said


def test_too_long_a_sentence_is_compared_whole() -> None:
    base = "word " * MOST_PIECES + "end"
    mine, theirs = "a " + base, base + " b"

    assert merge(base, mine, theirs) == Merged(base, (Conflict(base, mine, theirs),))


pieces = st.sampled_from(["a", "b", "c", "A.", "B.", "\n\n", ",", "我们", "停止", "ကျ", "😀", "\n"])
texts = st.lists(pieces | st.text(max_size=3), max_size=12).map(" ".join) | st.text(max_size=20)


@given(texts, texts)
@example("", "\n\n")
def test_only_one_wrote(base: str, changed: str) -> None:
    assert merge(base, base, changed) == Merged(changed)
    assert merge(base, changed, base) == Merged(changed)
    assert merge(base, changed, changed) == Merged(changed)


@given(texts, texts, texts)
@example("A. B", "", "A.  C")
@example("a a \n a", "?0", "a \n a")
@example("A.  B", "", "A. C")
@example("A.\n\nB.", "A.\n\nB. M.", "A.\n\nB.\n\nC.")
def test_every_added_word_is_in_the_text_or_in_a_conflict(
    base: str, mine: str, theirs: str
) -> None:
    merged = merge(base, mine, theirs)

    places = [merged.text]
    for conflict in merged.conflicts:
        places += [conflict.mine, conflict.theirs]
    before = {*words(base)}
    for word in {*words(mine), *words(theirs)} - before:
        if not word.isspace():
            assert any(word in place for place in places)
