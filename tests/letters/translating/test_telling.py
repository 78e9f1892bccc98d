"""Organisers hear of offers: those who may answer, at most once an hour."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import mails
from tests.letters.translating.offers import installed, offered
from tests.studio.people import somebody, team_called
from undersigned.letters.models import Letter, Translator
from undersigned.letters.translating.offering import decline
from undersigned.letters.translating.telling import tell_of_offers
from undersigned.mail.models import Message
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Person, Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, db: None) -> WorkerKeys:
    return installed(tmp_path)


@pytest.fixture(autouse=True)
def team(letter: Letter) -> None:
    team = team_called()
    for role in Role:
        somebody(role, role, team)
    somebody("guest", Role.EDITOR, team, letter=letter.pk)
    somebody("near", Role.EDITOR, team, letter=Letter.objects.create(slug="other").pk)
    somebody("gone", Role.EDITOR, team)
    Person.objects.filter(name="gone").update(is_active=False)
    Letter.objects.filter(pk=letter.pk).update(team=team)


def earlier(**by: int) -> None:
    """As if all that was mailed and offered had been so long ago."""
    Message.objects.update(queued_at=timezone.now() - timedelta(**by))
    Translator.objects.update(offered_at=timezone.now() - timedelta(**by, seconds=1))


def test_those_who_may_answer_are_told_without_a_name(letter: Letter, keys: WorkerKeys) -> None:
    offered(letter)

    assert tell_of_offers(timezone.now()) == 3
    told = mails(keys, topic="translation offers")
    assert sorted(mail.to for mail in told) == [
        "editor@example.org",
        "guest@example.org",
        "owner@example.org",
    ]
    assert {mail.subject for mail in told} == {"Somebody offers to translate “Ban it”"}
    assert all("/studio/letters/banned/languages/" in mail.text for mail in told)
    assert all("Carmen" not in mail.text for mail in told)


def test_each_in_their_own_language(letter: Letter, keys: WorkerKeys) -> None:
    Person.objects.filter(name="owner").update(language="es")
    offered(letter)
    tell_of_offers(timezone.now())

    told = mails(keys, topic="translation offers")
    assert {mail.to: mail.language for mail in told} == {
        "editor@example.org": "en",
        "guest@example.org": "en",
        "owner@example.org": "es",
    }


def test_once_for_an_offer(letter: Letter) -> None:
    offered(letter)
    tell_of_offers(timezone.now())
    earlier(hours=3)

    assert tell_of_offers(timezone.now()) == 0


def test_further_offers_wait_for_the_hour_to_pass(letter: Letter) -> None:
    offered(letter)
    tell_of_offers(timezone.now())
    offered(letter)
    assert tell_of_offers(timezone.now()) == 0

    assert tell_of_offers(timezone.now() + timedelta(minutes=61)) == 3


def test_answered_offers_are_not_told_of(letter: Letter) -> None:
    decline(offered(letter), actor="owner")

    assert tell_of_offers(timezone.now()) == 0


def test_of_a_letter_without_a_team_the_host_hears(letter: Letter, keys: WorkerKeys) -> None:
    Letter.objects.filter(pk=letter.pk).update(team=None)
    Person.objects.filter(name="viewer").update(is_host=True)
    letter.refresh_from_db()
    offered(letter)

    assert tell_of_offers(timezone.now()) == 1
    assert [mail.to for mail in mails(keys)] == ["viewer@example.org"]
