"""Which of our languages stands beside a text in any language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from undersigned.letters import languages
from undersigned.letters.languages import known_language, words_language


@pytest.fixture(autouse=True)
def ours(settings: Any) -> Iterator[None]:
    codes = ("en", "es", "pt-br", "zh-hans", "zh-hant", "id")
    settings.LANGUAGES = [(code, code) for code in codes]
    forget()
    yield
    forget()


def forget() -> None:
    languages._codes.cache_clear()
    words_language.cache_clear()


def test_known_are_those_of_the_settings() -> None:
    assert [known_language(code) for code in ("en", "es", "fr", "", "EN")] == [
        "en",
        "es",
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("es", "es"),
        ("es-mx", "es"),
        ("es-Latn-MX", "es"),
        ("pt", "pt-br"),
        ("pt-pt", "pt-br"),
        ("zh", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh-hant-hk", "zh-hant"),
        ("zh-hans-cn", "zh-hans"),
        ("in", "id"),
        ("my", "en"),
        ("", "en"),
    ],
)
def test_the_nearest_language_that_we_have(code: str, words: str) -> None:
    assert words_language(code) == words
