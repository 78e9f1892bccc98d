"""The forms of people who translate: the offer, and how they want to be named."""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.letters.models import Letter
from undersigned.letters.translating.offering import Offer
from undersigned.letters.translating.volunteers import Details
from undersigned.signatures.rules import NAME_LENGTH, clean_name, clean_text
from undersigned.website.languages import language_choices
from undersigned.website.typed import Line, TypedForm

MESSAGE_LENGTH = 1_000


class OfferForm(TypedForm):
    """Offer to translate a letter; the organisers' form to invite somebody is the same."""

    language = Line()
    name = Line()
    email = Line()
    message = Line()

    def __init__(self, data: Any = None, *, letter: Letter, **options: Any) -> None:
        super().__init__(data, label_suffix="", **options)
        self.languages = [
            choice for choice in language_choices() if choice[0] != letter.source_language
        ]

    def clean_language(self) -> str:
        language: str = self.cleaned_data["language"]
        if language not in dict(self.languages):
            raise forms.ValidationError(_("Choose a language."))
        return language

    def clean_name(self) -> str:
        if not self.cleaned_data["name"].strip():
            raise forms.ValidationError(_("Enter your name."))
        return self.named("name", NAME_LENGTH, clean_name)

    def clean_message(self) -> str:
        """Without characters that are not to be seen; nobody but the organisers reads it."""
        text: str = self.cleaned_data["message"].replace("\r\n", "\n").strip()
        if len(text) > MESSAGE_LENGTH:
            raise forms.ValidationError(
                _("This is too long. Shorten it to %(length)d characters."),
                params={"length": MESSAGE_LENGTH},
            )
        return "".join(one for one in text if one == "\n" or _is_seen(one))

    def offer(self, reads_in: str) -> Offer:
        """What was entered, once the form is valid."""
        cleaned = self.cleaned_data
        details = Details(cleaned["name"], cleaned["email"], cleaned["message"])
        return Offer(cleaned["language"], details, reads_in)


class CreditForm(TypedForm):
    """Their name as it will stand under the translation, or nothing."""

    credit = Line()

    def clean_credit(self) -> str:
        return self.named("credit", NAME_LENGTH, partial(clean_text, length=NAME_LENGTH))


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs", "Cn"} or (
        character in "\u200c\u200d"  # which many scripts need
    )
