"""Which blocks of a translation do not say what the letter says now, for the pages that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from undersigned.letters.models import Translation
from undersigned.letters.prose import Behind
from undersigned.letters.translating.assembling import places_behind
from undersigned.letters.translating.blocks import Place
from undersigned.website.languages import direction


@dataclass(frozen=True)
class BehindInView:
    """`places`: how many. `texts`: what is marked, by field and item, as `Place` names them."""

    places: int
    texts: Mapping[tuple[str, int], Behind]


def behind_in(translation: Translation, source_language: str) -> BehindInView | None:
    """None where the translation says what the letter says."""
    found = places_behind(translation.behind)
    if not found:
        return None
    texts = {
        (field, item): Behind(
            outdated=_numbers(found, field, item, is_missing=False),
            missing=_numbers(found, field, item, is_missing=True),
            language=source_language,
            direction=direction(source_language),
        )
        for field, item in {(place.field, place.item) for place in found}
    }
    return BehindInView(len(found), texts)


def _numbers(
    found: Mapping[Place, bool], field: str, item: int, *, is_missing: bool
) -> frozenset[int]:
    return frozenset(
        place.number
        for place, missing in found.items()
        if (place.field, place.item) == (field, item) and missing == is_missing
    )
