"""What is wrong with a field is said in our words, whichever library found it."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from undersigned.studio.form_words import faults

CHOICES = [("a", "A"), ("b", "B")]


def said(
    field: forms.Field, typed: Any = None, file: SimpleUploadedFile | None = None
) -> list[str]:
    """What stands beside a field once `typed` was sent."""
    data: MultiValueDict[str, Any] = MultiValueDict({} if typed is None else {"it": typed})
    form = type("OneForm", (forms.Form,), {"it": field})(data, {"it": file} if file else {})
    return faults(form["it"])


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (forms.CharField(), "Fill this in."),
        (forms.DateField(), "Fill this in."),
        (forms.ChoiceField(choices=CHOICES), "Choose one from the list."),
        (forms.MultipleChoiceField(choices=CHOICES), "Choose at least one."),
        (forms.BooleanField(), "Tick this box to go on."),
        (forms.FileField(), "Choose a file."),
    ],
)
def test_what_is_missing_is_asked_for(field: forms.Field, sentence: str) -> None:
    assert said(field) == [sentence]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (forms.EmailField(), "ana", "Write the address like name@example.org."),
        (forms.URLField(), "http://[", "Write the address like https://example.org."),
        (forms.URLField(), "http://a b", "Write the address like https://example.org."),
        (forms.CharField(max_length=1), "ab", "At most 1 character fits here. Shorten it."),
        (forms.CharField(max_length=2), "abc", "At most 2 characters fit here. Shorten it."),
        (forms.IntegerField(min_value=3), "2", "Write a number that is at least 3."),
        (forms.IntegerField(max_value=3), "4", "Write a number that is at most 3."),
        (forms.IntegerField(), "many", "Write a whole number, in digits."),
        (forms.DateField(), "soon", "Write the day like 2027-01-31."),
        (forms.TimeField(), "noon", "Write the hour like 14:30."),
        (forms.DateTimeField(), "soon", "Write day and hour like 2027-01-31 14:30."),
        (forms.ChoiceField(choices=CHOICES), "c", "Choose one from the list."),
        (forms.MultipleChoiceField(choices=CHOICES), "c", "Choose one from the list."),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    field: forms.Field, typed: str, sentence: str
) -> None:
    assert said(field, [typed]) == [sentence]


def test_a_file_with_nothing_in_it() -> None:
    found = said(forms.FileField(), file=SimpleUploadedFile("list.csv", b""))
    assert found == ["There is nothing in this file. Choose another one."]


def test_a_character_that_cannot_be_kept_is_not_called_null() -> None:
    (sentence,) = said(forms.CharField(), ["a\0b"])
    assert "Null" not in sentence


def test_what_a_form_says_itself_stays() -> None:
    own = {"required": "Say who told you, and how."}
    assert said(forms.CharField(error_messages=own)) == ["Say who told you, and how."]


class Refusing(forms.Form):
    """Refuses as a whole, as allauth's forms do."""

    def __init__(self, refusal: forms.ValidationError) -> None:
        super().__init__({})
        self._refusal = refusal

    def clean(self) -> None:
        raise self._refusal


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (
            DefaultAccountAdapter().validation_error("email_password_mismatch"),
            "Address and password do not belong together. Type both again.",
        ),
        (
            DefaultAccountAdapter().validation_error("incorrect_password"),
            "This is not your password. Type it again.",
        ),
        (
            DefaultMFAAdapter().validation_error("incorrect_code"),
            "This is not the right code. Type the one that is shown now.",
        ),
        (
            forms.ValidationError("", code="password_too_short", params={"min_length": 12}),
            "Make the password longer: at least 12 characters.",
        ),
        (forms.ValidationError("Something else."), "Something else."),
    ],
)
def test_a_form_as_a_whole(refusal: forms.ValidationError, sentence: str) -> None:
    assert faults(Refusing(refusal)) == [sentence]
