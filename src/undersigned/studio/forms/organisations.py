"""Forms of the registry of organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from undersigned.letters.places import country_names


class OrganisationForm(forms.Form):
    """A new entry."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=320)
    native_name = forms.CharField(
        label=gettext_lazy("Name in its own language"), required=False, max_length=320
    )
    website = forms.CharField(
        label=gettext_lazy("Website"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data)
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        names = sorted(country_names(language).items(), key=lambda pair: pair[1])
        field.choices = [("", pgettext_lazy("no country", "None")), *names]


class AliasForm(forms.Form):
    alias = forms.CharField(label=gettext_lazy("Another spelling or translation"), max_length=320)


class DomainForm(forms.Form):
    website = forms.CharField(
        label=gettext_lazy("Another website or domain of its own"),
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )


class ContactForm(forms.Form):
    contact = forms.CharField(
        label=gettext_lazy("Published address"),
        help_text=gettext_lazy("As it stands on the website, such as info@example.org."),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"inputmode": "email"}),
    )
