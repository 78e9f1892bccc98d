"""What nobody sees in a text, and what scripts need."""

from __future__ import annotations

import pytest

from undersigned.letters.translating.hidden_characters import hidden_characters


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("safe\u202egpj.exe", ["U+202E"]),
        ("\u202aa\u202c\u202aa\u202c", ["U+202A", "U+202C"]),
        ("a\x00b\x07c\x7f", ["U+0000", "U+0007", "U+007F"]),
        ("a\u2028b", ["U+2028"]),
        ("a\ufeffb\u2062", ["U+FEFF", "U+2062"]),
        ("\u3164", ["U+3164"]),
        ("\ue000\ud800\U0010fffe", ["U+E000", "U+D800", "U+10FFFE"]),
        # Tags that spell something after no flag, variants after no ideograph.
        ("a\U000e0068\U000e0069", ["U+E0068", "U+E0069"]),
        ("a\U000e0101", ["U+E0101"]),
        # Isolates that nothing closes, and the end of none.
        ("\u2067abc", ["U+2067"]),
        ("abc\u2069\u2067", ["U+2069", "U+2067"]),
    ],
)
def test_hidden_characters_are_found(text: str, found: list[str]) -> None:
    assert hidden_characters(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "line\n\ttwo",
        "می‌خواهیم",  # Persian, with a non-joiner
        "ක්‍රි",  # Sinhala, with a joiner
        "ភាសា\u200bខ្មែរ",  # Khmer, with zero-width spaces
        "Donau\u00addampf",
        "\u061cعربي\u200f (EU)\u200e",
        "سألت \u2068Eva\u2069",
        "👩‍👩‍👧‍👦 ❤️ 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "葛\U000e0100飾",
        "ᠮᠣᠩᠭᠣᠯ᠎ᠠ",
    ],
)
def test_what_a_language_needs_is_fine(text: str) -> None:
    assert hidden_characters(text) == []
