"""Which organisations vouch for a signature, and who said so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.signatures.authority.raising import MOST_VOUCHERS


class VouchingForm(forms.Form):
    vouchers = forms.MultipleChoiceField(
        label=gettext_lazy("Who vouches for it"),
        help_text=gettext_lazy("Up to three. The letter’s page names them, and today’s date."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one organisation.")},
    )
    told_by = forms.CharField(
        label=gettext_lazy("Who told you, and how"),
        help_text=gettext_lazy(
            "Such as: their director, by telephone. Only moderators of this letter read it."
        ),
        max_length=300,
        error_messages={"required": gettext_lazy("Say who told you, and how.")},
    )

    def __init__(self, data: Any = None, *, vouchers: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["vouchers"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  declared above
        field.choices = list(vouchers)

    def clean_vouchers(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["vouchers"]
        if len(chosen) > MOST_VOUCHERS:
            raise forms.ValidationError(_("Choose three at most."))
        return chosen
