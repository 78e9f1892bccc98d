"""An update is mailed: whom, when, how far it is, and the brakes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.builders import listed
from tests.signatures.updating import mailing_of, update_of
from tests.studio.people import Colleague
from undersigned.letters.models import Letter, Mailing, MailingState
from undersigned.mail.models import Message, MessageState
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_mailings import write_mailings

pytestmark = pytest.mark.django_db
ONE = "/studio/letters/banned/updates/1/"
NOW = {"shows": "on", "zone": "UTC"}


@pytest.fixture
def readers(letter: Letter, keys: WorkerKeys) -> None:
    """Two people in France, an organisation without a country."""
    for _ in range(2):
        listed(letter, keys, consent_updates=True, country="FR")
    listed(letter, keys, consent_updates=True, kind="organisation", name="Union")


def test_nobody_asked_for_updates(owner: Colleague, letter: Letter) -> None:
    update_of(letter)
    page = owner.get(f"{ONE}send/").text
    assert "Nobody has asked for updates by mail yet." in page
    assert "<button>" not in page.partition("<main")[2]
    refused = owner.post(f"{ONE}send/", NOW)
    assert refused.status_code == 422
    assert "Nobody fits this choice, so nothing was sent." in refused.text


def test_how_many_is_said_before(owner: Colleague, letter: Letter, readers: None) -> None:
    update_of(letter)
    page = owner.get(f"{ONE}send/").text
    assert "It goes to 3 signatories: everybody who asked for updates." in page
    assert "Send it to 3 signatories" in page
    assert "\u2068France\u2069 (2)" in page
    assert "\u2068No country given\u2069 (1)" in page
    assert "\u2068Organisations\u2069 (1)" in page
    assert "Which edition" not in page  # there is one
    assert 'size="2"' in page  # no more lines than there are countries
    assert "<bdi lang=en>They answered</bdi>" in page  # which update it is
    page = owner.get(f"{ONE}send/?countries=FR&kinds=individual").text
    assert "It goes to 2 signatories who asked for updates and fit the choice." in page
    page = owner.get(f"{ONE}send/?countries=-").text
    assert "It goes to 1 signatory who asked for updates and fits the choice." in page
    page = owner.get(f"{ONE}send/?countries=FR&kinds=organisation").text
    assert "Send it to" not in page


def test_a_choice_that_there_is_not(owner: Colleague, letter: Letter, readers: None) -> None:
    update_of(letter)
    answer = owner.get(f"{ONE}send/?countries=XX")
    assert answer.status_code == 422
    assert owner.post(f"{ONE}send/?countries=XX", NOW).status_code == 422
    assert Mailing.objects.count() == 0


def test_sent_now_to_some(owner: Colleague, letter: Letter, readers: None) -> None:
    update_of(letter)
    answer = owner.post(f"{ONE}send/?countries=-", NOW, follow=True)
    assert "The mailing begins." in answer.text
    mailing = Mailing.objects.get()
    assert mailing.audience == {"kinds": [], "countries": [""], "languages": [], "editions": []}
    assert (mailing.shows, mailing.actor) == (True, "Ana")
    assert mailing.starts_at <= timezone.now()


def test_planned(owner: Colleague, letter: Letter, readers: None) -> None:
    update_of(letter)
    sent = {"zone": "Europe/Berlin", "day": "2199-01-07", "hour": "09:00"}
    page = owner.post(f"{ONE}send/", sent, follow=True).text
    assert "The mailing is planned." in page
    assert "It begins on Monday, 7 January 2199" in page
    mailing = Mailing.objects.get()
    assert mailing.starts_at == datetime(2199, 1, 7, 8, tzinfo=UTC)
    assert mailing.shows is False


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ({"day": "2001-01-01", "hour": "09:00"}, "This hour has passed. Choose a later one."),
        ({"day": "2199-01-07"}, "hour"),
        ({"hour": "09:00"}, "hour"),
    ],
)
def test_no_hour_to_plan_for(
    owner: Colleague, letter: Letter, readers: None, when: dict[str, str], sentence: str
) -> None:
    update_of(letter)
    answer = owner.post(f"{ONE}send/", {"zone": "UTC", **when})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert Mailing.objects.count() == 0


def test_why_it_cannot_be_mailed(owner: Colleague, letter: Letter, readers: None) -> None:
    mailing = mailing_of(letter)
    assert "being mailed already" in owner.post(f"{ONE}send/", NOW).text
    long_ago = timezone.now() - timedelta(days=26)
    Mailing.objects.filter(pk=mailing.pk).update(state="done", started_at=long_ago)
    assert "more than 25 days ago" in owner.post(f"{ONE}send/", NOW).text
    Letter.objects.update(state="draft", edition=None)
    assert "Publish the letter first" in owner.post(f"{ONE}send/", NOW).text


def test_how_far_it_is(owner: Colleague, letter: Letter, readers: None, keys: WorkerKeys) -> None:
    mailing_of(letter)
    write_mailings(keys)
    one = Message.objects.filter(topic="update").values("pk")[:1]
    Message.objects.filter(pk__in=one).update(state=MessageState.SENT)
    page = owner.get(f"{ONE}mailing/").text
    assert "<progress max=3 value=1" in page
    assert "<b>1</b> <span>accepted by a mail server</span>" in page
    assert "<b>2</b> <span>waiting for their turn</span>" in page
    assert "came back" not in page
    part = owner.get(f"{ONE}mailing/progress/")
    assert "HX-Refresh" not in part.headers
    Mailing.objects.update(state=MailingState.DONE, passed_over=1)
    assert owner.get(f"{ONE}mailing/progress/").headers["HX-Refresh"] == "true"
    page = owner.get(f"{ONE}mailing/").text
    assert "<b>1</b> <span>left out: their mail does not arrive</span>" in page
    assert '<span class="tag good">Mailed</span>' in page


def test_the_brakes(owner: Colleague, letter: Letter, readers: None, keys: WorkerKeys) -> None:
    mailing_of(letter)
    write_mailings(keys)
    assert "Paused. Only mail" in owner.post(f"{ONE}mailing/pause/", follow=True).text
    page = owner.post(f"{ONE}mailing/pause/", follow=True).text
    assert "The mailing is in another state by now. Nothing was changed." in page
    assert f'action="{ONE}mailing/resume/"' in page
    assert "<p class=hint>0 of 3</p>" in page
    assert "goes on where it stopped" in owner.post(f"{ONE}mailing/resume/", follow=True).text
    page = owner.post(f"{ONE}mailing/cancel/", follow=True).text
    assert "Whoever has it already keeps it; nobody else gets it." in page
    assert "/mailing/cancel/" not in page


def test_no_mailing_no_page(owner: Colleague, letter: Letter) -> None:
    update_of(letter)
    assert owner.get(f"{ONE}mailing/").status_code == 404
    assert owner.post(f"{ONE}mailing/pause/").status_code == 404
