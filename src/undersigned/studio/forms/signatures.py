"""Forms around signatures: the filter of their list, reasons, corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from undersigned.letters.places import country_names
from undersigned.signatures.browsing import Wanted
from undersigned.signatures.cases import OpenCase
from undersigned.signatures.correcting import FIELDS, LENGTHS, is_website
from undersigned.signatures.models import Kind, Signature, State
from undersigned.signatures.reasons import OTHER, Reason
from undersigned.signatures.rules import NameRefused, clean_name, clean_text
from undersigned.studio.signature_words import KINDS, SOURCES, STATES
from undersigned.website.forms import FAULTS

Choices = Sequence[tuple[str, Any]]


class SignatureFilter(forms.Form):
    """The list of signatures, narrowed. Nonsense in an address narrows nothing."""

    state = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    batch = forms.UUIDField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    source = forms.ChoiceField(label=gettext_lazy("From where"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    featured = forms.BooleanField(label=gettext_lazy("Featured only"), required=False)

    def __init__(self, data: Any, *, countries: Choices, languages: Choices) -> None:
        super().__init__(data)
        everything = ("", pgettext_lazy("any kind, source, country or language", "All"))
        for name, choices in (
            ("state", [(state, label) for state, (label, _tone) in STATES.items()]),
            ("kind", [everything, *KINDS.items()]),
            ("source", [everything, *SOURCES.items()]),
            ("country", [everything, *countries]),
            ("language", [everything, *languages]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
            field.choices = choices

    def wanted(self) -> Wanted:
        self.is_valid()
        chosen = self.cleaned_data
        return Wanted(
            state=chosen.get("state") or State.LISTED,
            kind=chosen.get("kind", ""),
            source=chosen.get("source", ""),
            country=chosen.get("country", ""),
            language=chosen.get("language", ""),
            words=chosen.get("q", ""),
            batch=chosen.get("batch"),
            only_featured=chosen.get("featured", False),
        )


class ReasonForm(forms.Form):
    """Why, with what is added in one's own words."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy(
            "The signer reads this in a mail, below the reason. Write nothing that is not for them."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, reasons: Iterable[Reason]) -> None:
        super().__init__(data)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [(reason.code, _(reason.label)) for reason in reasons]

    def clean(self) -> dict[str, Any]:
        filled = self.cleaned_data
        if filled.get("reason") == OTHER and not filled.get("words", "").strip():
            self.add_error("words", _("Say in your own words why."))
        return filled


class CorrectionForm(forms.Form):
    """How an entry should read."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=2 * LENGTHS["name"])
    title = forms.CharField(
        label=gettext_lazy("Title or profession"), required=False, max_length=2 * LENGTHS["title"]
    )
    affiliation = forms.CharField(
        label=gettext_lazy("Affiliation"), required=False, max_length=2 * LENGTHS["affiliation"]
    )
    website = forms.CharField(
        label=gettext_lazy("Website"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("As it should stand in the letter’s own language."),
        required=False,
        max_length=2 * LENGTHS["place"],
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(
        self, data: Any = None, *, kind: str, before: Mapping[str, str], language: str
    ) -> None:
        """`before`: the fields that are known, as they read now; others are not asked for."""
        super().__init__(data, initial=dict(before))
        self._kind = kind
        other = {"title", "affiliation"} if kind == Kind.ORGANISATION else {"website"}
        for name in [*self.fields]:
            if name not in before or name in other:
                del self.fields[name]
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        names = sorted(country_names(language).items(), key=lambda pair: pair[1])
        field.choices = [("", pgettext_lazy("no country", "None")), *names]

    def clean_name(self) -> str:
        return self._clean("name", lambda text: clean_name(text, kind=self._kind))

    def clean_title(self) -> str:
        return self._clean("title", lambda text: clean_text(text, length=LENGTHS["title"]))

    def clean_affiliation(self) -> str:
        longest = LENGTHS["affiliation"]
        return self._clean("affiliation", lambda text: clean_text(text, length=longest))

    def clean_place(self) -> str:
        return self._clean("place", lambda text: clean_text(text, length=LENGTHS["place"]))

    def clean_website(self) -> str:
        text: str = self.cleaned_data["website"].strip()
        website = text if "://" in text or not text else f"https://{text}"
        if website and not is_website(website):
            raise forms.ValidationError(
                _("This is not a web address. It should look like https://example.org.")
            )
        return website

    def changes(self) -> dict[str, str]:
        """The fields that read differently now."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value != self.initial.get(name, "")
        }

    def _clean(self, name: str, clean: Callable[[str], str]) -> str:
        try:
            return clean(self.cleaned_data[name])
        except NameRefused as refused:
            sentence = FAULTS[refused.fault] % {"length": LENGTHS[name]}
            raise forms.ValidationError(sentence) from None


def entry_of(signature: Signature, case: OpenCase | None) -> dict[str, str]:
    """How an entry reads, to begin a correction with: as it is shown, or as it waits (`case`).

    Without the name and what goes with it where that is sealed.
    """
    if case is not None and case.is_readable:
        return {name: getattr(case, name) for name in FIELDS}
    shown = FIELDS if signature.name else ("place", "country")
    return {name: getattr(signature, name) for name in shown}
