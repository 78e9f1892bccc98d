"""The page that says how to sign by mail."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from undersigned.letters.models import Letter, LetterState

PATH = "/letter/en/by-mail/"


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.SIGN_ADDRESS = "sign@letters.example"


def test_the_message_stands_there_to_be_copied_and_to_be_opened(
    client: Client, letter: Letter
) -> None:
    answer = client.get(PATH)
    assert answer.status_code == 200
    assert "sign+letter@letters.example" in answer.text
    assert 'href="mailto:sign+letter@letters.example?subject=Sign%20' in answer.text
    assert "Publish my name:" in answer.text
    assert "Only if you write “yes” after “Publish my name”" in answer.text
    assert "Fill in “Organisation” only if" in answer.text
    assert PATH in client.get("/letter/en/").text
    assert PATH in client.get("/letter/en/sign/").text


def test_a_letter_of_people_asks_for_no_organisation(client: Client, letter: Letter) -> None:
    Letter.objects.update(organisations_may_sign=False)
    assert "Organisation" not in client.get(PATH).text


def test_where_no_mail_is_taken_there_is_no_page(
    client: Client, letter: Letter, settings: Settings
) -> None:
    Letter.objects.update(state=LetterState.CLOSED)
    assert client.get(PATH).status_code == 404
    Letter.objects.update(state=LetterState.OPEN)
    settings.SIGN_ADDRESS = ""
    assert client.get(PATH).status_code == 404
    assert "by-mail" not in client.get("/letter/en/").text
