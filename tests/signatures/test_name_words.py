"""The words by which names are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.folding import fold
from undersigned.signatures.name_words import (
    COMMON,
    _fold_ascii,
    acronyms,
    telling_words,
    weight,
    words_in,
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Netzbeispiel e.V.", "netzbeispiel"),
        ("Netzbeispiel e. V.", "netzbeispiel"),
        ("Beispielwerk gGmbH", "beispielwerk"),
        ("Ligue de l’Exemple ASBL", "ligue de exemple"),
        ("L'Exemple S.A.R.L.", "exemple"),
        ("Example S.A.", "example"),
        ("Sa Example", "sa example"),
        ("Example, Inc.", "example"),
        ("Ltd.", "ltd"),
        ("U.S. Example", "us example"),
        ("المثال", "mthal"),
        ("Пример", "primer"),
        ("½ & …", "1 2"),
        ("…", ""),
    ],
)
def test_words_without_legal_forms(name: str, words: str) -> None:
    assert " ".join(words_in(name)) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Fundación Ejemplo de Kenia", "foundation ejemplo @KE"),
        ("The Example Foundation, Kenya", "example foundation @KE"),
        ("Фонд Пример", "foundation primer"),
        ("شبكة حقوق الإنسان", "network rights human"),
        ("La de", "la de"),
    ],
)
def test_telling_words_are_one_in_all_languages(name: str, words: str) -> None:
    assert " ".join(telling_words(words_in(name))) == words


def test_rare_words_weigh_most() -> None:
    assert weight("hiperejemplo") == 1
    assert weight("@KE") == 2 * COMMON
    assert weight("foundation") == COMMON
    assert weight("observatorio") == COMMON


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Quiet River Foundation", {"qrf"}),
        ("League of the River", {"lotr"}),
        ("Ligue des Droits de la Rivière", {"ldddlr", "ldr"}),
        ("River League", set()),
        ("Rights Online for the River", {"roftr", "ror"}),
        ("a b c d e f g h j k", {"bcdfghjk"}),
    ],
)
def test_acronyms(name: str, letters: set[str]) -> None:
    assert acronyms(words_in(name)) == letters


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_text_is_folded_as_any_other(text: str) -> None:
    assert _fold_ascii(text) == fold(text).split()
