"""The forms of delivering: a file to make, and a handover to write down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.letters.handing_over import Delivery
from undersigned.signatures.exporting.asking import FORMS, NoSuchExport, check_form, holds_addresses
from undersigned.signatures.exporting.presets import PRESETS

# What each kind of file is called to the people who order it.
PRESET_NAMES = {
    "public": _("The public list"),
    "addressee": _("For the addressee: with those who are shown to the addressee alone"),
    "full": _("Full record: every signature, addresses where their owners agreed"),
    "mailchimp": _("Contacts for Mailchimp"),
    "listmonk": _("Contacts for listmonk"),
    "brevo": _("Contacts for Brevo"),
    "civicrm": _("Contacts for CiviCRM"),
    "mautic": _("Contacts for Mautic"),
    "everyaction": _("Contacts for EveryAction"),
}
FORM_NAMES = {
    "pdf": _("PDF: the letter with its signatories"),
    "csv": _("CSV"),
    "xlsx": _("XLSX (Excel)"),
    "ods": _("ODS (LibreOffice)"),
    "json": _("JSON (for programs)"),
}


class ExportForm(forms.Form):
    """What to write, in which form, in which language."""

    form = forms.ChoiceField(
        label=_("File"), choices=[(form, FORM_NAMES[form]) for form in FORMS], initial="pdf"
    )
    preset = forms.ChoiceField(label=_("Who is in it"))
    language = forms.ChoiceField(label=_("Language"))

    def __init__(
        self, data: Any = None, *, addresses: bool, languages: list[tuple[str, str]], **options: Any
    ) -> None:
        """`addresses`: whether this person may export them; `languages`: (code, name)."""
        super().__init__(data, **options)
        choices = [
            (name, PRESET_NAMES[name])
            for name in ("public", "addressee", *PRESETS)
            if addresses or not holds_addresses(PRESETS[name])
        ]
        for name, found in (("preset", dict(choices).items()), ("language", languages)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
            field.choices = list(found)

    def clean(self) -> dict[str, Any]:
        filled: dict[str, Any] = super().clean() or self.cleaned_data
        if {"form", "preset"} <= filled.keys():
            try:
                check_form(filled["form"], PRESETS[filled["preset"]])
            except NoSuchExport:
                self.add_error(
                    "form", _("A PDF holds no addresses. Choose CSV, XLSX, ODS or JSON.")
                )
        return filled


class HandoverForm(forms.Form):
    """A line of the delivery log."""

    recipient = forms.CharField(label=_("Handed over to"), max_length=300)
    handed_over_on = forms.DateField(
        label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    organisations = forms.IntegerField(
        label=_("Organisations that had signed"), min_value=0, max_value=2_000_000_000
    )
    people = forms.IntegerField(
        label=_("People who had signed"), min_value=0, max_value=2_000_000_000
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("How it went, who was there. Markdown."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=10_000,
    )
    answer = forms.CharField(
        label=_("The answer"),
        help_text=_("What the recipient replied, once they did. Markdown."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=20_000,
    )
    answered_on = forms.DateField(
        label=_("Answered on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    is_public = forms.BooleanField(
        label=_("Show it on the letter's page"), required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        filled: dict[str, Any] = super().clean() or self.cleaned_data
        day, answered = filled.get("handed_over_on"), filled.get("answered_on")
        if day and answered and answered < day:
            self.add_error(
                "answered_on", _("The answer cannot have come before the letter was handed over.")
            )
        return filled

    def delivery(self) -> Delivery:
        """What a valid form says."""
        return Delivery(**self.cleaned_data)
