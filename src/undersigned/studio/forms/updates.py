"""Writing an update in the letter's languages, and choosing whom it is mailed to, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from undersigned.letters.places import country_names
from undersigned.letters.time_zones import HourRefused, read_hour
from undersigned.letters.updates import BODY_LENGTH, TITLE_LENGTH, Texts, Words
from undersigned.signatures.audiences import Audience, Choices
from undersigned.signatures.models import Kind
from undersigned.studio.forms.text import Line, Prose
from undersigned.studio.forms.zones import zones
from undersigned.website.languages import direction, own_name

# Between the marks that keep its direction to itself (FSI and PDI): an option has no elements.
_ALONE = "\u2068%s\u2069"
# Lines of countries that are seen at once.
LONGEST_LIST = 8


class WordsForm(forms.Form):
    """One language: a line and a text, or neither."""

    title = Line(label=_("Title"), length=TITLE_LENGTH, help_text=_("Also the mail's subject."))
    body = Prose(
        label=_("Text"),
        rows=8,
        max_length=BODY_LENGTH,
        help_text=_("Leave an empty line between paragraphs. *Stars* make words stand out."),
    )

    def clean(self) -> dict[str, Any]:
        filled: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(filled["title"]) != bool(filled["body"]):
            missing = "body" if filled["title"] else "title"
            self.add_error(missing, _("Title and text go together: write both, or neither."))
        return filled


@dataclass(frozen=True)
class InLanguage:
    """The fields of one language."""

    code: str
    name: str
    form: WordsForm


class UpdateForms:
    """An update in all languages of its letter."""

    def __init__(self, languages: Sequence[str], texts: Texts, data: Any = None) -> None:
        self._data = data
        self.languages = [
            InLanguage(code, own_name(code), _words_form(code, texts, data)) for code in languages
        ]

    @property
    def version(self) -> int:
        """Of the words that the form began with, as it was sent; 0 for what is no number."""
        sent = str(self._data.get("version", ""))
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0

    @property
    def is_empty(self) -> bool:
        """Whether something was sent, in good order, that says nothing."""
        return self._data is not None and not self.has_errors and not self.texts()

    @property
    def has_errors(self) -> bool:
        return any(one.form.errors for one in self.languages)

    def is_valid(self) -> bool:
        return self._data is not None and not self.has_errors and not self.is_empty

    def texts(self) -> dict[str, Words]:
        """What was typed; call it on forms without errors."""
        return {
            one.code: Words(one.form.cleaned_data["title"], one.form.cleaned_data["body"])
            for one in self.languages
            if one.form.cleaned_data["title"]
        }


def _words_form(code: str, texts: Mapping[str, Words], data: Any) -> WordsForm:
    words = texts.get(code, Words("", ""))
    form = WordsForm(data, initial={"title": words.title, "body": words.body}, prefix=code)
    for field in form.fields.values():
        field.widget.attrs |= {"lang": code, "dir": direction(code)}
    return form


class AudienceForm(forms.Form):
    """Whom it goes to. A list with nothing chosen leaves nobody out."""

    kinds = forms.MultipleChoiceField(
        label=_("Who signed"), widget=forms.CheckboxSelectMultiple, required=False
    )
    languages = forms.MultipleChoiceField(
        label=_("In which language they signed"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        help_text=_("Choose several by holding Ctrl or ⌘."),
        widget=forms.SelectMultiple,
        required=False,
    )
    editions = forms.TypedMultipleChoiceField(
        label=_("Which edition they signed"),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        required=False,
    )

    def __init__(self, data: Any, choices: Choices) -> None:
        super().__init__(data)
        countries = {**country_names(get_language() or "en"), "": gettext("No country given")}
        kinds = {Kind.INDIVIDUAL: gettext("People"), Kind.ORGANISATION: gettext("Organisations")}
        self._offer("kinds", [(code, kinds[Kind(code)], count) for code, count in choices.kinds])
        self._offer("languages", [(code, own_name(code), n) for code, n in choices.languages])
        self._offer(
            "countries",
            [(code or "-", countries.get(code, code), n) for code, n in choices.countries],
        )
        self._offer(
            "editions",
            [(no, gettext("Edition %(number)s") % {"number": no}, n) for no, n in choices.editions],
        )

    def _offer(self, name: str, found: Sequence[tuple[Any, str, int]]) -> None:
        """Where there is nothing to choose, nothing is asked."""
        if len(found) < 2:
            del self.fields[name]
            return
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  declared above
        if isinstance(field.widget, forms.SelectMultiple):
            field.widget.attrs["size"] = min(len(found), LONGEST_LIST)
        field.choices = [(code, f"{_ALONE % label} ({count})") for code, label, count in found]

    def audience(self) -> Audience:
        """What a valid form says: everybody, if nothing is chosen."""
        chosen = {name: tuple(found) for name, found in self.cleaned_data.items()}
        if "countries" in chosen:
            codes = chosen["countries"]
            chosen["countries"] = tuple("" if code == "-" else code for code in codes)
        return Audience(**chosen)


class OrderForm(forms.Form):
    """When it goes out, and whether the letter's page shows it."""

    shows = forms.BooleanField(
        label=_("Show it on the letter's page and in the feeds, too"), required=False, initial=True
    )
    day = forms.CharField(
        label=_("Day"),
        help_text=_("Leave day and hour empty to send it now."),
        widget=forms.DateInput(attrs={"type": "date"}),
        max_length=10,
        required=False,
    )
    hour = forms.CharField(
        label=_("Hour"),
        widget=forms.TimeInput(attrs={"type": "time"}),
        max_length=8,
        required=False,
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.starts_at = timezone.now()
        self.is_planned = False

    def clean(self) -> dict[str, Any]:
        filled: dict[str, Any] = super().clean() or self.cleaned_data
        day, hour, zone = (filled.get(name, "") for name in ("day", "hour", "zone"))
        if (day or hour) and zone:
            try:
                self._plan(read_hour(day, hour, zone).at)
            except HourRefused as refusal:
                self.add_error("hour", str(refusal))
        return filled

    def _plan(self, at: datetime) -> None:
        if at <= timezone.now():
            self.add_error("hour", _("This hour has passed. Choose a later one."))
        self.starts_at, self.is_planned = at, True
