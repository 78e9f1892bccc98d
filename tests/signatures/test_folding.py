"""Names are found and sorted as readers expect, in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.folding import (
    SEARCH_LENGTH,
    SORT_KEY_LENGTH,
    fold,
    search_words,
    sort_for,
    sort_key,
)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Ação", "acao"),
        ("Москва", "moskva"),
        ("O’Neil", "oneil"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("  Ana   Lucía ", "ana lucia"),
        ("Jean-Paul", "jean paul"),
        ("#SeguridadDigital", "seguridaddigital"),
    ],
)
def test_a_name_is_found_without_its_accents(written: str, typed: str) -> None:
    assert fold(written) == typed


@pytest.mark.parametrize("name", ["أحمد", "အောင်", "김민준", "नरेन्द्र", "王小明", "שלום", "สมชาย"])
def test_every_script_folds_to_words(name: str) -> None:
    assert fold(name) != ""
    assert fold(name) == fold(fold(name))


def test_search_words_are_all_that_is_shown() -> None:
    assert search_words("Ana", "", "Ação") == "ana acao"
    assert search_words("") == ""
    assert len(search_words("word " * 500)) == SEARCH_LENGTH


@given(st.text(max_size=40))
def test_folding_gives_single_spaces_and_small_letters(text: str) -> None:
    folded = fold(text)

    assert folded == " ".join(folded.split())
    assert folded == folded.lower()


@pytest.mark.parametrize(
    ("language", "in_order"),
    [
        ("en", ["7amleh", "Access Now", "Ähnlich", "Zebra"]),
        ("de", ["Ähnlich", "Zebra"]),
        ("sv", ["Zebra", "Åsa", "Ähnlich", "Öppen"]),
        ("es", ["Nube", "Ñandú", "Ola"]),
        ("cs", ["Cesta", "Dům", "Háj", "Chrám", "Ivan"]),
        ("ar", ["أمل", "ياسمين", "Access Now", "Zebra"]),
        ("en", ["Access Now", "Zebra", "أمل"]),
        ("my", ["ကမ္ဘာ", "ခရီး", "Access Now"]),
        ("en", ["#SeguridadDigital", "7amleh", "Segura"]),
    ],
)
def test_each_language_has_its_own_order(language: str, in_order: list[str]) -> None:
    assert sort_for(reversed(in_order), language, str) == in_order


def test_items_are_sorted_by_their_names() -> None:
    items = [(1, "Zebra"), (2, "Ähnlich")]

    assert sort_for(items, "de", lambda item: item[1]) == [(2, "Ähnlich"), (1, "Zebra")]
    assert sort_for(items, "sv", lambda item: item[1]) == items


@given(st.lists(st.text(max_size=20), max_size=6))
def test_sort_keys_sort_bytewise_like_the_root_collation(names: list[str]) -> None:
    by_key = sorted(names, key=sort_key)

    assert [sort_key(name) for name in sort_for(names, "root", str)] == [
        sort_key(name) for name in by_key
    ]


def test_a_sort_key_fits_its_column() -> None:
    assert len(sort_key("名" * 500)) == SORT_KEY_LENGTH
