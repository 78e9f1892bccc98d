"""Forms of people who come in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from undersigned.signatures.models import Kind
from undersigned.signatures.rules import NameRefused, clean_name
from undersigned.teams.models import Person, Role
from undersigned.website.forms import FAULTS

# How the program itself signs what it does; see the models' `actor`.
NAMES_OF_THE_PROGRAM = frozenset({"worker", "command line", "start"})


class NameField(forms.CharField):
    """A name of a person or an organisation on one line; it goes into mail and its subjects."""

    def __init__(self, *, kind: str, max_length: int, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        self._kind, self._length = kind, max_length

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        try:
            return clean_name(typed, kind=self._kind, length=self._length)
        except NameRefused as refusal:
            fault = FAULTS[refusal.fault] % {"length": self._length}
            raise forms.ValidationError(fault) from None


class JoinForm(forms.Form):
    """Name and password of somebody new, whose address is known from the invitation."""

    name = NameField(
        label=_("Your name"),
        help_text=_("Your colleagues see it beside what you do."),
        kind=Kind.INDIVIDUAL,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. A few words that do not belong together are good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, email: str = "") -> None:
        super().__init__(data)
        self._email = email

    def clean_name(self) -> str:
        return own_name_of(self.cleaned_data["name"], None)

    def clean(self) -> dict[str, Any]:
        filled = super().clean() or self.cleaned_data
        if "password" in filled:
            person = Person(name=filled.get("name", ""), email=filled.get("email", self._email))
            try:
                validate_password(filled["password"], person)
            except forms.ValidationError as refusal:
                self.add_error("password", refusal)
        return filled


class BeginForm(JoinForm):
    """The first owner: an address and an organisation too."""

    field_order = ("name", "email", "team", "password")

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("You sign in with it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    team = NameField(
        label=_("Your organisation"),
        help_text=_("The one that hosts the letters. Others can be invited to each letter."),
        kind=Kind.ORGANISATION,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


class InviteForm(forms.Form):
    """Whom to invite, and as what. `roles`: those that the inviter may give."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, roles: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = roles


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, roles: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = roles


class YouForm(forms.Form):
    """What somebody is called, and in which language the studio speaks to them."""

    name = NameField(
        label=_("Your name"),
        help_text=_("Your colleagues see it beside what you do."),
        kind=Kind.INDIVIDUAL,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the studio"),
        help_text=_("Mails to you are in this language too."),
        choices=[
            (code, name) for code, name in settings.LANGUAGES if code in settings.STUDIO_LANGUAGES
        ],
    )

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, initial={"name": person.name, "language": person.language})
        self._person = person

    def clean_name(self) -> str:
        return own_name_of(self.cleaned_data["name"], self._person)


def own_name_of(name: str, person: Person | None) -> str:
    """Events say who did what by name: no two people go by the same one."""
    others = Person.objects.exclude(pk=person.pk) if person else Person.objects.all()
    taken = {other.casefold() for other in others.values_list("name", flat=True).iterator()}
    if name.casefold() in taken | NAMES_OF_THE_PROGRAM:
        raise forms.ValidationError(
            _(
                "Somebody here goes by this name already. "
                "Add something that tells the two of you apart."
            )
        )
    return name
