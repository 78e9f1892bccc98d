"""The forms of the public pages. Errors are whole sentences: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from undersigned.letters.asking import USUAL, Ask, asked_by
from undersigned.letters.models import Letter
from undersigned.letters.places import COUNTRY_CODES
from undersigned.signatures.models import Kind, Visibility
from undersigned.signatures.rules import (
    NAME_LENGTH,
    SHOWN,
    Details,
    clean_name,
    clean_text,
)
from undersigned.signatures.signing import Entry
from undersigned.website.typed import FAULTS, Line, TypedForm

__all__ = [
    "FAULTS",
    "ConfirmForm",
    "SharedFields",
    "SignForm",
    "kinds_of",
    "share_fields",
    "sign_form",
]

TITLE_LENGTH = 120
AFFILIATION_LENGTH = 160
WEBSITE_LENGTH = 200


class SharedFields(dict[str, forms.Field]):
    """Fields that all forms of a class use as they are.

    Django copies the fields for every form, so that a form may change its own. None of ours does,
    and copying them takes longer than judging everything that was typed.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


def share_fields[Form: type[forms.Form]](form: Form) -> Form:
    """Decorator of a form class whose instances never change their fields."""
    form.base_fields = SharedFields(form.base_fields)
    return form


@share_fields
class SignForm(TypedForm):
    """Sign a letter, for oneself or for an organisation."""

    kind = forms.ChoiceField(
        choices=Kind.choices,
        error_messages={
            "required": _("Choose whether you sign for yourself or for an organisation."),
            "invalid_choice": _("Choose whether you sign for yourself or for an organisation."),
        },
    )
    name = Line()
    email = Line()
    title = Line()
    affiliation = Line()
    role = Line()
    website = Line()
    country = Line()
    visibility = forms.ChoiceField(
        required=False,
        choices=Visibility.choices,
        error_messages={"invalid_choice": _("Choose how the name appears from the list.")},
    )
    consent_publication = forms.BooleanField(required=False)
    consent_updates = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        kinds: frozenset[str],
        asks: Mapping[str, Ask] = USUAL,
        **options: Any,
    ) -> None:
        """`kinds`: who may sign this letter (`kinds_of`); `asks`: see `letters.asking`."""
        # Our templates write the labels; looking up a translated colon for each form takes time.
        super().__init__(data, label_suffix="", **options)
        self.kinds = kinds
        self.asks = asks

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if kind not in self.kinds:
            if kind == Kind.ORGANISATION:
                raise forms.ValidationError(
                    _("This letter is signed by individuals. Sign it for yourself.")
                )
            raise forms.ValidationError(
                _("This letter is signed by organisations. Sign it for one that has decided to.")
            )
        return kind

    def clean_name(self) -> str:
        kind = self.cleaned_data.get("kind", Kind.INDIVIDUAL)
        return self.named("name", NAME_LENGTH, partial(clean_name, kind=kind))

    def clean_title(self) -> str:
        title = self._line("title", TITLE_LENGTH)
        if not title and self._needs("title", Kind.INDIVIDUAL):
            raise forms.ValidationError(
                _("Enter your title or profession, such as teacher, or professor of law.")
            )
        return title

    def clean_affiliation(self) -> str:
        affiliation = self._line("affiliation", AFFILIATION_LENGTH)
        if not affiliation and self._needs("affiliation", Kind.INDIVIDUAL):
            raise forms.ValidationError(_("Enter where you work or belong."))
        return affiliation

    def clean_role(self) -> str:
        role = self._line("role", TITLE_LENGTH)
        if not role and self._needs("role", Kind.ORGANISATION):
            raise forms.ValidationError(
                _("Enter your role in the organisation, such as director or board member.")
            )
        return role

    def clean_website(self) -> str:
        text: str = self.cleaned_data["website"].strip()
        if not text or self.asks["website"] is Ask.HIDDEN:
            if self._needs("website", Kind.ORGANISATION):
                raise forms.ValidationError(_("Enter the organisation’s web address."))
            return ""
        website = text if "://" in text else f"https://{text}"
        try:
            parts = urlsplit(website)
            host = parts.hostname or ""
        except ValueError:
            host = ""
        if (
            not host
            or "." not in host.strip(".")
            or len(website) > WEBSITE_LENGTH
            or parts.scheme not in {"http", "https"}
            or parts.username is not None
            or not website.isprintable()
            or any(character in website for character in " <>\"'\\")
        ):
            raise forms.ValidationError(
                _("This is not a web address. It should look like https://example.org.")
            )
        return website

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"]
        asked = self.asks["country"]
        if asked is Ask.HIDDEN:
            return ""
        if asked is Ask.REQUIRED and not country:
            raise forms.ValidationError(_("Choose your country."))
        if country and country not in COUNTRY_CODES:
            raise forms.ValidationError(_("Choose a country from the list, or leave it open."))
        return country

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        consents = cleaned.get("consent_publication", False)
        if cleaned.get("visibility") in SHOWN and not consents:
            self.add_error(
                "consent_publication",
                _(
                    "To appear on the page, tick the box that publishes the name; "
                    "or choose not to be shown."
                ),
            )
        if "visibility" in cleaned and not cleaned["visibility"]:
            cleaned["visibility"] = Visibility.PUBLIC if consents else Visibility.COUNTED
        return cleaned

    def entry(
        self,
        language: str,
        *,
        partners: tuple[tuple[UUID, int], ...] = (),
        via: UUID | None = None,
    ) -> Entry:
        """What was entered, once the form is valid; of partners: see `website.partners`."""
        cleaned = self.cleaned_data
        for_organisation = cleaned["kind"] == Kind.ORGANISATION
        return Entry(
            kind=cleaned["kind"],
            address=cleaned["email"],
            details=Details(
                name=cleaned["name"],
                title="" if for_organisation else cleaned["title"],
                affiliation="" if for_organisation else cleaned["affiliation"],
                role=cleaned["role"] if for_organisation else "",
                website=cleaned["website"] if for_organisation else "",
            ),
            visibility=cleaned["visibility"],
            language=language,
            country=cleaned["country"],
            consent_publication=cleaned["consent_publication"],
            consent_updates=cleaned["consent_updates"],
            partners=partners,
            via=via,
        )

    def _needs(self, name: str, kind: Kind) -> bool:
        """Whether the letter requires a field of the kind of signer that filled in the form."""
        return self.asks[name] is Ask.REQUIRED and self.cleaned_data.get("kind") == kind

    def _line(self, name: str, length: int) -> str:
        """An optional line; what the letter does not ask for is not taken."""
        if self.asks[name] is Ask.HIDDEN:
            return ""
        return self.named(name, length, partial(clean_text, length=length))


