"""Texts in every script are cut into paragraphs, sentences and words, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from undersigned.letters.segments import (
    is_word,
    paragraphs,
    sentences,
    spaced_sentences,
    spaced_words,
    words,
)

CUTS = [paragraphs, sentences, words, spaced_sentences, spaced_words]


@pytest.mark.parametrize("cut", CUTS)
@given(text=st.text() | st.text("aé. \n😀𠀀我ကျ,", max_size=30))
@example(text="")
@example(text=" \n \n a")
def test_nothing_is_lost(cut: Callable[[str], list[str]], text: str) -> None:
    assert "".join(cut(text)) == text
    assert "" not in cut(text)


@pytest.mark.parametrize(
    ("cut", "text", "pieces"),
    [
        (paragraphs, "One\ntwo.\n \n\nThree.\n", ["One\ntwo.\n \n\n", "Three.\n"]),
        (sentences, "He left. She stayed.\n- One", ["He left. ", "She stayed.\n", "- One"]),
        (sentences, "我们要求停止。现在！", ["我们要求停止。", "现在！"]),
        (words, "We ask, now", ["We", " ", "ask", ",", " ", "now"]),
        (words, "a 😀 𠀀 b", ["a", " ", "😀", " ", "𠀀", " ", "b"]),
        (words, "ประเทศไทยต้องหยุด", ["ประเทศไทย", "ต้อง", "หยุด"]),
        (words, "我们要求停止", ["我们", "要求", "停止"]),
        (words, "တောင်းဆိုသည်", ["တောင်း", "ဆိုသည်"]),
        (spaced_sentences, "Really?!yes. No.", ["Really?!yes. ", "No."]),
        (spaced_sentences, "好。现在！", ["好。", "现在！"]),
        (
            spaced_words,
            " See https://example.org/a-b, now",
            [" See ", "https://example.org/a-b, ", "now"],
        ),
        (spaced_words, "“我们要求停止。” Yes", ["“", "我们", "要求", "停止。” ", "Yes"]),
    ],
)
def test_pieces_are_those_that_people_see(
    cut: Callable[[str], list[str]], text: str, pieces: list[str]
) -> None:
    assert cut(text) == pieces


@pytest.mark.parametrize(
    ("segment", "expected"), [("ask", True), ("7", True), ("我", True), (" ", False), ("—", False)]
)
def test_a_word_has_a_letter_or_a_digit(segment: str, expected: bool) -> None:
    assert is_word(segment) is expected
