"""What a letter's form asks."""

from __future__ import annotations

from undersigned.letters.asking import USUAL, Ask, asked_by
from undersigned.letters.models import Letter


def test_a_letter_that_says_nothing_asks_what_is_usual() -> None:
    assert asked_by(Letter()) == USUAL == {
        "country": "optional",
        "title": "optional",
        "affiliation": "optional",
        "role": "required",
        "website": "optional",
    }  # fmt: skip


def test_a_letter_chooses_for_each_field() -> None:
    asked = asked_by(Letter(asks={"country": "required", "title": "hidden"}))

    assert asked == {**USUAL, "country": Ask.REQUIRED, "title": Ask.HIDDEN}
