"""The founding round: a link, an hour, and time to leave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import published_letter, text
from undersigned.letters.gathering import (
    NotGathering,
    TooSoon,
    cancel_plan,
    exit_begins,
    exit_is_over,
    plan_launch,
    replace_link,
    start_gathering,
)
from undersigned.letters.launching import launch_due
from undersigned.letters.models import EditionChange, Letter, LetterState
from undersigned.letters.publishing import publish
from undersigned.signatures.worker_keys import WorkerKeys

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(hours=24)


@pytest.fixture
def letter(keys: WorkerKeys, db: None) -> Letter:
    return published_letter(keys, state=LetterState.DRAFT)


@pytest.fixture
def gathering(letter: Letter) -> Letter:
    start_gathering(letter, actor="Ana")
    return letter


def plan(letter: Letter, at: datetime, hours: int = 24) -> None:
    plan_launch(letter, at, "Europe/Berlin", hours, now=NOW, actor="Ana")


def test_starts_with_a_link_that_nobody_guesses(letter: Letter) -> None:
    start_gathering(letter, actor="Ana")

    assert letter.state == LetterState.GATHERING
    assert len(letter.founders_key) == 22
    assert list(letter.events.filter(act="start gathering").values_list("actor", flat=True)) == [
        "Ana"
    ]


def test_starts_once(gathering: Letter) -> None:
    with pytest.raises(NotGathering):
        start_gathering(gathering, actor="Ana")


def test_needs_a_text_that_stands(db: None) -> None:
    letter = Letter.objects.create(slug="unwritten", source_language="en")
    with pytest.raises(NotGathering):
        start_gathering(letter, actor="Ana")


def test_a_new_link_ends_the_old_one(gathering: Letter) -> None:
    before = gathering.founders_key
    replace_link(gathering, actor="Ana")
    assert gathering.founders_key != before


def test_a_planned_launch_leaves_founders_their_time(gathering: Letter) -> None:
    plan(gathering, NOW + DAY)
    assert (gathering.launch_at, exit_begins(gathering)) == (NOW + DAY, NOW)
    assert gathering.time_zone == "Europe/Berlin"


def test_less_time_than_promised_is_refused(gathering: Letter) -> None:
    with pytest.raises(TooSoon):
        plan(gathering, NOW + DAY - timedelta(minutes=1))
    assert gathering.launch_at is None


def test_without_a_plan_nothing_begins(gathering: Letter) -> None:
    assert exit_begins(gathering) is None
    assert not exit_is_over(gathering, NOW)


def test_a_plan_is_given_up(gathering: Letter) -> None:
    plan(gathering, NOW + DAY)
    cancel_plan(gathering, actor="Ana")
    assert (gathering.launch_at, gathering.founders_told_at) == (None, None)


@pytest.mark.parametrize("act", [replace_link, cancel_plan])
def test_nothing_of_it_outside_the_round(letter: Letter, act: object) -> None:
    with pytest.raises(NotGathering):
        act(letter, actor="Ana")  # type: ignore[operator]


def test_launches_at_its_hour_once_founders_had_their_time(gathering: Letter) -> None:
    plan(gathering, NOW + DAY)
    Letter.objects.update(founders_told_at=NOW)

    assert launch_due(NOW + DAY - timedelta(seconds=1)) == 0
    assert launch_due(NOW + DAY) == 1

    gathering.refresh_from_db()
    assert (gathering.state, gathering.launched_at) == (LetterState.OPEN, NOW + DAY)
    assert gathering.launch_at is None


def test_a_late_word_makes_a_late_launch(gathering: Letter) -> None:
    """The worker was down when founders should have been told."""
    plan(gathering, NOW + DAY)
    assert launch_due(NOW + DAY) == 0
    Letter.objects.update(founders_told_at=NOW + timedelta(hours=5))
    assert launch_due(NOW + DAY) == 0
    assert launch_due(NOW + DAY + timedelta(hours=5)) == 1


def test_another_text_is_told_anew(gathering: Letter) -> None:
    plan(gathering, NOW + DAY)
    Letter.objects.update(founders_told_at=NOW)

    publish(gathering, [text(title="Softer")], actor="Ana", change=EditionChange.EDITORIAL)
    gathering.refresh_from_db()
    assert gathering.founders_told_at == NOW
    publish(gathering, [text(title="Harder")], actor="Ana", change=EditionChange.SUBSTANTIVE)
    gathering.refresh_from_db()
    assert gathering.founders_told_at is None
