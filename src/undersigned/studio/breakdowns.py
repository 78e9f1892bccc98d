"""What the parts of a count are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

import icu
from django.utils.translation import gettext

from undersigned.letters.places import country_names
from undersigned.signatures.figures import Funnel
from undersigned.signatures.models import Kind, Source
from undersigned.website.plots.bars import Part


def country_parts(counts: Mapping[str, int], language: str) -> list[Part]:
    """Countries in the order of the language, for equal counts to stay in."""
    names = {**country_names(language), "": gettext("No country named")}
    return _sorted([Part(names.get(code, code), count) for code, count in counts.items()], language)


def language_parts(counts: Mapping[str, int], language: str) -> list[Part]:
    """The languages of the pages on which people signed."""
    return _sorted(
        [Part(language_name(code, language), count) for code, count in counts.items()], language
    )


def source_parts(counts: Mapping[str, int]) -> list[Part]:
    return [
        Part(gettext("Signed on this site"), counts.get(Source.WEB, 0)),
        Part(gettext("Signed by mail"), counts.get(Source.MAIL, 0)),
        Part(gettext("Imported from a list"), counts.get(Source.IMPORT, 0)),
    ]


def kind_parts(counts: Mapping[str, int]) -> list[Part]:
    return [
        Part(gettext("People"), counts.get(Kind.INDIVIDUAL, 0)),
        Part(gettext("Organisations"), counts.get(Kind.ORGANISATION, 0)),
    ]


def funnel_parts(funnel: Funnel) -> list[Part]:
    return [
        Part(gettext("Handed in the form"), funnel.started),
        Part(gettext("Confirmed by mail"), funnel.confirmed),
        Part(gettext("Stand on the list"), funnel.listed),
    ]


def language_name(code: str, language: str) -> str:
    """`Spanish` for an English reader, with a capital where the language has them."""
    name: str = icu.Locale.forLanguageTag(code).getDisplayName(icu.Locale.forLanguageTag(language))
    return name[:1].upper() + name[1:]


def _sorted(parts: list[Part], language: str) -> list[Part]:
    collator = icu.Collator.createInstance(icu.Locale.forLanguageTag(language))
    return sorted(parts, key=lambda part: collator.getSortKey(part.label))
