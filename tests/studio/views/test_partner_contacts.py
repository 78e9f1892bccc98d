"""An owner enters where a partner is told of files; nobody reads it there again."""

from __future__ import annotations

import pytest

from tests.partners import joined, with_key
from tests.signatures.partnered import clear_folder, made
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter, Partner
from undersigned.mail.models import Message
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Role, Team

pytestmark = pytest.mark.django_db
ONE = "/studio/letters/banned/partners/green/"
MAIL = f"{ONE}mail/"


@pytest.fixture
def ana(team: Team) -> Colleague:
    return signed_in(somebody("Ana", Role.OWNER, team))


@pytest.fixture(autouse=True)
def green(letter: Letter) -> Partner:
    return joined(letter)


def test_an_address_is_entered_and_removed(ana: Colleague) -> None:
    assert "The partner gets no mail." in ana.get(ONE).text
    assert "The address is sealed" in ana.get(MAIL).text
    page = ana.post(MAIL, {"email": "files@green.example"}, follow=True).text
    assert ("Saved." in page, "is mailed a link whenever a file is ready" in page) == (True, True)
    assert "files@green.example" not in page + ana.get(MAIL).text
    assert "Changed where a partner is mailed" in ana.get("/studio/letters/banned/events/").text
    assert "The partner gets no mail." in ana.post(MAIL, {"email": ""}, follow=True).text


def test_a_mail_that_did_not_arrive_is_said(
    ana: Colleague, green: Partner, keys: WorkerKeys
) -> None:
    with_key(green)
    ana.post(MAIL, {"email": "files@green.example"})
    made(green, keys)
    assert "could not be delivered" not in ana.get(ONE).text
    clear_folder(media_folder("partners"))
    Message.objects.filter(topic="partner file").update(state="sent", came_back="bounced")
    assert '<span class="tag stop">Mail: could not be delivered</span>' in ana.get(ONE).text
    ana.post(MAIL, {"email": "others@green.example"})
    assert "could not be delivered" not in ana.get(ONE).text


def test_what_is_no_address_stays_to_be_corrected(ana: Colleague) -> None:
    answer = ana.post(MAIL, {"email": "green"})
    assert (answer.status_code, 'value="green"' in answer.text) == (422, True)
    assert Partner.objects.get().sealed_contact is None


def test_without_the_letters_key_nothing_is_stored(ana: Colleague) -> None:
    Letter.objects.update(sealing_key=None)
    answer = ana.post(MAIL, {"email": "files@green.example"})
    assert (answer.status_code, "The letter has no key" in answer.text) == (422, True)


def test_it_is_an_owners(team: Team) -> None:
    ed = signed_in(somebody("Ed", Role.EDITOR, team))
    assert MAIL not in ed.get(ONE).text
    assert ed.post(MAIL, {"email": "files@green.example"}).status_code == 403
