"""The form that invites somebody to translate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.letters.models import Letter
from undersigned.letters.translating.offering import Offer
from undersigned.letters.translating.volunteers import Details
from undersigned.signatures.rules import NAME_LENGTH
from undersigned.studio.forms.text import Line
from undersigned.website.languages import language_choices


class InviteTranslatorForm(forms.Form):
    """A language, and whom to send the link to."""

    language = forms.ChoiceField(label=_("Language"))
    name = Line(NAME_LENGTH, label=_("Name"), help_text=_("For the list of volunteers here only."))
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={"required": _("Enter an e-mail address.")},
    )

    def __init__(self, *args: Any, letter: Letter, **options: Any) -> None:
        super().__init__(*args, **options)
        own = letter.source_language
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            choices=[("", ""), *(one for one in language_choices() if one[0] != own)],
            error_messages={"required": _("Choose a language.")},
        )

    def offer(self, reads_in: str) -> Offer:
        """What was entered, once the form is valid."""
        cleaned = self.cleaned_data
        return Offer(cleaned["language"], Details(cleaned["name"], cleaned["email"]), reads_in)
