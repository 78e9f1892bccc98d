"""Two people fill in one form at once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.letters.merging import Conflict
from undersigned.letters.merging_records import MergedRecord, merge_records

CALL = {"heading": "Call", "text": "Ring them."}
WRITE = {"heading": "Write", "text": "Send it."}


def test_each_changed_another_field() -> None:
    base = {"title": "A letter", "goal": None, "hashtag": "#one"}

    merged = merge_records(base, {**base, "goal": 100}, {**base, "title": "The letter"})

    assert merged == MergedRecord({"title": "The letter", "goal": 100, "hashtag": "#one"})


def test_both_changed_a_choice() -> None:
    merged = merge_records({"goal": None}, {"goal": 100}, {"goal": 200})

    conflict = Conflict(None, 100, 200)
    assert merged == MergedRecord({"goal": None}, {"goal": (conflict,)})
    assert merge_records({"goal": None}, {"goal": 100}, {"goal": 200}, keep="mine").values == {
        "goal": 100
    }


def test_both_changed_words_of_one_text() -> None:
    merged = merge_records({"body": "We ask now"}, {"body": "We call now"}, {"body": "We ask soon"})
    torn = merge_records({"body": "We ask"}, {"body": "We call"}, {"body": "We beg"})

    assert merged == MergedRecord(
        {"body": "We ask now"}, {"body": (Conflict("We ask now", "We call now", "We ask soon"),)}
    )
    assert torn.conflicts == {"body": (Conflict("We ask", "We call", "We beg"),)}


def test_both_filled_in_what_was_not_there() -> None:
    merged = merge_records({}, {"call": "Sign"}, {"call": "Join"})
    beside_nothing = merge_records({"call": None}, {"call": "Sign"}, {"call": "Join"}, keep="mine")

    assert merged == MergedRecord({"call": ""}, {"call": (Conflict("", "Sign", "Join"),)})
    assert beside_nothing.values == {"call": "Sign"}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        # Additions of both, mine first.
        (
            [CALL],
            [CALL, {"heading": "M"}],
            [CALL, {"heading": "T"}],
            [CALL, {"heading": "M"}, {"heading": "T"}],
        ),
        # The same addition.
        ([], [CALL], [CALL, WRITE], [CALL, WRITE]),
        # One changes a text of an item, the other its heading.
        (
            [CALL],
            [{**CALL, "text": "Ring them now."}],
            [{**CALL, "heading": "Phone"}],
            [{"heading": "Phone", "text": "Ring them now."}],
        ),
        # One takes an item out, the other changes another one.
        (
            [CALL, WRITE],
            [WRITE],
            [CALL, {**WRITE, "text": "Send it soon."}],
            [{**WRITE, "text": "Send it soon."}],
        ),
        # One turns the order round, the other adds.
        (
            [CALL, WRITE],
            [WRITE, CALL],
            [CALL, {"heading": "T"}, WRITE],
            [WRITE, CALL, {"heading": "T"}],
        ),
        # Both rewrote: one the first item wholly, the other the second.
        (
            [CALL, WRITE],
            [{"heading": "A", "text": "b"}, WRITE],
            [CALL, {"heading": "C", "text": "d"}],
            [{"heading": "A", "text": "b"}, {"heading": "C", "text": "d"}],
        ),
        # Names.
        (["Ana", "Bo"], ["Ana", "Bo", "Chi"], ["Anna", "Bo"], ["Anna", "Bo", "Chi"]),
        (["Ana"], ["Ana", "Bo", "Bo"], ["Di", "Ana", "Bo"], ["Di", "Ana", "Bo", "Bo"]),
        # What is in front of all of them.
        (["Ana"], ["Bo", "Ana"], ["Chi", "Ana"], ["Bo", "Chi", "Ana"]),
    ],
)
def test_lists_keep_what_either_added(
    base: list[Any], mine: list[Any], theirs: list[Any], merged: list[Any]
) -> None:
    found = merge_records({"list": base}, {"list": mine}, {"list": theirs})

    assert found == MergedRecord({"list": merged})


def test_an_item_that_one_changed_and_the_other_took_out_is_a_conflict() -> None:
    changed = {**CALL, "text": "Ring them now."}
    base = {"ways": [CALL, WRITE]}

    merged = merge_records(base, {"ways": [WRITE]}, {"ways": [changed, WRITE]})
    without = merge_records(base, {"ways": [WRITE]}, {"ways": [changed, WRITE]}, keep="mine")

    assert merged == MergedRecord(
        {"ways": [CALL, WRITE]}, {"ways": (Conflict(CALL, None, changed),)}
    )
    assert without.values == {"ways": [WRITE]}


def test_a_text_of_an_item_that_both_changed_is_a_conflict_of_the_list() -> None:
    merged = merge_records(
        {"ways": [CALL]},
        {"ways": [{**CALL, "text": "Ring us."}]},
        {"ways": [{**CALL, "text": "Ring me."}]},
    )

    assert merged == MergedRecord(
        {"ways": [CALL]}, {"ways": (Conflict("Ring them.", "Ring us.", "Ring me."),)}
    )


def test_contacts_are_merged_by_subject() -> None:
    base = {"contacts": {"general": "a@example.org", "media": "m@example.org"}}
    mine = {"contacts": {"general": "b@example.org", "media": "m@example.org"}}
    theirs = {"contacts": {"general": "a@example.org", "translation": "t@example.org"}}

    merged = merge_records(base, mine, theirs)
    from_nothing = merge_records({"contacts": None}, mine, theirs)

    assert merged.values == {
        "contacts": {"general": "b@example.org", "translation": "t@example.org"}
    }
    assert from_nothing.conflicts == {"contacts": (Conflict("", "b@example.org", "a@example.org"),)}


def test_two_lists_out_of_nothing() -> None:
    merged = merge_records({"tags": None}, {"tags": ["a"]}, {"tags": ("b",)})

    assert merged.values == {"tags": ["a", "b"]}


items = st.lists(
    st.sampled_from(["a", "b", "c"])
    | st.dictionaries(st.sampled_from("hx"), st.sampled_from(["", "one", "one two"])),
    max_size=5,
)


@given(items, items)
def test_an_addition_at_the_end_does_not_disturb_the_other_changes(
    base: list[Any], mine: list[Any]
) -> None:
    merged = merge_records({"list": base}, {"list": mine}, {"list": [*base, "new"]})

    assert not merged.conflicts
    assert sorted(map(_said, merged.values["list"])) == sorted(map(_said, [*mine, "new"]))


def _said(item: Any) -> str:
    """The same for records that are equal, in whatever order they name their fields."""
    return repr(sorted(item.items())) if isinstance(item, dict) else item
