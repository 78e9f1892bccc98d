"""Whether every name on the lists could be printed in a PDF."""

from __future__ import annotations

from django.utils.translation import get_language

from undersigned.signatures.exporting.fonts import FontMissing, check_fonts, faces_for
from undersigned.signatures.models import Signature, State


def look_at_fonts() -> tuple[str, ...]:
    """A sentence for each script that listed names are in and no font here has."""
    characters: set[str] = set()
    listed = Signature.objects.filter(state=State.LISTED)
    for parts in listed.values_list("name", "title", "affiliation", "place").iterator():
        characters.update(*parts)
    characters.discard(" ")
    try:
        check_fonts(characters, faces_for(characters, "Latn"))
    except FontMissing as missing:
        return tuple(missing.sentences(get_language() or "en"))
    return ()
