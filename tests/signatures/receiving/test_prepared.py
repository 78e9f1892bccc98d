"""The prepared message, and the countries that may stand in it."""

from __future__ import annotations

from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from pytest_django import Settings

from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.receiving.addressing import sign_address, slugs_in
from undersigned.signatures.receiving.countries import country_named
from undersigned.signatures.receiving.labels import all_labels
from undersigned.signatures.receiving.lines import read_lines
from undersigned.signatures.receiving.prepared import Prepared, prepared_message


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.SIGN_ADDRESS = "sign@letters.example"


def prepared(letter: Letter, title: str = "Ban it") -> Prepared:
    message = prepared_message(letter, title)
    assert message is not None
    return message


def test_a_message_to_fill_in(letter: Letter) -> None:
    message = prepared(letter, "Ban\nit & <more>")
    assert message.to == "sign+banned@letters.example"
    assert message.subject == "Sign “Ban it & <more>”"
    assert message.body == (
        "Name: \nOrganisation: \nYour role there: \nCountry: \nPublish my name: \n"
    )
    link = urlsplit(message.mailto)
    assert (link.scheme, link.path) == ("mailto", message.to)
    asked = parse_qs(link.query)
    assert asked == {"subject": [message.subject], "body": [message.body.replace("\n", "\r\n")]}
    mail = EmailMessage()
    mail["Subject"] = message.subject
    assert read_lines(message.body, all_labels()).name == ""


def test_only_what_the_letter_asks_is_in_it(letter: Letter) -> None:
    letter.organisations_may_sign = False
    letter.asks = {"country": "hidden"}
    assert prepared(letter).body == "Name: \nPublish my name: \n"
    letter.organisations_may_sign, letter.people_may_sign = True, False
    letter.asks = {"role": "hidden"}
    assert prepared(letter).body == "Organisation: \nCountry: \nPublish my name: \n"


def test_no_address_no_message(letter: Letter, settings: Settings) -> None:
    for change in (
        {"state": LetterState.CLOSED},
        {"state": LetterState.GATHERING},
        {"deadline": timezone.now()},
        {"sealing_key": None},
        {"slug": "x" * 60},
    ):
        other = Letter.objects.get()
        for name, value in change.items():
            setattr(other, name, value)
        assert prepared_message(other, "x") is None, change
    settings.SIGN_ADDRESS = ""
    assert sign_address(letter) == ""


def test_which_letters_are_meant() -> None:
    assert slugs_in(["sign+a-b@letters.example", "x@y.z", "sign+a-b@letters.example"]) == {"a-b"}
    assert (
        slugs_in(["sign@letters.example", "sign+@letters.example", "sign+a_b@letters.example"])
        == set()
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Spain", "ES"),
        ("españa.", "ES"),
        ("မြန်မာ", "MM"),
        ("إسبانيا", "ES"),
        ("UK", "GB"),
        ("de", "DE"),
        ("Palestine", "PS"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_countries_as_people_write_them(text: str, code: str) -> None:
    assert country_named(text) == code
