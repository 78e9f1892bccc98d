from __future__ import annotations

import pytest
from django.utils import translation

from undersigned.signatures.figures import Funnel
from undersigned.studio.breakdowns import (
    country_parts,
    funnel_parts,
    kind_parts,
    language_name,
    language_parts,
    source_parts,
)
from undersigned.website.plots.bars import Part


def test_countries_are_named_and_ordered_in_the_language() -> None:
    counts = {"ES": 1, "DE": 1, "": 2, "ZZ": 3}
    with translation.override("en"):
        assert country_parts(counts, "en") == [
            Part("Germany", 1),
            Part("No country named", 2),
            Part("Spain", 1),
            Part("ZZ", 3),
        ]
        assert country_parts(counts, "es")[0] == Part("Alemania", 1)


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [("es", "en", "Spanish"), ("es", "es", "Español"), ("pt-br", "en", "Portuguese (Brazil)")],
)
def test_languages_are_named_in_the_language_of_the_page(
    code: str, language: str, name: str
) -> None:
    assert language_name(code, language) == name
    assert language_parts({code: 2}, language) == [Part(name, 2)]


def test_what_is_not_there_is_nothing() -> None:
    with translation.override("en"):
        assert kind_parts({"individual": 3}) == [Part("People", 3), Part("Organisations", 0)]
        assert source_parts({"import": 1}) == [
            Part("Signed on this site", 0),
            Part("Signed by mail", 0),
            Part("Imported from a list", 1),
        ]
        assert [part.count for part in funnel_parts(Funnel(3, 2, 1))] == [3, 2, 1]
