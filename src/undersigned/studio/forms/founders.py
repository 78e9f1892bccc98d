"""The form that plans a launch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.letters.gathering import EXIT_HOURS_AT_MOST
from undersigned.letters.time_zones import Hour, HourRefused, read_hour
from undersigned.studio.forms.zones import zones


class PlanForm(forms.Form):
    """A day, an hour and a time zone, and how long founders have to leave before."""

    day = forms.CharField(
        label=_("Day of the launch"), widget=forms.DateInput(attrs={"type": "date"}), max_length=10
    )
    hour = forms.CharField(
        label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}), max_length=8
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    exit_hours = forms.IntegerField(
        label=_("Hours to leave"),
        help_text=_(
            "Everybody who signed is told by mail so many hours before the launch, "
            "and can leave until then."
        ),
        min_value=1,
        max_value=EXIT_HOURS_AT_MOST,
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.moment: Hour | None = None

    def clean(self) -> dict[str, Any]:
        filled: dict[str, Any] = super().clean() or self.cleaned_data
        if {"day", "hour", "zone"} <= filled.keys():
            try:
                self.moment = read_hour(filled["day"], filled["hour"], filled["zone"])
            except HourRefused as refusal:
                self.add_error("hour", str(refusal))
        return filled
