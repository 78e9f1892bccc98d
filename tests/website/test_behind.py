"""Which blocks of a translation are behind, gathered by the texts that show them."""

from __future__ import annotations

from undersigned.letters.models import Translation
from undersigned.letters.prose import Behind
from undersigned.website.behind import behind_in


def test_a_translation_that_is_up_to_date_is_not_behind() -> None:
    assert behind_in(Translation(behind=[]), "en") is None


def test_places_are_gathered_by_their_text() -> None:
    behind: list[dict[str, object]] = [
        {"field": "body", "item": 0, "block": 1, "is_missing": False},
        {"field": "body", "item": 0, "block": 3, "is_missing": True},
        {"field": "ways_to_help.text", "item": 2, "block": 0, "is_missing": True},
    ]
    found = behind_in(Translation(behind=behind), "ar")

    assert found is not None
    assert found.places == 3
    assert found.texts == {
        ("body", 0): Behind(frozenset({1}), frozenset({3}), "ar", "rtl"),
        ("ways_to_help.text", 2): Behind(frozenset(), frozenset({0}), "ar", "rtl"),
    }
