"""The forms around translations."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.studio.forms.text import Line
from undersigned.website.languages import language_choices


class LanguageForm(forms.Form):
    """A language more. `without`: those that are there."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, without: Collection[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            choices=[("", "")]
            + [(code, name) for code, name in language_choices() if code not in without],
            error_messages={"required": _("Choose a language.")},
        )


class HandInForm(forms.Form):
    """What is said with a translation that is ready to be read."""

    message = forms.CharField(
        label=_("A word to whoever reads it"),
        help_text=_("Such as which sentence you are not sure about. It is not public."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    credits = Line(
        label=_("Who is named as translator"),
        help_text=_("In public, under the letter. Only who wants to be; with commas between them."),
    )


class SendBackForm(forms.Form):
    """Not yet, and why."""

    message = forms.CharField(
        label=_("What is still to be done"),
        help_text=_("Whoever translates reads it above the blocks. It is not public."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence what is still to be done.")},
    )
