"""A name keeps its direction and disturbs no other's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.exporting.directions import in_line, isolated, one_line


@pytest.mark.parametrize(
    ("name", "around"), [("محمد (حر)", "ltr"), ("Lake Watch", "rtl"), ("فريق 8", "rtl")]
)
def test_a_name_of_another_direction_stands_in_an_isolate(name: str, around: str) -> None:
    assert isolated(name, around) == f"\u2068{name}\u2069"


@pytest.mark.parametrize(("name", "around"), [("Lake 8", "ltr"), ("محمد (حر)", "rtl")])
def test_a_name_of_the_direction_around_it_stays_as_it_is(name: str, around: str) -> None:
    assert isolated(name, around) == name


def test_nothing_stays_nothing() -> None:
    assert isolated(" \n", "ltr") == ""


def test_marks_that_reach_out_and_controls_go() -> None:
    assert one_line("\u202eevil\u2069\x00 name\u2028 \ud800") == "evil name"


def test_words_within_a_line_keep_the_spaces_around_them() -> None:
    assert in_line(" and\n") == " and "


@given(st.text(), st.sampled_from(["ltr", "rtl"]))
def test_an_isolate_is_closed_where_it_was_opened(text: str, around: str) -> None:
    marked = isolated(text, around)
    marks = [character for character in marked if "\u202a" <= character <= "\u202e"]
    marks += [character for character in marked if "\u2066" <= character <= "\u2069"]
    assert marks in ([], ["\u2068", "\u2069"])
    assert not marks or (marked[0], marked[-1]) == ("\u2068", "\u2069")
