"""Which language a visitor is shown first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.website.negotiating import best_language

LETTER = ("en", "ar", "de", "pt-br", "zh-hans", "zh-hant")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("*", "en"),
        ("ar", "ar"),
        ("AR-eg", "ar"),
        ("de-AT, en;q=0.8", "de"),
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("fr, de;q=0.5, ar;q=0.7", "ar"),
        ("fr, nl;q=0.9", "en"),
        ("fr, *;q=0.9, de;q=0.1", "en"),
        ("pt", "pt-br"),
        ("pt-PT", "pt-br"),
        ("zh", "zh-hans"),
        ("zh-CN", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh-HK;q=0.9", "zh-hant"),
        ("zh-Hant-TW", "zh-hant"),
        ("ar;q=0", "en"),
        ("ar;q=0, de", "de"),
        ("ar;q=loud, de;q=0.1", "de"),
        ("ar;q=7", "en"),
        ("ar;q=nan", "en"),
        ("ar; level=1; Q=0.4, de;q=0.5", "de"),
        (",;,=,", "en"),
        (", ".join(["fr"] * 20 + ["de"]), "en"),
    ],
)
def test_the_visitors_order_decides(accepted: str, language: str) -> None:
    assert best_language(accepted, LETTER) == language


def test_the_other_script_is_better_than_another_language() -> None:
    assert best_language("zh-CN, en;q=0.1", ("en", "zh-hant")) == "zh-hant"


@given(accepted=st.text(max_size=80))
def test_whatever_a_browser_says_it_is_one_of_the_letters(accepted: str) -> None:
    assert best_language(accepted, LETTER) in LETTER
