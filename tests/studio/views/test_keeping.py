"""What is kept of a letter's signers, in the studio: the calendar, the day, the log."""

from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest
from django.utils import timezone

from tests.builders import confirmed, listed, signed
from tests.studio.people import Colleague, signed_in, somebody
from tests.studio.signing_in_again import JustProved
from undersigned.letters.closing import close
from undersigned.letters.models import Forgetting, Forgotten, Letter, LetterEvent, LetterState
from undersigned.letters.retention import set_end_date
from undersigned.signatures.expiring import forget_unconfirmed
from undersigned.signatures.forgetting import begin_ended, begin_unasked, go_on
from undersigned.signatures.models import Signature, Visibility
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio.views import keeping
from undersigned.teams.models import Role, Team

PAGE = "/studio/letters/banned/kept/"
UNTIL = f"{PAGE}until/"
TODAY = timezone.now().astimezone(UTC).date()
ENDS = TODAY + timedelta(days=400)


@pytest.fixture(autouse=True)
def ends(letter: Letter) -> None:
    Letter.objects.update(addresses_until=ENDS)


@pytest.fixture
def ana(team: Team) -> JustProved:
    return JustProved(somebody("Ada", Role.OWNER, team))


def told(browser: Colleague, path: str = PAGE, **query: str) -> str:
    answer = browser.get(path, query)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_the_calendar_counts_what_is_there_now(
    ana: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys)
    listed(letter, keys, consent_updates=True)
    signed(letter)
    page = told(ana)
    when, now = '<td data-label="When">', '<td data-label="There now">'
    for line in (
        f"Signatures that nobody confirmed{when}14 days after the form; the next on",
        f"hear more{when}30 days after the letter closes{now}1</tr>",
        f"key{when}{ENDS:%-d %B %Y}{now}3</tr>",
    ):
        assert line in page
    assert "Nothing went yet." in page
    close(letter, actor="Ana")
    goes = TODAY + timedelta(days=30)
    assert f'hear more<td data-label="When">{goes:%-d %B %Y}' in told(ana)


def test_the_log_tells_what_went_and_when(ana: Colleague, letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys)
    signed(letter)
    Signature.objects.filter(state="pending").update(created_at=timezone.now() - timedelta(days=15))
    forget_unconfirmed(timezone.now())
    close(letter, actor="Ana")
    now = timezone.now() + timedelta(days=31)
    begin_unasked(now)
    assert "under way" in told(ana)
    while go_on(keys, now):
        pass
    go_on(keys, now)
    page = told(ana)
    assert "1 unconfirmed signature" in page
    assert "1 address" in page
    assert "under way" not in page
    assert "Deleted addresses after the letter had closed" in told(
        ana, "/studio/letters/banned/events/"
    )


def test_the_day_is_brought_forward_after_a_count(
    ana: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, consent_updates=True)
    listed(letter, keys, choice=Visibility.RECIPIENT)
    held = confirmed(letter, keys)
    Signature.objects.filter(pk=held.pk).update(held_because="name")
    sooner = TODAY + timedelta(days=10)
    page = told(ana, UNTIL, until=sooner.isoformat())
    for sentence in (
        f"Delete all addresses on {sooner:%-d %B %Y}?",
        "3 addresses are there now.",
        "1 of their owners asked to hear more, and can never be written to again.",
        "1 name that only the addressee may see goes too. Deliver it before.",
        "1 signature waits for a decision, and can never be listed then.",
        "3 mails wait, and are not sent if they still wait then.",
        "The letter is closed then, and cannot be opened again.",
        "This cannot be taken back.",
    ):
        assert sentence in page
    assert Letter.objects.get().addresses_until == ENDS
    said = ana.post(UNTIL, {"until": sooner.isoformat()}, follow=True).text
    assert f"All addresses go on {sooner:%-d %B %Y}." in said
    assert Letter.objects.get().addresses_until == sooner
    event = LetterEvent.objects.get(act="set end of addresses")
    assert (event.actor, event.details) == ("Ada", {"until": str(sooner)})


