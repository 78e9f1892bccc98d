"""The form of a sign-up sheet: what stands at its foot, a number, and names row by row.

Rows are plain pairs of fields, `name-1` and `country-1`, so that they can be typed one after the
other by keyboard alone, and more of them be asked for without a script.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.letters.places import country_choices
from undersigned.signatures.exporting.sheet import ROWS
from undersigned.signatures.models import PaperSheet
from undersigned.signatures.paper import NAMES_AT_MOST, SIGNATURES_AT_MOST, Entry, Sheet
from undersigned.signatures.rules import NameRefused, clean_name
from undersigned.website.typed import FAULTS

_NAME_LENGTH = 120


@dataclass(frozen=True)
class TypedRow:
    """A row as it was typed. `error` says what is wrong with its name, if anything is."""

    number: int
    name: str = ""
    country: str = ""
    error: str = ""


class SheetForm(forms.Form):
    """A sheet. `rows` has what was typed into its rows, and enough empty ones."""

    signatures = forms.IntegerField(
        label=gettext_lazy("Valid signatures on the sheet"),
        help_text=gettext_lazy("All of them, also those whose names may not be published."),
        min_value=1,
        max_value=SIGNATURES_AT_MOST,
    )
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=120)
    signed_on = forms.DateField(
        label=gettext_lazy("Date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=gettext_lazy("Who gathered it"),
        help_text=gettext_lazy("For the organisers only."),
        required=False,
        max_length=200,
    )

    def __init__(self, data: Any = None, *, row: PaperSheet | None = None, language: str) -> None:
        super().__init__(data, initial=_initial(row))
        self.countries = (("", "—"), *country_choices(language))
        self._codes = {code for code, _name in self.countries}
        typed = _typed(data) if data is not None else _stored(row)
        self.rows = [self._judged(one) for one in typed] + _blank(data, len(typed))
        self.entries = tuple(
            Entry(clean_name(one.name), one.country)
            for one in self.rows
            if one.name and not one.error
        )

    def clean(self) -> dict[str, Any]:
        filled: dict[str, Any] = super().clean() or self.cleaned_data
        if any(one.error for one in self.rows):
            raise forms.ValidationError(_("Some names need your attention; see the rows below."))
        signatures = filled.get("signatures")
        if signatures is not None and len(self.entries) > signatures:
            self.add_error(
                "signatures", _("There are more names below than signatures. Count them again.")
            )
        signed_on = filled.get("signed_on")
        if signed_on is not None and signed_on > timezone.localdate():
            self.add_error("signed_on", _("This day has not come yet."))
        return filled

    def sheet(self) -> Sheet:
        """What a valid form says."""
        return Sheet(names=self.entries, **self.cleaned_data)

    def _judged(self, one: TypedRow) -> TypedRow:
        country = one.country if one.country in self._codes else ""
        error = ""
        try:
            clean_name(one.name)
        except NameRefused as refusal:
            error = str(FAULTS[refusal.fault]) % {"length": _NAME_LENGTH}
        return TypedRow(one.number, one.name, country, error)


def _initial(row: PaperSheet | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {name: getattr(row, name) for name in ("signatures", "place", "signed_on", "note")}


def _stored(row: PaperSheet | None) -> list[TypedRow]:
    names = row.names.order_by("pk").values_list("name", "country") if row else ()
    return [TypedRow(number, *one) for number, one in enumerate(names, 1)]


def _typed(data: Any) -> list[TypedRow]:
    """Rows with a name, without gaps."""
    found: list[TypedRow] = []
    for number in range(1, NAMES_AT_MOST + 1):
        name = data.get(f"name-{number}", "").strip()
        if name:
            found.append(TypedRow(len(found) + 1, name, data.get(f"country-{number}", "")))
    return found


def _blank(data: Any, filled: int) -> list[TypedRow]:
    """Up to a whole sheet, or one sheet more where more rows were asked for."""
    wanted = filled + ROWS if data is not None and "more" in data else max(ROWS, filled)
    return [TypedRow(number) for number in range(filled + 1, min(wanted, NAMES_AT_MOST) + 1)]
