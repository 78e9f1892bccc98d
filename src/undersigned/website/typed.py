"""What visitors type into any form of the public pages, judged by the same rules everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.signatures.addresses import AddressRefused, clean_address
from undersigned.signatures.rules import NameFault, NameRefused

FAULTS = {
    NameFault.EMPTY: _("Enter the name that signs."),
    NameFault.TOO_LONG: _("This is too long. Shorten it to %(length)d characters."),
    NameFault.HIDDEN_CHARACTERS: _(
        "This contains invisible or control characters. Type it again by hand."
    ),
    NameFault.ADDRESS: _("This contains “@”. E-mail addresses belong in the e-mail field only."),
    NameFault.LINK: _("This contains a web address. Enter it without links."),
    NameFault.NO_LETTERS: _("This contains no letters. Enter a name, in any script."),
}
ADDRESS_LENGTH = 320
BROKEN = "\ufffd"  # what became of bytes that are no text in UTF-8


class Line(forms.CharField):
    """What somebody typed, judged by our rules alone, which have words for each fault."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, label="", **options)

    def clean(self, value: str | None) -> str:
        # Django's own would say “Null characters are not allowed.”
        return "" if value is None else str(value)


class TypedForm(forms.Form):
    """A form with an address, and lines that are judged as names are."""

    def clean_email(self) -> str:
        text: str = self.cleaned_data["email"].strip()
        if len(text) > ADDRESS_LENGTH:
            raise forms.ValidationError(_("This e-mail address is too long to be one. Check it."))
        if not text:
            raise forms.ValidationError(
                _("Enter your e-mail address. A link to confirm goes there; it is never shown.")
            )
        try:
            return clean_address(text)
        except AddressRefused:
            raise forms.ValidationError(
                _("This is not an e-mail address. It should look like name@example.org.")
            ) from None

    def named(self, name: str, length: int, clean: Callable[[str], str]) -> str:
        """Clean a line; turn a refusal into its sentence."""
        text: str = self.cleaned_data[name]
        fault = NameFault.HIDDEN_CHARACTERS
        try:
            if BROKEN not in text:
                return clean(text)
        except NameRefused as refusal:
            fault = refusal.fault
        raise forms.ValidationError(FAULTS[fault], code=fault, params={"length": length})
