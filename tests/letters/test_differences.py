"""What changed between two texts, as a person reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.letters import differences as module
from undersigned.letters.differences import (
    Difference,
    Kind,
    as_text,
    differences,
    differences_of_words,
)

MARKS = {Kind.KEPT: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "[+{}+]"}


def drawn(difference: Difference) -> list[str]:
    """Each block as `kind: text`, removed words in [-…-] and added ones in [+…+]."""
    return [
        f"{block.kind}: " + "".join(MARKS[span.kind].format(span.text) for span in block.spans)
        for block in difference.blocks
    ]


def test_a_changed_paragraph_is_shown_by_words() -> None:
    found = differences("We ask for one thing.", "We ask for a single thing.")

    assert drawn(found) == ["changed: We ask for [-one-][+a single+] thing."]
    assert (found.removed, found.added) == (1, 2)
    assert found


def test_what_stands_in_the_place_of_other_words_is_told_apart() -> None:
    def replaces(old: str, new: str) -> list[bool]:
        (block,) = differences(old, new).blocks
        return [span.replaces for span in block.spans if span.kind == Kind.ADDED]

    assert replaces("We ask you now.", "We ask them now.") == [True]
    assert replaces("We ask now.", "We ask now, and loudly.") == [False]


def test_long_kept_stretches_are_folded() -> None:
    old = "One.\n\nTwo.\n\nThree.\n\nFour now.\n\nFive.\n\nSix.\n\nSeven."

    found = differences(old, old.replace("now", "soon"))
    wider = differences(old, old.replace("now", "soon"), around=3)

    assert drawn(found) == [
        "folded: One.Two.",
        "kept: Three.",
        "changed: Four [-now-][+soon+].",
        "kept: Five.",
        "folded: Six.Seven.",
    ]
    assert [len(block.spans) for block in found.blocks] == [2, 1, 3 + 1, 1, 2]
    assert [block.kind for block in wider.blocks] == [
        *["kept"] * 3, "changed", *["kept"] * 3
    ]  # fmt: skip


def test_one_paragraph_alone_is_not_folded() -> None:
    assert drawn(differences("One.\n\nTwo.\n\nMore now.", "One.\n\nTwo.\n\nMore soon.")) == [
        "kept: One.",
        "kept: Two.",
        "changed: More [-now-][+soon+].",
    ]


def test_paragraphs_are_compared_with_their_like() -> None:
    old = "We ask the council to stop the sale.\n\nPlease answer before the end of May."
    new = (
        "Nobody asked for any such thing.\n\nWe ask the council to halt the sale.\n\n"
        "Thank you.\n\nPlease answer before the end of June."
    )

    assert drawn(differences(old, new)) == [
        "added: [+Nobody asked for any such thing.+]",
        "changed: We ask the council to [-stop-][+halt+] the sale.",
        "added: [+Thank you.+]",
        "changed: Please answer before the end of [-May-][+June+].",
    ]
    assert drawn(differences(new, old))[0] == "removed: [-Nobody asked for any such thing.-]"


def test_paragraphs_without_their_like_stand_apart() -> None:
    assert drawn(differences("Yes.\n\nAll of it here.", "Never\n\nAll of it now.\n\nDone")) == [
        "removed: [-Yes.-]",
        "added: [+Never+]",
        "changed: All of it [-here-][+now+].",
        "added: [+Done+]",
    ]
    assert drawn(differences("All of it here.\n\nGone", "All of it now.")) == [
        "changed: All of it [-here-][+now+].",
        "removed: [-Gone-]",
    ]


@pytest.mark.parametrize("text", ["", "One.\n\nTwo.", "\n"])
def test_the_same_text_is_no_difference(text: str) -> None:
    assert not differences(text, text)
    assert not differences(text, text + "\n\n")


def test_punctuation_is_a_difference_without_words() -> None:
    found = differences("Stop, now", "Stop now")

    assert (bool(found), found.removed, found.added) == (True, 0, 0)


def test_many_paragraphs_are_paired_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PAIRS", 1)

    assert drawn(differences("One here.\n\nTwo here.", "One now.\n\nTwo now.\n\nThree")) == [
        "changed: One [-here-][+now+].",
        "changed: Two [-here-][+now+].",
        "added: [+Three+]",
    ]


def test_a_very_long_text_is_compared_by_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CHARACTERS", 20)

    found = differences("Kept.\n\nOne here.", "Kept.\n\nOne now, yes.")

    assert drawn(found) == ["kept: Kept.", "removed: [-One here.-]", "added: [+One now, yes.+]"]
    assert (found.removed, found.added) == (2, 3)


def test_fields_of_a_text_in_their_order_and_only_the_changed_ones() -> None:
    old = {"title": "Stop", "ways_to_help": [{"heading": "Call", "text": "Ring them."}]}
    new = {
        "title": "Stop",
        "body": "New.",
        "ways_to_help": [{"heading": "Call", "text": "Ring us."}, {"heading": "Write"}],
    }

    found = differences_of_words(old, new)

    assert [*found] == ["body", "ways_to_help"]
    assert drawn(found["body"]) == ["added: [+New.+]"]
    assert drawn(found["ways_to_help"]) == [
        "kept: Call",
        "changed: Ring [-them-][+us+].",
        "added: [+Write+]",
    ]
    assert [*differences_of_words({"title": "Gone"}, {})] == ["title"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        (["Ana", "Bo"], "Ana, Bo"),
        (({"title": "T", "tags": ["a", "b"], "text": ""},), "T\n\na, b"),
        ({"general": "a@example.org"}, "a@example.org"),
        (100, "100"),
    ],
)
def test_values_as_text(value: object, text: str) -> None:
    assert as_text(value) == text


paragraph = st.lists(st.sampled_from(["a", "bb", "ccc", ",", "d."]), min_size=1, max_size=6).map(
    " ".join
)
texts = st.lists(paragraph, max_size=5).map("\n\n".join)


@given(texts, texts)
def test_both_texts_can_be_read_in_the_difference(old: str, new: str) -> None:
    blocks = differences(old, new).blocks

    for text, absent in ((old, Kind.ADDED), (new, Kind.REMOVED)):
        spans = [span for block in blocks for span in block.spans if span.kind is not absent]
        assert "".join(span.text for span in spans).split() == "".join(text.split("\n\n")).split()
