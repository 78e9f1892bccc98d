"""What CLDR says of how languages are written."""

from __future__ import annotations

import pytest

from undersigned.signatures.exporting.scripts import (
    SIGNS,
    Writing,
    in_own_digits,
    script_name,
    script_of,
    writing_of,
)


@pytest.mark.parametrize(
    ("language", "writing", "direction"),
    [
        ("en", Writing("en", "Latn", "", "0123456789"), "ltr"),
        ("my", Writing("my", "Mymr", "", "၀၁၂၃၄၅၆၇၈၉"), "ltr"),
        ("fa", Writing("fa", "Arab", "", "۰۱۲۳۴۵۶۷۸۹"), "rtl"),
        ("ur", Writing("ur", "Arab", "", "0123456789"), "rtl"),
        ("zh-hant-TW", Writing("zh", "Hant", "TW", "0123456789"), "ltr"),
        ("xx", Writing("xx", "Latn", "", "0123456789"), "ltr"),
    ],
)
def test_how_a_language_is_written(language: str, writing: Writing, direction: str) -> None:
    assert writing_of(language) == writing
    assert writing_of(language).direction == direction


def test_numerals_that_are_no_digits_stay_as_they_are() -> None:
    assert writing_of("he-u-nu-hebr").digits == "0123456789"


def test_digits_of_the_language() -> None:
    assert in_own_digits("23 / 117", "bn") == "২৩ / ১১৭"


@pytest.mark.parametrize(
    ("character", "code"), [("က", "Mymr"), ("é", "Latn"), ("→", SIGNS), ("\u0301", SIGNS)]
)
def test_the_script_of_a_character(character: str, code: str) -> None:
    assert script_of(character) == code


def test_a_script_has_a_name_in_the_readers_language() -> None:
    assert [script_name("Tibt", "en"), script_name("Tibt", "es")] == ["Tibetan", "tibetano"]
