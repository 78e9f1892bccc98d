"""Organisers answer offers to translate, invite others, take links back."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from tests.builders import mails
from tests.letters.translating.offers import invited, joined, offered
from tests.signatures.canaries import everything_stored
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters import translating
from undersigned.letters.models import Letter, LetterEvent, Translator, TranslatorState
from undersigned.letters.translating import offering
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio.event_words import LETTER_ACTS
from undersigned.teams.models import Person, Role, Team

LANGUAGES = "/studio/letters/banned/languages/"
FORM = {"language": "es", "name": "Carmen Ejemplo", "email": "carmen@example.org"}


def state_of(volunteer: Translator) -> str:
    return Translator.objects.get(pk=volunteer.pk).state


def test_offers_and_volunteers_are_listed_for_those_who_answer(
    owner: Colleague, letter: Letter
) -> None:
    offered(letter, "my", name="Offering One", message="I teach <Burmese>.")
    invited(letter, "es", name="Invited One")
    joined(letter, "ar", name="Joined One", email="joined@example.org")
    page = owner.get(LANGUAGES).text

    assert "I teach &lt;Burmese&gt;." in page
    for words in ("Offering One", "Invited One", "has not answered yet"):
        assert words in page
    assert "<bdi>joined@example.org</bdi>" in page


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.EDITOR])
def test_translators_see_nobodys_address(letter: Letter, team: Team, role: Role) -> None:
    offered(letter, name="Offering One", email="offering@example.org")
    page = signed_in(somebody("Tam", role, team)).get(LANGUAGES)

    assert page.status_code == 200
    assert ("offering@example.org" in page.text) == (role == Role.EDITOR)
    assert ("Offering One" in page.text) == (role == Role.EDITOR)


def test_yes_sends_the_link(owner: Colleague, letter: Letter, keys: WorkerKeys) -> None:
    volunteer = offered(letter)
    page = owner.get(LANGUAGES).text
    path = f"{LANGUAGES}translators/{volunteer.pk}/accept/"
    assert f'action="{path}"' in page
    answer = owner.post(path, follow=True)

    assert "They translate once they have said yes." in answer.text
    assert state_of(volunteer) == TranslatorState.INVITED
    assert [mail.to for mail in mails(keys)] == ["carmen@example.org"]
    again = owner.post(path, follow=True)
    assert "Somebody answered this offer in the meantime." in again.text


def test_no_forgets_them(owner: Colleague, letter: Letter) -> None:
    volunteer = offered(letter)
    path = f"{LANGUAGES}translators/{volunteer.pk}/decline/"
    answer = owner.post(path, follow=True)

    assert "Their name and address are forgotten" in answer.text
    assert "Carmen Ejemplo" not in answer.text
    assert state_of(volunteer) == TranslatorState.DECLINED
    assert "Somebody answered this offer" in owner.post(path, follow=True).text


def test_a_link_is_taken_back(owner: Colleague, letter: Letter) -> None:
    volunteer = joined(letter)
    path = f"{LANGUAGES}translators/{volunteer.pk}/stop/"

    assert "Their link has ended." in owner.post(path, follow=True).text
    assert state_of(volunteer) == TranslatorState.STOPPED
    assert "The link had ended before." in owner.post(path, follow=True).text


@pytest.mark.parametrize("act", ["accept", "decline", "stop"])
def test_there_is_nothing_to_answer_of_other_letters(
    owner: Colleague, letter: Letter, act: str
) -> None:
    assert owner.post(f"{LANGUAGES}translators/{uuid4()}/{act}/").status_code == 404


def test_an_offer_that_cannot_be_read_is_not_answered_yes(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    volunteer = offered(letter)
    Translator.objects.update(sealed_details=b"sealed to another key")

    assert "Somebody whose name cannot be read" in owner.get(LANGUAGES).text
    answer = owner.post(f"{LANGUAGES}translators/{volunteer.pk}/accept/", follow=True)
    assert "Nothing was sent." in answer.text
    assert mails(keys) == []


def test_without_the_studios_key_names_are_not_there(
    owner: Colleague, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    volunteer = offered(letter)
    monkeypatch.setattr(settings, "DATA", settings.DATA / "elsewhere")

    assert "Somebody whose name cannot be read" in owner.get(LANGUAGES).text
    answer = owner.post(f"{LANGUAGES}translators/{volunteer.pk}/accept/", follow=True)
    assert "Nothing was sent." in answer.text


def test_somebody_is_invited(owner: Colleague, letter: Letter, keys: WorkerKeys) -> None:
    assert owner.get(f"{LANGUAGES}translators/").status_code == 200
    answer = owner.post(f"{LANGUAGES}translators/", FORM, follow=True)

    assert "The link is on its way." in answer.text
    (mail,) = mails(keys)
    assert (mail.to, mail.language) == ("carmen@example.org", "es")
    assert LetterEvent.objects.filter(act="invite translator").get().actor == "Ana"
    assert "ejemplo" not in everything_stored()


@pytest.mark.parametrize(("language", "reads_in"), [("cy", "ar"), ("my", "my")])
def test_mail_is_in_words_that_we_have(
    owner: Colleague, letter: Letter, language: str, reads_in: str
) -> None:
    Person.objects.filter(name="Ana").update(language="ar")
    owner.post(f"{LANGUAGES}translators/", {**FORM, "language": language})

    assert Translator.objects.get().reads_in == reads_in


@pytest.mark.parametrize(
    ("field", "value"), [("language", ""), ("language", "en"), ("email", ""), ("email", "x")]
)
def test_a_mistake_invites_nobody(owner: Colleague, letter: Letter, field: str, value: str) -> None:
    answer = owner.post(f"{LANGUAGES}translators/", {**FORM, field: value})

    assert answer.status_code == 422
    assert "Carmen Ejemplo" in answer.text
    assert not Translator.objects.exists()


def test_nobody_makes_a_mail_cannon_of_it(
    owner: Colleague, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "LINKS_A_DAY", 1)
    owner.post(f"{LANGUAGES}translators/", FORM)
    answer = owner.post(f"{LANGUAGES}translators/", FORM)
    assert answer.status_code == 422
    assert "30 links went out for this letter within a day." in answer.text

    volunteer = offered(letter)
    accepted = owner.post(f"{LANGUAGES}translators/{volunteer.pk}/accept/", follow=True)
    assert "30 links went out" in accepted.text
    assert state_of(volunteer) == TranslatorState.OFFERED


@pytest.mark.parametrize("number", [3, 20])
def test_many_offers_are_read_at_once(
    owner: Colleague,
    letter: Letter,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(number):
        offered(letter)
    owner.get(LANGUAGES)
    with django_assert_num_queries(QUERIES):
        page = owner.get(LANGUAGES).text
    assert len(re.findall("Offered <time", page)) == number


QUERIES = 18


def test_what_happens_is_in_the_trail_of_events_without_a_name(
    owner: Colleague, letter: Letter
) -> None:
    owner.post(f"{LANGUAGES}translators/{offered(letter).pk}/accept/")
    page = owner.get("/studio/letters/banned/events/").text

    assert "A volunteer" in page
    assert "Offered to translate" in page
    assert "Accepted an offer to translate" in page
    assert "español" in page.casefold()
    assert "Carmen" not in page


def test_every_act_of_theirs_has_its_words() -> None:
    """The modules that note them name no `LetterEvent`, where another test looks for acts."""
    noted = re.compile(r'"((?:[a-z]+ )+(?:translate|translator))"')
    sources = "".join(path.read_text() for path in Path(translating.__path__[0]).glob("*.py"))
    assert set(noted.findall(sources)) - set(LETTER_ACTS) == set()
    assert len(set(noted.findall(sources))) == 8
