"""Codes that work in the background leaves, as sentences."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from undersigned.signatures import looking_up
from undersigned.signatures.exporting import failing
from undersigned.signatures.exporting.fonts import FontMissing
from undersigned.studio.failure_words import failure_words

CODES = [
    failing.KEY_NOT_THERE,
    failing.LETTER_CLOSED,
    failing.NO_TEXT,
    failing.NOT_TYPESET,
    failing.UNKNOWN,
    looking_up.KEY_MISSING,
    looking_up.UNREADABLE,
]


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_a_sentence(code: str) -> None:
    sentence = failure_words(code)
    assert sentence != code
    assert sentence.endswith(".")


def test_it_is_in_the_readers_language() -> None:
    with override("es"):
        assert failure_words(failing.NO_TEXT) == "La carta aún no tiene ningún texto publicado."
        lao = failure_words(failing.fonts_missing(FontMissing("ກ")))
    assert "lao" in lao
    assert "fonts-noto-core" in lao
    assert lao != failure_words(failing.fonts_missing(FontMissing("ກ")))


def test_missing_fonts_are_told_script_by_script() -> None:
    assert failure_words(failing.fonts_missing(FontMissing("ກ☭☮"))) == (
        "No font here has Lao characters; install fonts-noto-core. "
        "No font here has these signs: ☭ ☮. "
        "Install fonts-noto-core fonts-noto-color-emoji."
    )


@pytest.mark.parametrize("outcome", ["", "A sentence of an earlier version.", "other|code"])
def test_what_is_no_code_stays_as_it_is(outcome: str) -> None:
    assert failure_words(outcome) == outcome
