"""The form that creates a letter."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.letters.creating import NewLetter
from undersigned.letters.models import Letter
from undersigned.signatures.rules import NameFault, NameRefused, clean_text
from undersigned.website.forms import FAULTS
from undersigned.website.languages import language_choices
from undersigned.website.urls import RESERVED_SLUGS

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class NewLetterForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), help_text=_("You can change it until you publish."), max_length=300
    )
    slug = forms.CharField(
        label=_("Address"),
        help_text=_(
            "The end of the letter's address on the web: small letters, digits and hyphens, "
            "such as “clean-air-now”. It stays as it is."
        ),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("The one that the letter is written in first.")
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = language_choices()

    def clean_title(self) -> str:
        """One line: it stands in the subjects of mails too."""
        title = " ".join(self.cleaned_data["title"].split())
        try:
            clean_text(title, length=300)
        except NameRefused as refusal:
            if refusal.fault == NameFault.HIDDEN_CHARACTERS:
                raise forms.ValidationError(FAULTS[refusal.fault]) from None
        return title

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].strip().lower()
        if not _SLUG.fullmatch(slug) or len(slug) < 4:
            raise forms.ValidationError(
                _("Use four or more small letters, digits and hyphens, such as “clean-air-now”.")
            )
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("This is an address of the site's own. Choose another."))
        if Letter.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Another letter has this address. Choose another."))
        return slug

    def new_letter(self) -> NewLetter:
        """Call it on a valid form."""
        return NewLetter(**self.cleaned_data)
