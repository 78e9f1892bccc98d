"""Founders and launch in the studio."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import confirmed, published_letter
from tests.studio.people import Colleague
from undersigned.letters.gathering import start_gathering
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Team

PAGE = "/studio/letters/banned/founders/"


@pytest.fixture
def letter(team: Team, keys: WorkerKeys) -> Letter:
    return published_letter(keys, slug="banned", team=team, state=LetterState.DRAFT)


@pytest.fixture
def gathering(letter: Letter) -> Letter:
    start_gathering(letter, actor="Ana")
    return letter


def plan(owner: Colleague, **changes: str) -> object:
    day = timezone.now() + timedelta(days=3)
    fields = {"day": f"{day:%Y-%m-%d}", "hour": "09:00", "zone": "UTC", "exit_hours": "24"}
    return owner.post(f"{PAGE}plan/", {**fields, **changes})


def said(owner: Colleague, page: str = PAGE) -> str:
    return owner.get(page).content.decode()


def test_a_round_is_opened_and_its_link_shown(owner: Colleague, letter: Letter) -> None:
    assert "Open the founding round" in said(owner)
    assert owner.post(f"{PAGE}start/").headers["Location"] == PAGE
    letter.refresh_from_db()
    assert f"/banned/founders/{letter.founders_key}/" in said(owner)


def test_the_link_is_replaced(owner: Colleague, gathering: Letter) -> None:
    before = gathering.founders_key
    owner.post(f"{PAGE}link/")
    page = said(owner)
    assert before not in page
    assert "The old one works no more." in page


def test_the_launch_is_planned_and_given_up(owner: Colleague, gathering: Letter) -> None:
    assert "<button>Plan the launch</button>" in said(owner)
    plan(owner)
    gathering.refresh_from_db()
    assert gathering.launch_at is not None
    page = said(owner)
    assert "The launch is planned:" in page
    assert "The founders will be told on" in page
    assert "<button>Plan another hour</button>" in page
    assert "Plan the launch" not in page
    owner.post(f"{PAGE}plan/cancel/")
    assert "The launch has no date any more." in said(owner)
    gathering.refresh_from_db()
    assert gathering.launch_at is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"exit_hours": "240"}, "Founders would have less time to leave than you promise them."),
        ({"hour": "nine"}, "Write the day like 2026-11-23"),
        ({"exit_hours": "0"}, "Write a number that is at least 1."),
        ({"zone": "Moon/Sea"}, "Choose one from the list."),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_a_sentence(
    owner: Colleague, gathering: Letter, changes: dict[str, str], sentence: str
) -> None:
    answer = plan(owner, **changes)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert sentence in page
    gathering.refresh_from_db()
    assert gathering.launch_at is None


def test_without_founders_it_is_launched_at_once(owner: Colleague, letter: Letter) -> None:
    asked = said(owner, f"{PAGE}launch/")
    assert "Launch the letter now?" in asked
    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFT
    owner.post(f"{PAGE}launch/")
    letter.refresh_from_db()
    assert letter.state == LetterState.OPEN
    assert "The letter was launched on" in said(owner)


def test_founders_who_signed_are_not_passed_over(
    owner: Colleague, gathering: Letter, keys: WorkerKeys
) -> None:
    confirmed(gathering, keys)
    assert owner.post(f"{PAGE}launch/").headers["Location"] == PAGE
    assert "Founders were promised time to leave." in said(owner)
    gathering.refresh_from_db()
    assert gathering.state == LetterState.GATHERING

    Letter.objects.update(founders_told_at=timezone.now() - timedelta(hours=25))
    owner.post(f"{PAGE}launch/")
    gathering.refresh_from_db()
    assert gathering.state == LetterState.OPEN


def test_founders_were_told(owner: Colleague, gathering: Letter) -> None:
    plan(owner)
    Letter.objects.update(founders_told_at=timezone.now())
    assert "The founders have been told." in said(owner)


@pytest.mark.parametrize("act", ["link/", "plan/cancel/"])
def test_outside_the_round_each_act_says_so(owner: Colleague, letter: Letter, act: str) -> None:
    owner.post(f"{PAGE}{act}")
    assert "The letter is not in its founding round any more." in said(owner)


def test_planning_outside_the_round_says_so(owner: Colleague, letter: Letter) -> None:
    plan(owner)
    assert "The letter is not in its founding round any more." in said(owner)
    assert owner.get(f"{PAGE}plan/").headers["Location"] == PAGE


def test_without_a_text_there_is_nothing_to_sign(owner: Colleague, team: Team) -> None:
    Letter.objects.create(slug="banned", source_language="en", team=team)
    assert "There is no published text yet." in said(owner)
    owner.post(f"{PAGE}start/")
    assert "Publish the text first: founders sign a text that stands." in said(owner)
    owner.post(f"{PAGE}launch/")
    assert "Publish the text first." in said(owner)


def test_without_its_key_the_letter_waits(owner: Colleague, letter: Letter) -> None:
    Letter.objects.update(sealing_key=None)
    owner.post(f"{PAGE}launch/")
    assert "The letter's key is being made." in said(owner).replace("&#x27;", "'")


def test_a_launched_letter_is_not_launched_again(owner: Colleague, letter: Letter) -> None:
    Letter.objects.update(state=LetterState.OPEN, launched_at=timezone.now())
    owner.post(f"{PAGE}launch/")
    assert "The letter is launched already." in said(owner)


def test_of_two_who_launch_one_is_told(
    owner: Colleague, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from undersigned.letters.launching import CannotLaunch
    from undersigned.studio.views import founders

    def too_late(letter: Letter, *, actor: str) -> None:
        raise CannotLaunch

    monkeypatch.setattr(founders, "launch", too_late)
    owner.post(f"{PAGE}launch/")
    assert "It was launched in the meantime." in said(owner, "/studio/letters/banned/")
