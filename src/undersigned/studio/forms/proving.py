"""How an organisation is asked to show that a signature is its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.signatures.models import AuthorityCheck

Method = AuthorityCheck.Method


class ProofForm(forms.Form):
    method = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[
            (Method.DNS, gettext_lazy("Ask the signer for a record in the DNS of the domain")),
            (Method.WELL_KNOWN, gettext_lazy("Ask the signer for a file on the website")),
            (Method.MESSAGE, gettext_lazy("Write to the organisation’s published address")),
        ],
        widget=forms.RadioSelect,
    )
    domain = forms.CharField(
        label=gettext_lazy("Domain"),
        help_text=gettext_lazy("The organisation’s own, such as example.org."),
        max_length=253,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
    )
    contact = forms.CharField(
        label=gettext_lazy("Published address"),
        help_text=gettext_lazy(
            "Only for the message: as it stands on the website, at the same domain, "
            "such as info@example.org. It gets nothing of what the signer typed."
        ),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocapitalize": "none"}),
    )

    def clean(self) -> dict[str, Any]:
        filled = self.cleaned_data
        if filled.get("method") == Method.MESSAGE and not filled.get("contact"):
            self.add_error("contact", _("Enter the address that the organisation publishes."))
        return filled
