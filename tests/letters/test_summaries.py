"""What changed, in one line."""

from __future__ import annotations

import pytest

from undersigned.letters.differences import differences_of_words
from undersigned.letters.summaries import summary


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ({"body": "We ask now."}, {"body": "We ask at once."}, "2 words changed in the letter"),
        ({"body": "We ask."}, {"body": "We ask now."}, "1 word added in the letter"),
        ({"body": "We ask now."}, {"body": "We ask."}, "1 word removed in the letter"),
        (
            {"call": "Sign, now"},
            {"call": "Sign now"},
            "Punctuation or spaces changed in the call to sign",
        ),
        (
            {"body": "We ask", "title": "One", "accent": "", "goal": 1},
            {"body": "We beg", "title": "Two words", "accent": "#9c2a1c", "goal": 2},
            "2 words changed in the title; 1 word changed in the letter; 2 settings changed",
        ),
        ({}, {}, "Nothing changed"),
    ],
)
def test_a_line_says_how_much_changed_and_where(
    old: dict[str, object], new: dict[str, object], line: str
) -> None:
    assert summary(differences_of_words(old, new)) == line
