"""The form that says whose names are to be hidden."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from undersigned.letters.places import country_choices
from undersigned.signatures.folding import fold
from undersigned.signatures.hidden_groups import Group, Shared


class GroupForm(forms.Form):
    """A country or an organisation: one of them."""

    country = forms.ChoiceField(label=_("Everybody from this country"), required=False)
    organisation = forms.CharField(
        label=_("Or everybody of this organisation"),
        required=False,
        max_length=160,
        help_text=_("As people wrote it for their affiliation; a part of the name is enough."),
    )

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data)
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [("", pgettext_lazy("a country", "none")), *country_choices(language)]

    def clean(self) -> dict[str, Any]:
        filled = self.cleaned_data
        if bool(filled.get("country")) == bool(fold(filled.get("organisation", ""))):
            raise forms.ValidationError(
                _("Choose a country, or enter an organisation: one of them.")
            )
        return filled

    def group(self) -> Group:
        """Call it on a valid form."""
        country = self.cleaned_data["country"]
        if country:
            return Group(Shared.COUNTRY, country)
        return Group(Shared.ORGANISATION, self.cleaned_data["organisation"])
