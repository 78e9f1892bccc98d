"""What is wrong with a field, as we say it: a sentence that tells what to do.

Django and allauth bring sentences of their own. A form says something better where it can; where it
has said nothing, these stand in for theirs, on every page of the studio.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.core import validators
from django.forms import BaseForm, BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from undersigned.signatures.rules import NameFault
from undersigned.website.forms import FAULTS

type Sentence = str | Promise | Callable[[Mapping[str, Any]], str]


def faults(checked: BaseForm | BoundField) -> list[str]:
    """The sentences beside a field, or those about a form as a whole."""
    if isinstance(checked, BoundField):
        field: forms.Field | None = checked.field
        errors = checked.errors
    else:
        field, errors = None, checked.non_field_errors()
    return [said for error in errors.as_data() for said in _said(error, field)]


def _said(error: forms.ValidationError, field: forms.Field | None) -> Iterator[str]:
    """In our words where the sentence is a library's own, which its identity shows."""
    ours = _INSTEAD.get(id(error.message)) or _BY_CODE.get(error.code or "")
    if error.message is _REQUIRED:
        ours = next((words for kind, words in _MISSING if isinstance(field, kind)), _FILL_IN)
    if ours is None:
        yield from error.messages
    elif callable(ours) and not isinstance(ours, Promise):
        yield ours(error.params or {})
    else:
        yield str(ours) % (error.params or {})


def _too_long(params: Mapping[str, Any]) -> str:
    return ngettext(
        "At most %(most)d character fits here. Shorten it.",
        "At most %(most)d characters fit here. Shorten it.",
        params["limit_value"],
    ) % {"most": params["limit_value"]}


_REQUIRED = forms.Field.default_error_messages["required"]
_FILL_IN = _("Fill this in.")
_CHOOSE = _("Choose one from the list.")
_CHOOSE_FILE = _("Choose a file.")
_MISSING: tuple[tuple[type[forms.Field], Sentence], ...] = (
    (forms.MultipleChoiceField, _("Choose at least one.")),
    (forms.ChoiceField, _CHOOSE),
    (forms.BooleanField, _("Tick this box to go on.")),
    (forms.FileField, _CHOOSE_FILE),
)
_URL = _("Write the address like https://example.org.")
_WRONG_CODE = _("This is not the right code. Type the one that is shown now.")

_THEIRS: tuple[tuple[object, Sentence], ...] = (
    (validators.EmailValidator.message, _("Write the address like name@example.org.")),
    (validators.URLValidator.message, _URL),
    (forms.URLField.default_error_messages["invalid"], _URL),
    (validators.MaxLengthValidator.message, _too_long),
    (validators.MinValueValidator.message, _("Write a number that is at least %(limit_value)s.")),
    (validators.MaxValueValidator.message, _("Write a number that is at most %(limit_value)s.")),
    (validators.ProhibitNullCharactersValidator.message, FAULTS[NameFault.HIDDEN_CHARACTERS]),
    (forms.IntegerField.default_error_messages["invalid"], _("Write a whole number, in digits.")),
    (forms.DateField.default_error_messages["invalid"], _("Write the day like 2027-01-31.")),
    (forms.TimeField.default_error_messages["invalid"], _("Write the hour like 14:30.")),
    (
        forms.DateTimeField.default_error_messages["invalid"],
        _("Write day and hour like 2027-01-31 14:30."),
    ),
    (forms.ChoiceField.default_error_messages["invalid_choice"], _CHOOSE),
    (forms.MultipleChoiceField.default_error_messages["invalid_choice"], _CHOOSE),
    (forms.MultipleChoiceField.default_error_messages["invalid_list"], _CHOOSE),
    (forms.FileField.default_error_messages["invalid"], _CHOOSE_FILE),
    (forms.FileField.default_error_messages["missing"], _CHOOSE_FILE),
    (
        forms.FileField.default_error_messages["empty"],
        _("There is nothing in this file. Choose another one."),
    ),
    (
        DefaultAccountAdapter.error_messages["email_password_mismatch"],
        _("Address and password do not belong together. Type both again."),
    ),
    (
        DefaultAccountAdapter.error_messages["incorrect_password"],
        _("This is not your password. Type it again."),
    ),
    (
        DefaultAccountAdapter.error_messages["enter_current_password"],
        _("This is not your password. Type it again."),
    ),
    (
        DefaultAccountAdapter.error_messages["too_many_login_attempts"],
        _("Too many attempts have failed. Wait a few minutes, then try again."),
    ),
    (DefaultAccountAdapter.error_messages["incorrect_code"], _WRONG_CODE),
    (DefaultMFAAdapter.error_messages["incorrect_code"], _WRONG_CODE),
)
# The libraries' sentences are made once, and stay where they are.
_INSTEAD: dict[int, Sentence] = {id(theirs): ours for theirs, ours in _THEIRS}
# These are made anew for each fault, under codes that nothing else has.
_BY_CODE: dict[str, Sentence] = {
    "password_too_short": _("Make the password longer: at least %(min_length)d characters."),
    "password_too_common": _("Many people use this password. Choose another one."),
    "password_too_similar": _(
        "This password is too much like your name or address. Choose another one."
    ),
}
