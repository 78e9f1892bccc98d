"""Time zones to choose from, in the language that is active: the `choices` of a field."""

from __future__ import annotations

from django.utils.translation import get_language

from undersigned.letters.time_zones import zone_choices


def zones() -> list[tuple[str, list[tuple[str, str]]]]:
    return [(part, list(found)) for part, found in zone_choices(get_language() or "en")]
