"""Languages of the public pages."""

from __future__ import annotations

import pytest

from undersigned.website.languages import direction, known_language, own_name, words_language


def test_the_products_own_words_are_there_in_three_languages() -> None:
    assert [known_language(code) for code in ("en", "es", "ar", "fr", "", "EN")] == [
        "en",
        "es",
        "ar",
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("code", "words"), [("es", "es"), ("es-mx", "es"), ("my", "en"), ("zh-hant", "en")]
)
def test_a_letter_in_any_language_has_buttons_in_one_of_ours(code: str, words: str) -> None:
    assert words_language(code) == words


def test_a_languages_name_is_its_own() -> None:
    names = [own_name(code) for code in ("en", "es", "ar", "my")]
    assert names == ["English", "Español", "العربية", "မြန်မာ"]


def test_directions() -> None:
    assert [direction(code) for code in ("en", "ar", "fa", "ckb", "my")] == [
        "ltr", "rtl", "rtl", "ltr", "ltr",
    ]  # fmt: skip
