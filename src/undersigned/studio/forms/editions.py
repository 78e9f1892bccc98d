"""The form that publishes what is drafted."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.letters.models import EditionChange


class PublishForm(forms.Form):
    """`seen`: the hash of the text that was on the page; publishing means no other one."""

    change = forms.ChoiceField(
        label=_("What kind of change is it?"),
        choices=[
            (
                EditionChange.EDITORIAL,
                _("A correction: the letter says what it said, without a slip"),
            ),
            (
                EditionChange.SUBSTANTIVE,
                _("Another text: whoever signed is asked to renew or leave"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which of the two it is.")},
    )
    note = forms.CharField(
        label=_("What was changed, and why"),
        help_text=_("In public, on the page of editions."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence what was changed.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class FirstForm(forms.Form):
    """Of the first edition nothing is asked."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
