"""Keys of partners where one person works alone, and keys that are removed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from tests.builders import mails
from tests.partners import joined, recipient, with_key
from tests.studio.people import Colleague, somebody
from tests.studio.signing_in_again import JustProved
from undersigned.letters.models import Letter, Partner
from undersigned.letters.partnering import By, set_key
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Installation, Role, Team
from undersigned.vault.recipients import fingerprint

pytestmark = pytest.mark.django_db
ONE = "/studio/letters/banned/partners/green/"
CONFIRM = f"{ONE}key/confirm/"


@pytest.fixture
def ana(team: Team) -> Colleague:
    return JustProved(somebody("Ana", Role.OWNER, team))


@pytest.fixture
def green(letter: Letter, ana: Colleague) -> Partner:
    """With a key that Ana entered."""
    partner = joined(letter)
    set_key(partner, recipient(), By("Ana", ana.person.pk))
    partner.refresh_from_db()
    return partner


def test_who_is_alone_types_what_they_hear_and_waits(
    ana: Colleague, green: Partner, keys: WorkerKeys
) -> None:
    shown = fingerprint(green.recipient)
    page = ana.get(ONE).text
    assert (shown in page, CONFIRM in page) == (False, True)
    page = ana.get(CONFIRM).text
    assert "somebody who has your account and your mailbox" in page
    assert (shown in page, green.recipient in page) == (False, False)
    wrong = ana.post(CONFIRM, {"heard": fingerprint(recipient())})
    assert (wrong.status_code, "the key was exchanged on its way" in wrong.text) == (422, True)
    assert ana.post(CONFIRM, {"heard": ""}).status_code == 422
    page = ana.post(CONFIRM, {"heard": shown}, follow=True).text
    assert "The key is confirmed, and counts after three days." in page
    assert "Key confirmed by one person alone: it counts after three days" in page
    assert (shown in page, "No key, no file" in page) == (True, True)
    [mail] = mails(keys, topic="partner key")
    assert mail.to == "ana@example.org"
    assert mail.subject == "You alone confirmed the key of Green Union"
    assert "A letter in en\n\nIn three days files with addresses can be made" in mail.text
    assert f"http://127.0.0.1:8000{ONE}\n" in mail.text
    assert "No key, no file" in ana.post(f"{ONE}files/new/", follow=True).text
    assert "Confirmed a partner’s key alone" in ana.get("/studio/letters/banned/events/").text
    assert "nothing to confirm" in ana.post(CONFIRM, {"heard": shown}, follow=True).text
    Partner.objects.update(key_confirmed_at=F("key_confirmed_at") - timedelta(days=3))
    page = ana.get(ONE).text
    assert ("Key confirmed by one person alone<" in page, "Make a file now" in page) == (True, True)


def test_a_second_owner_still_confirms(ana: Colleague, green: Partner, team: Team) -> None:
    ana.post(CONFIRM, {"heard": fingerprint(green.recipient)})
    bo = JustProved(somebody("Bo", Role.OWNER, team))
    assert CONFIRM in bo.get(ONE).text
    compared = {"recipient": green.recipient, "compared": "on"}
    assert "Files can be made" in bo.post(CONFIRM, compared, follow=True).text
    page = ana.get(ONE).text
    assert ("alone" in page, CONFIRM in page) == (False, False)


def test_somebody_joins_at_that_moment(
    ana: Colleague, green: Partner, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undersigned.studio.views.partner_keys.is_alone", lambda *_: True)
    somebody("Bo", Role.OWNER, team)
    answer = ana.post(CONFIRM, {"heard": fingerprint(green.recipient)}, follow=True)
    assert "There is nothing to confirm" in answer.text


def test_without_mail_there_is_no_such_word(ana: Colleague, green: Partner) -> None:
    Installation.objects.update(mail_key=None)
    answer = ana.post(CONFIRM, {"heard": fingerprint(green.recipient)})
    assert (answer.status_code, "This site cannot send mail yet" in answer.text) == (422, True)


def test_a_key_is_removed(ana: Colleague, green: Partner) -> None:
    with_key(green)
    page = ana.post(f"{ONE}key/remove/", follow=True).text
    assert ("The key is removed." in page, "No key yet" in page) == (True, True)
    assert "The key is removed." not in ana.post(f"{ONE}key/remove/", follow=True).text
