"""Letters close at their deadline, once; or because somebody closes them, and open again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import published_letter
from undersigned.letters.closing import (
    CannotChange,
    DeadlinePassed,
    archive,
    close,
    close_due,
    reopen,
    take_out_of_archive,
)
from undersigned.letters.models import Letter, LetterEvent, LetterState
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)


def test_letters_past_their_deadline_close_and_say_so(keys: WorkerKeys) -> None:
    due = published_letter(keys, deadline=NOW)
    later = published_letter(keys, deadline=NOW + DAY)
    endless = published_letter(keys)
    archived = published_letter(keys, deadline=NOW - DAY, state=LetterState.ARCHIVED)

    assert close_due(NOW) == 1
    assert close_due(NOW) == 0

    states = dict(Letter.objects.values_list("pk", "state"))
    assert states == {
        due.pk: LetterState.CLOSED,
        later.pk: LetterState.OPEN,
        endless.pk: LetterState.OPEN,
        archived.pk: LetterState.ARCHIVED,
    }
    assert Letter.objects.get(pk=due.pk).revision == due.revision + 1
    events = due.events.filter(act="close at deadline")
    assert [event.actor for event in events] == ["worker"]


@pytest.mark.parametrize(
    ("state", "act", "after", "noted"),
    [
        ("open", close, "closed", "close"),
        ("closed", reopen, "open", "reopen"),
        ("closed", archive, "archived", "archive"),
        ("archived", take_out_of_archive, "closed", "take out of archive"),
    ],
)
def test_somebody_changes_the_state(
    keys: WorkerKeys, state: str, act: Callable[..., None], after: str, noted: str
) -> None:
    letter = published_letter(keys, state=state)

    act(letter, actor="Ana")

    stored = Letter.objects.get()
    assert (stored.state, stored.revision) == (after, letter.revision + 1)
    event = LetterEvent.objects.order_by("-id")[0]
    assert (event.actor, event.act) == ("Ana", noted)


@pytest.mark.parametrize("act", [close, reopen, archive, take_out_of_archive])
def test_an_act_that_begins_from_another_state_is_refused(
    keys: WorkerKeys, act: Callable[..., None]
) -> None:
    letter = published_letter(keys, state="gathering")

    with pytest.raises(CannotChange):
        act(letter, actor="Ana")

    assert Letter.objects.get().state == "gathering"


def test_a_letter_past_its_deadline_does_not_open_again(keys: WorkerKeys) -> None:
    letter = published_letter(keys, state="closed", deadline=timezone.now() - timedelta(hours=1))

    with pytest.raises(DeadlinePassed):
        reopen(letter, actor="Ana")


def test_a_letter_that_somebody_closes_at_the_same_moment_is_closed_once(
    keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = published_letter(keys, deadline=NOW)
    stale = [Letter.objects.get(pk=letter.pk)]
    close(letter, actor="Ana")
    monkeypatch.setattr(Letter.objects, "filter", FirstThen(stale, Letter.objects.filter))

    assert close_due(NOW) == 0
    assert not letter.events.filter(act="close at deadline").exists()


class FirstThen:
    """Answers the first call with what was read a moment ago."""

    def __init__(self, first: list[Letter], then: Callable[..., object]) -> None:
        self.first: list[Letter] | None = first
        self.then = then

    def __call__(self, **conditions: object) -> object:
        first, self.first = self.first, None
        return first if first is not None else self.then(**conditions)