WARNED = "warned"  # stands in the form where its page warns of the signer's country


@share_fields
class ConfirmForm(forms.Form):
    """Confirm a signature: how it appears, and a statement that nobody ticks by accident."""

    visibility = forms.ChoiceField(
        choices=[
            (Visibility.PUBLIC, pgettext_lazy("how a name appears", "in full")),
            (Visibility.INITIALS, pgettext_lazy("how a name appears", "by initials")),
            (Visibility.RECIPIENT, pgettext_lazy("how a name appears", "to the addressee only")),
            (Visibility.COUNTED, pgettext_lazy("how a name appears", "counted only")),
        ],
        error_messages={
            "required": _("Choose how the name appears."),
            "invalid_choice": _("Choose how the name appears."),
        },
    )
    statement = forms.BooleanField(
        error_messages={"required": _("Tick the statement to confirm that you sign.")},
    )


def sign_form(letter: Letter, data: Any = None) -> SignForm:
    """The form of a letter, empty or filled in."""
    return SignForm(data, kinds=kinds_of(letter), asks=asked_by(letter))


def kinds_of(letter: Letter) -> frozenset[str]:
    """Who may sign a letter."""
    kinds = set()
    if letter.people_may_sign:
        kinds.add(Kind.INDIVIDUAL.value)
    if letter.organisations_may_sign:
        kinds.add(Kind.ORGANISATION.value)
    return frozenset(kinds)
