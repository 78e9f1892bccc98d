"""The default wording of consents is there in each language of the product."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import translation

from undersigned.letters.consents import default_consents

ENGLISH = {
    "consent_publication": "Publish the name with this letter",
    "consent_updates": "Send me updates on this letter",
}


def test_it_is_english_where_the_product_lacks_the_language() -> None:
    assert default_consents("en") == ENGLISH
    assert default_consents("ka") == ENGLISH


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES if code != "en"])
def test_it_is_translated(language: str) -> None:
    consents = default_consents(language)

    assert consents.keys() == ENGLISH.keys()
    assert not set(consents.values()) & set(ENGLISH.values())


def test_the_readers_own_language_stays_as_it_was() -> None:
    with translation.override("es"):
        default_consents("ar")
        assert translation.get_language() == "es"
