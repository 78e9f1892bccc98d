"""Forms of people who come in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from undersigned.teams.models import Person, Role


class JoinForm(forms.Form):
    """Name and password of somebody new, whose address is known from the invitation."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Your colleagues see it beside what you do."),
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
    team = forms.CharField(
        label=_("Your organisation"),
        help_text=_("The one that hosts the letters. Others can be invited to each letter."),
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
