"""Forms of people who come in."""

from __future__ import annotations

from typing import Any

from django import forms
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
        """Events say who did what by name: no two people go by the same one."""
        name: str = self.cleaned_data["name"]
        if name.casefold() in NAMES_OF_THE_PROGRAM or _is_taken(name):
            raise forms.ValidationError(
                _(
                    "Somebody here goes by this name already. "
                    "Add something that tells the two of you apart."
                )
            )
        return name

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


def _is_taken(name: str) -> bool:
    names = Person.objects.values_list("name", flat=True)
    return name.casefold() in {taken.casefold() for taken in names.iterator()}
