"""Names on paper as rows of an export: after all signatures, and each says that it is on paper."""

from __future__ import annotations

from undersigned.letters.models import Letter
from undersigned.letters.places import country_names
from undersigned.signatures.exporting.columns import PAPER, ExportRow
from undersigned.signatures.exporting.presets import Purpose
from undersigned.signatures.models import Kind, Visibility
from undersigned.signatures.paper import published_names

_FIELDS = ("name", "country", "sheet__signed_on", "sheet__edition__number")


def read_paper(letter: Letter, purpose: Purpose, language: str) -> list[ExportRow]:
    """By name; none where people are written to. Countries are named in `language`.

    A list, since all of them were typed by hand. The record has those of earlier texts as well.
    """
    if purpose is Purpose.CONTACTS:
        return []
    names = published_names(letter, of_every_text=purpose is Purpose.RECORD)
    countries = country_names(language)
    return [
        ExportRow(
            kind=Kind.INDIVIDUAL,
            name=name,
            country_code=country,
            country=countries.get(country, ""),
            signed_on=signed_on,
            visibility=Visibility.PUBLIC,
            source=PAPER,
            edition=str(edition),
            consent_publication=True,  # no other is typed
        )
        for name, country, signed_on, edition in names.order_by("sort_key", "pk").values_list(
            *_FIELDS
        )
    ]
