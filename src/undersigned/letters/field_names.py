"""What the parts of a letter's text are called, by the names of `publishing.Text`'s fields."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

FIELD_NAMES: dict[str, str | Promise] = {
    "title": gettext_lazy("Title"),
    "addressee": gettext_lazy("Addressee"),
    "introduction": gettext_lazy("Introduction"),
    "body": gettext_lazy("The letter"),
    "call": gettext_lazy("Call to sign"),
    "ways_to_help": gettext_lazy("Other ways to help"),
    "related_campaigns": gettext_lazy("Related campaigns"),
    "facilitator_note": gettext_lazy("Note of the facilitator"),
    "consent_publication": gettext_lazy("Consent to publication"),
    "consent_updates": gettext_lazy("Consent to updates"),
    "credits": gettext_lazy("Translated by"),
}


def field_name(name: str) -> str:
    """`Related campaigns` for `related_campaigns`; a field that has no name keeps its own."""
    return str(FIELD_NAMES.get(name, name))
