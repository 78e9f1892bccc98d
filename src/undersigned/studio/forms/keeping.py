"""Until when a letter's addresses are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.letters.models import Letter, LetterState
from undersigned.letters.retention import end_date, latest_end


class UntilForm(forms.Form):
    """A day; of a letter that was shown to signers, none after the one that they were told."""

    until = forms.DateField(
        label=gettext_lazy("All addresses go on"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, data: Any, letter: Letter, today: date) -> None:
        known = end_date(letter, today)
        super().__init__(data, initial={"until": known.isoformat()})
        is_told = letter.state != LetterState.DRAFT
        self.earliest, self.latest = today, known if is_told else latest_end(today)
        self.fields["until"].widget.attrs |= {
            "min": self.earliest.isoformat(),
            "max": self.latest.isoformat(),
        }

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if not self.earliest <= day <= self.latest:
            raise forms.ValidationError(
                _("Choose a day from %(first)s to %(last)s.")
                % {"first": self.earliest.isoformat(), "last": self.latest.isoformat()}
            )
        return day
