"""The wording of consents, where a letter has none of its own. It is frozen with the edition."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext


def default_consents(language: str) -> dict[str, str]:
    """`consent_publication` and `consent_updates` in a language, for `publishing.Text`."""
    with translation.override(language):
        return {
            "consent_publication": gettext("Publish the name with this letter"),
            "consent_updates": gettext("Send me updates on this letter"),
        }
