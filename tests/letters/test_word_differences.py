"""A changed paragraph, word by word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.letters.word_differences import (
    Comparison,
    Run,
    compare_whole,
    compare_words,
    steps,
)


@pytest.mark.parametrize(
    ("old", "new", "runs", "removed", "added"),
    [
        (
            "We ask for one thing.",
            "We ask for a single thing.",
            [("We ask for ", "We ask for "), ("one", "a single"), (" thing.", " thing.")],
            1,
            2,
        ),
        # Of two neighbours changed, the space between them is no island.
        (
            "should stop the sale",
            "must end the sale",
            [("should stop", "must end"), (" the sale", " the sale")],
            2,
            2,
        ),
        # Nor is a short word amid long changes.
        (
            "We condemn a proposal here",
            "We support a contract here",
            [("We ", "We "), ("condemn a proposal", "support a contract"), (" here", " here")],
            2,
            2,
        ),
        # A word as long as one of the changes is one.
        (
            "cat or dog",
            "cow or dog today",
            [("cat", "cow"), (" or dog", " or dog"), ("", " today")],
            1,
            2,
        ),
        ("Stop, now", "Stop now", [("Stop", "Stop"), (",", ""), (" now", " now")], 0, 0),
        (
            "我们要求停止",
            "我们请求停止",
            [("我们", "我们"), ("要求", "请求"), ("停止", "停止")],
            1,
            1,
        ),
        ("", "New", [("", "New")], 0, 1),
        ("", "", [], 0, 0),
    ],
)
def test_words_that_took_the_place_of_words(
    old: str, new: str, runs: list[tuple[str, str]], removed: int, added: int
) -> None:
    expected = Comparison(tuple(Run(*run) for run in runs), removed, added)

    assert compare_words(old, new) == expected


texts = st.lists(st.sampled_from(["a", "bb", "ccc", "dddd", ", ", " "]), max_size=12).map("".join)


@given(texts, texts)
def test_each_side_is_there_whole_and_changes_stand_apart(old: str, new: str) -> None:
    runs = compare_words(old, new).runs

    assert "".join(run.old for run in runs) == old
    assert "".join(run.new for run in runs) == new
    assert all(one.is_kept != other.is_kept for one, other in pairwise(runs))


def test_too_many_words_are_one_stretch() -> None:
    old, new = [*"abbbbz"], [*"acbcbz"]

    compared = [("".join(one), "".join(other)) for one, other in steps(old, new, most=3)]
    whole = [("".join(one), "".join(other)) for one, other in steps(old, new, most=2)]

    assert compared == [("a", "a"), ("", "c"), ("b", "b"), ("bb", "c"), ("bz", "bz")]
    assert whole == [("a", "a"), ("bbb", "cbc"), ("bz", "bz")]


def test_a_whole_paragraph_counts_the_words_between_spaces() -> None:
    assert compare_whole("one, two", "three") == Comparison((Run("one, two", "three"),), 2, 1)