def test_all_can_go_now(ana: Colleague, letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys)
    link = f"{UNTIL}?until={TODAY.isoformat()}"
    assert link in told(ana)
    assert "Delete all addresses now?" in told(ana, link)
    said = ana.post(UNTIL, {"until": TODAY.isoformat()}, follow=True).text
    assert "All addresses go now. It takes a minute." in said
    assert begin_ended(keys, timezone.now()) == 1
    while go_on(keys, timezone.now()):
        pass
    page = told(ana)
    assert "The letter’s key was destroyed on" in page
    assert "What goes when" not in page
    assert ana.get(UNTIL).headers["Location"] == PAGE
    said = ana.post("/studio/letters/banned/settings/reopen/", follow=True).text
    assert "It stays closed: its key was destroyed, and nobody can sign it." in said


@pytest.mark.parametrize("until", ["soon", str(TODAY - timedelta(1)), str(ENDS + timedelta(1))])
def test_another_day_is_refused_with_a_sentence(until: str, ana: Colleague, letter: Letter) -> None:
    answer = ana.get(UNTIL, {"until": until})
    assert answer.status_code == 422
    assert ("Choose a day from" in answer.text, "2027-01-31" in answer.text) == (
        until != "soon",
        until == "soon",
    )
    assert ana.post(UNTIL, {"until": until}).status_code == 422
    assert Letter.objects.get().addresses_until == ENDS
    assert ana.get(UNTIL).status_code == 200


def test_a_draft_may_have_a_later_day(ana: Colleague, letter: Letter) -> None:
    Letter.objects.update(state=LetterState.DRAFT)
    later = ENDS + timedelta(days=100)
    assert "Once people can sign, this day can be brought forward" in told(ana)
    assert "Set this day" in told(ana, UNTIL, until=later.isoformat())
    ana.post(UNTIL, {"until": later.isoformat()})
    assert Letter.objects.get().addresses_until == later


def test_who_was_slower_changes_nothing(
    ana: Colleague, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(letter: Letter, wanted: date, **more: object) -> bool:
        set_end_date(letter, TODAY + timedelta(3), today=TODAY, actor="Bo")
        return set_end_date(letter, wanted, today=TODAY, actor="Ada")

    monkeypatch.setattr(keeping, "set_end_date", meanwhile)
    said = ana.post(UNTIL, {"until": str(TODAY + timedelta(9))}, follow=True).text
    assert "Nothing was changed: somebody else chose a day meanwhile." in said


def test_an_editor_sees_it_and_does_not_choose(team: Team, letter: Letter) -> None:
    editor = signed_in(somebody("Ed", Role.EDITOR, team))
    assert "Delete all addresses now" not in told(editor)
    assert editor.post(UNTIL, {"until": str(TODAY)}).status_code == 403


def test_who_did_not_prove_lately_who_they_are_is_asked_to(team: Team, letter: Letter) -> None:
    owner = signed_in(somebody("Ida", Role.OWNER, team))
    assert "reauthenticate" in owner.get(UNTIL, {"until": str(TODAY)}).headers["Location"]


def test_the_overview_warns_two_weeks_before(
    ana: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys)
    overview = "/studio/letters/banned/"
    assert PAGE not in told(ana, overview).partition("<main")[2]
    Letter.objects.update(addresses_until=TODAY + timedelta(14))
    page = told(ana, overview)
    assert f"{TODAY + timedelta(14):%-d %B %Y}: All addresses, with the letter’s key (1)" in page


def test_undecided_ones_and_mails_stand_in_the_log(ana: Colleague, letter: Letter) -> None:
    Forgetting.objects.create(
        letter=letter,
        what=Forgotten.ALL,
        counts={"undecided": 2, "mails": 1},
        started_at=timezone.now(),
        ended_at=timezone.now(),
    )
    Forgetting.objects.create(
        letter=letter, what=Forgotten.UNASKED, started_at=timezone.now(), ended_at=timezone.now()
    )
    page = told(ana)
    assert "2 undecided signatures; 1 mail</tr>" in page
    assert '<td data-label="How many">0</tr>' in page


def test_of_a_closed_letter_without_mail_nothing_more_is_said(
    ana: Colleague, letter: Letter
) -> None:
    Letter.objects.update(state=LetterState.CLOSED)
    page = told(ana, UNTIL, until=str(TODAY + timedelta(3)))
    assert "0 addresses are there now." in page
    for sentence in ("asked to hear more, and", "wait then", "is closed then"):
        assert sentence not in page
