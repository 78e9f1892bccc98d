"""The filter of a trail of events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy, pgettext_lazy

from undersigned.studio.event_words import Words, act_words, actor_words


class EventFilter(forms.Form):
    """By person, act and period. Nonsense in an address narrows nothing."""

    who = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    act = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=pgettext_lazy("a day", "Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, data: Any, *, actors: Iterable[str], acts: Iterable[str], words: Words):
        super().__init__(data)
        anybody = ("", pgettext_lazy("any person or act", "All"))
        for name, choices in (
            ("who", sorted((actor, actor_words(actor)) for actor in actors)),
            ("act", sorted(((act, act_words(words, act)) for act in acts), key=lambda one: one[1])),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
            field.choices = [anybody, *choices]

    def narrow[Event: Model](self, events: QuerySet[Event]) -> QuerySet[Event]:
        """The events that fit."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("who"):
            events = events.filter(actor=chosen["who"])
        if chosen.get("act"):
            events = events.filter(act=chosen["act"])
        if chosen.get("since"):
            events = events.filter(at__gte=_midnight(chosen["since"]))
        if chosen.get("until"):
            until = min(chosen["until"], date.max - timedelta(days=1))
            events = events.filter(at__lt=_midnight(until) + timedelta(days=1))
        return events

    @property
    def is_narrow(self) -> bool:
        return any(self.cleaned_data.values())


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(), UTC)
