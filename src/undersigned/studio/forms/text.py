"""The form of a letter's words: its fields, and the two lists at its end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from undersigned.letters.field_names import FIELD_NAMES
from undersigned.signatures.rules import NameFault, NameRefused, clean_text
from undersigned.website.forms import FAULTS

LISTS = ("ways_to_help", "related_campaigns")
MOST_ITEMS = 40
_MARKDOWN = _("Leave an empty line between paragraphs. *Stars* make words stand out.")


class Prose(forms.CharField):
    """A longer text. Browsers send each line end as two characters; kept is a line feed."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "spellcheck": "true"})
        super().__init__(required=False, widget=widget, **options)

    def to_python(self, value: object) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class Line(forms.CharField):
    """A text in one line, whatever was sent: titles stand in the subjects of mails."""

    def __init__(self, length: int = 300, **options: Any) -> None:
        super().__init__(required=False, max_length=length, **options)

    def to_python(self, value: object) -> str:
        line = " ".join(str(super().to_python(value)).split())
        try:
            clean_text(line, length=len(line))
        except NameRefused as refusal:
            if refusal.fault == NameFault.HIDDEN_CHARACTERS:
                raise forms.ValidationError(FAULTS[refusal.fault]) from None
        return line


class WordsForm(forms.Form):
    """One language's words."""

    title = Line(label=FIELD_NAMES["title"])
    addressee = Line(
        label=FIELD_NAMES["addressee"], help_text=_("Such as “To the members of the council”.")
    )
    introduction = Prose(
        label=FIELD_NAMES["introduction"],
        rows=3,
        help_text=_("Before the letter: what it is about. Part of each edition, as the letter is."),
    )
    body = Prose(label=FIELD_NAMES["body"], rows=18, help_text=_MARKDOWN)
    call = Prose(label=FIELD_NAMES["call"], rows=2, help_text=_("Above the form."))
    facilitator_note = Prose(
        label=FIELD_NAMES["facilitator_note"], rows=2, help_text=_("At the foot of the page.")
    )
    consent_publication = Prose(
        label=FIELD_NAMES["consent_publication"],
        rows=2,
        help_text=_(
            "The exact words beside the box that signers tick. They are part of an edition."
        ),
    )
    consent_updates = Prose(label=FIELD_NAMES["consent_updates"], rows=2)


class WayForm(forms.Form):
    """One way to help."""

    heading = Line(label=_("Heading"))
    text = Prose(label=_("Text"), rows=2)


class CampaignForm(forms.Form):
    """One related campaign."""

    title = Line(label=_("Name of the campaign"))
    url = Line(
        label=_("Its web address"),
        length=500,
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": _("Write the address like https://example.org.")},
    )
    tags = Line(label=_("Tags"), help_text=_("With commas between them."))
    text = Prose(label=_("Text"), rows=2)


WayForms = formset_factory(WayForm, extra=1, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS + 5)
CampaignForms = formset_factory(
    CampaignForm, extra=1, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS + 5
)


class TextForms:
    """Everything that is typed on one page.

    `began_with`: the words that were in the form when it was shown.
    """

    def __init__(
        self,
        words: Mapping[str, Any],
        data: Any = None,
        *,
        began_with: Mapping[str, Any] | None = None,
    ) -> None:
        """`words` to begin with, or `data` as it was sent; `began_with` if it is not `words`."""
        self.main = WordsForm(data, initial=dict(words), prefix="")
        self.ways: BaseFormSet[WayForm] = WayForms(
            data, initial=[dict(way) for way in words.get("ways_to_help", ())], prefix="ways"
        )
        campaigns = [
            {**campaign, "tags": ", ".join(campaign.get("tags", ()))}
            for campaign in words.get("related_campaigns", ())
        ]
        self.campaigns: BaseFormSet[CampaignForm] = CampaignForms(
            data, initial=campaigns, prefix="campaigns"
        )
        self.began_with = (
            began_with if began_with is not None else _read(data) if data else _only_shown(words)
        )

    @property
    def began_with_json(self) -> str:
        return json.dumps(self.began_with, ensure_ascii=False)

    @property
    def has_errors(self) -> bool:
        """Whether something that was sent is not right."""
        forms_of_lists = [*self.ways.forms, *self.campaigns.forms]
        return any(form.errors for form in (self.main, *forms_of_lists))

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in (self.main, self.ways, self.campaigns))

    def words(self) -> dict[str, Any]:
        """What was typed; call it on valid forms. Items in which nothing was typed are gone."""
        campaigns = [
            {**form.cleaned_data, "tags": _tags(form.cleaned_data.get("tags", ""))}
            for form in self.campaigns.forms
        ]
        return {
            **self.main.cleaned_data,
            "ways_to_help": self._items(
                "ways_to_help", [one.cleaned_data for one in self.ways.forms]
            ),
            "related_campaigns": self._items("related_campaigns", campaigns),
        }

    def _items(self, name: str, typed: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What was typed, except where it says what an item said before without its empty parts."""
        listed = self.began_with.get(name)
        before = (
            [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        )
        said = [_filled(one) for one in before]
        return [
            before[said.index(filled)] if filled in said else one
            for one in typed
            if (filled := _filled(one))
        ]


SHOWN = (*WordsForm.base_fields, *LISTS)


def _only_shown(words: Mapping[str, Any]) -> dict[str, Any]:
    return {name: words[name] for name in SHOWN if name in words}


def _read(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says that it began with. What cannot be read counts as nothing at all.

    Then every word that somebody else wrote is asked about, rather than overwritten.
    """
    try:
        began_with = json.loads(str(data.get("began_with", "")))
    except (ValueError, RecursionError):
        began_with = None
    if not isinstance(began_with, dict):
        began_with = {}
    blank = {name: [] if name in LISTS else "" for name in SHOWN}
    return {**blank, **_only_shown(began_with)}


def _filled(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value}


def _tags(line: str) -> list[str]:
    return [tag for part in line.split(",") if (tag := part.strip())]
