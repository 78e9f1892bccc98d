"""Languages as files write them."""

from __future__ import annotations

import pytest

from undersigned.letters.translating.exchanging.languages_in_files import (
    is_same_language,
    po_code,
    xliff_code,
)


def test_each_format_has_its_own_way() -> None:
    assert [po_code(code) for code in ("es", "pt-br", "zh-hans")] == ["es", "pt_BR", "zh_Hans"]
    assert [xliff_code(code) for code in ("es", "pt-br", "zh-hans")] == ["es", "pt-BR", "zh-Hans"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("es", "es"),
        ("es_ES", "es"),
        ("es-MX", "es"),
        ("zh_CN", "zh-hans"),
        ("zh_TW", "zh-hant"),
        ("pt_BR", "pt-br"),
        ("pt", "pt-br"),
        ("sr@latin", "sr-latn"),
    ],
)
def test_tools_add_countries_and_scripts(one: str, other: str) -> None:
    assert is_same_language(one, other) == (one != "sr@latin")
    assert is_same_language(other, one) == (one != "sr@latin")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("es", "ca"),
        ("zh_TW", "zh-hans"),
        ("pt_PT", "pt-br"),
        ("sr", "sr-latn"),
        ("", "es"),
        ("not a language", "es"),
        ("x" * 9000, "es"),
    ],
)
def test_others_are_others(one: str, other: str) -> None:
    assert not is_same_language(one, other)
    assert not is_same_language(other, one)
