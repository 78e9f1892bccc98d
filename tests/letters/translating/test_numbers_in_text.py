"""Numbers are found again in any digits, however they are grouped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.letters.translating.numbers_in_text import numbers_lost


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("In 2026", "في ٢٠٢٦"),
        ("In 2026", "۲۰۲۶ میں"),
        ("In 2026", "२०२६ में"),
        ("In 2026", "၂၀၂၆ တွင်"),
        ("In 2026", "ใน พ.ศ. 2569"),
        ("1,000,000 people", "1.000.000 personas"),
        ("1,000,000 people", "1 000 000 personnes"),
        ("1,000,000 people", "1\u202f000\u202f000 personnes"),
        ("1,000,000 people", "10,00,000 लोग"),
        ("1,000,000 people", "100万人"),
        ("1,000,000 people", "١٬٠٠٠٬٠٠٠ شخص"),
        ("2.5 million people", "2 500 000 personnes"),
        ("2.5 million people", "250万人"),
        ("2.5 million people", "25 लाख लोग"),
        ("3.5 %", "3,5 %"),
        ("3.5 %", "٣٫٥ ٪"),
        ("on 24 May 2026", "am 24. Mai 2026"),
        ("on 24/05/2026", "24 de mayo de 2026"),
        ("at 14:30", "à 14h30"),
        ("three of 12", "tres de doce"),
        ("7 things", "siete cosas"),
        ("in 2020 300 people", "en 2020, 300 personas"),
        ("07 and 7", "7"),
        ("by 1/5", "antes del 5 de enero"),
        ("on 24.5", "le 24 mai"),
    ],
)
def test_numbers_are_found_by_their_value(source: str, target: str) -> None:
    assert numbers_lost(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "lost"),
    [
        ("In 2026", "En 2062", ["2026"]),
        ("1,000 people", "10,000 personas", ["1,000"]),
        ("13 and 13 and 14", "trece", ["13", "14"]),
        ("3.55 %", "3,5 %", ["3.55"]),
        ("1.5 °C", "algunos grados", ["1.5"]),
        ("في ٢٠٢٦", "In 2025", ["٢٠٢٦"]),
        ("9" * 5000, "8", ["9" * 5000]),
    ],
)
def test_a_number_that_is_lost_is_told_as_it_was_written(
    source: str, target: str, lost: list[str]
) -> None:
    assert numbers_lost(source, target) == lost


@given(st.text(alphabet="0123456789٠١٢٣٤٥٦٧٨٩ .,:/-万milx"))
def test_nothing_is_lost_in_a_text_itself(text: str) -> None:
    assert numbers_lost(text, text) == []
