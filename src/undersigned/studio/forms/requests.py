"""Forms for answering requests of people about what is held of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.signatures.addresses import AddressRefused, clean_address


class LookUpForm(forms.Form):
    """Who asks: by the address that they sign with, or as an entry of a list without one."""

    address = forms.CharField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy(
            "The one that the request came from, so that nobody learns of somebody else."
        ),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Or a name on a list that was brought in"),
        help_text=gettext_lazy("Entries of such lists have no address."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if not address:
            return ""
        try:
            return clean_address(address)
        except AddressRefused:
            raise ValidationError(_("This is not an e-mail address. Check its spelling.")) from None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(given["address"]) == bool(given["name"].strip()):
            raise ValidationError(_("Fill in one of the two: an address, or a name."))
        return given
