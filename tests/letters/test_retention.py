"""Until when addresses are kept: told beforehand, brought forward, never put off."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.builders import text
from undersigned.letters.closing import close, close_due
from undersigned.letters.gathering import start_gathering
from undersigned.letters.launching import launch
from undersigned.letters.models import EditionChange, Letter, LetterEvent, LetterState
from undersigned.letters.publishing import publish
from undersigned.letters.retention import (
    AlreadyGone,
    CannotPutOff,
    OutOfRange,
    end_date,
    promise_due,
    set_end_date,
    unasked_go_at,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def draft() -> Letter:
    letter = Letter.objects.create(slug="banned", source_language="en", sealing_key=bytes(32))
    publish(letter, [text()], actor="Ana")
    letter.refresh_from_db()
    return letter


@pytest.mark.parametrize(
    ("deadline", "ends"),
    [
        (None, date(2028, 11, 23)),
        (datetime(2027, 3, 1, 20, tzinfo=UTC), date(2028, 3, 1)),
        (datetime(2028, 2, 29, tzinfo=UTC), date(2029, 3, 1)),
        (datetime(2040, 1, 1, tzinfo=UTC), date(2031, 11, 23)),
        (datetime(2026, 11, 1, tzinfo=UTC), date(2028, 11, 23)),
    ],
)
def test_unless_somebody_chose_it_follows_from_the_deadline(
    deadline: datetime | None, ends: date
) -> None:
    assert end_date(Letter(deadline=deadline), TODAY) == ends


def test_a_chosen_day_stands() -> None:
    assert end_date(Letter(addresses_until=TODAY), date(2020, 1, 1)) == TODAY


def test_addresses_go_a_month_after_closing() -> None:
    assert unasked_go_at(Letter(state=LetterState.OPEN)) is None
    assert unasked_go_at(Letter(state=LetterState.OPEN, deadline=NOW)) == NOW + timedelta(days=30)
    closed = Letter(state=LetterState.CLOSED, closed_at=NOW, deadline=NOW - timedelta(days=9))
    assert unasked_go_at(closed) == NOW + timedelta(days=30)


def test_closing_is_noted_with_its_hour(draft: Letter) -> None:
    launch(draft, actor="Ana")
    close(draft, actor="Ana")
    closed_at = Letter.objects.get().closed_at
    assert closed_at is not None
    assert timezone.now() - closed_at < timedelta(minutes=1)
    Letter.objects.update(state=LetterState.OPEN, deadline=NOW, closed_at=None)
    close_due(NOW)
    assert Letter.objects.get().closed_at is not None


def test_the_day_is_fixed_before_anybody_reads_it(draft: Letter) -> None:
    assert draft.addresses_until is None
    start_gathering(draft, actor="Ana")
    fixed = Letter.objects.get().addresses_until
    assert fixed is not None
    Letter.objects.update(deadline=timezone.now() + timedelta(days=3))
    launch(Letter.objects.get(), actor="Ana")
    assert Letter.objects.get().addresses_until == fixed


def test_a_day_that_is_over_is_chosen_anew_only_if_nobody_was_told(draft: Letter) -> None:
    over = timezone.now().date() - timedelta(days=1)
    Letter.objects.update(addresses_until=over, state=LetterState.GATHERING, founders_key="told")
    launch(Letter.objects.get(), actor="Ana")
    assert Letter.objects.get().addresses_until == over
    Letter.objects.update(state=LetterState.DRAFT, founders_key="")
    launch(Letter.objects.get(), actor="Ana")
    until = Letter.objects.get().addresses_until
    assert until is not None
    assert until > over


def test_letters_of_an_earlier_version_get_a_day_and_a_closing(draft: Letter) -> None:
    Letter.objects.create(slug="draft", source_language="en")
    Letter.objects.filter(pk=draft.pk).update(state=LetterState.CLOSED)
    assert promise_due(NOW) == 2
    letter = Letter.objects.get(pk=draft.pk)
    assert (letter.closed_at, letter.addresses_until) == (NOW, date(2028, 11, 23))
    assert Letter.objects.get(slug="draft").addresses_until is None
    assert promise_due(NOW) == 0


def test_it_is_brought_forward_and_not_put_off(draft: Letter) -> None:
    Letter.objects.update(state=LetterState.OPEN, addresses_until=date(2027, 11, 23))
    letter = Letter.objects.get()
    sooner = date(2027, 1, 1)
    assert set_end_date(letter, sooner, today=TODAY, actor="Ana")
    assert not set_end_date(letter, sooner, today=TODAY, actor="Ana")
    assert Letter.objects.get().addresses_until == letter.addresses_until == sooner
    assert Letter.objects.get().revision == letter.revision + 1
    event = LetterEvent.objects.get(act="set end of addresses")
    assert (event.actor, event.details) == ("Ana", {"until": "2027-01-01"})
    with pytest.raises(CannotPutOff):
        set_end_date(letter, date(2027, 1, 2), today=TODAY, actor="Ana")
    for wanted in (date(2026, 11, 22), date(2031, 11, 24)):
        with pytest.raises(OutOfRange):
            set_end_date(letter, wanted, today=TODAY, actor="Ana")
    Letter.objects.update(key_destroyed_at=NOW)
    with pytest.raises(AlreadyGone):
        set_end_date(letter, TODAY, today=TODAY, actor="Ana")


def test_a_draft_may_put_it_off(draft: Letter) -> None:
    for wanted in (TODAY, date(2031, 11, 23)):
        assert set_end_date(draft, wanted, today=TODAY, actor="Ana")
    assert Letter.objects.get().addresses_until == date(2031, 11, 23)


def test_after_the_end_the_text_can_still_be_corrected(draft: Letter) -> None:
    Letter.objects.update(sealing_key=None, key_destroyed_at=NOW)
    letter = Letter.objects.get()
    corrected = text(body="We ask for one thing, and now.")
    edition = publish(letter, [corrected], actor="Ana", change=EditionChange.EDITORIAL)
    assert edition.number == 2
