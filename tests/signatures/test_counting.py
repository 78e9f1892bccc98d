"""Counts follow the changes, in windows, and a recount repairs what went wrong."""

from __future__ import annotations

import logging
import threading

import pytest
from django.db import connection, transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from tests.builders import confirmed, listed, published_letter
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import counting
from undersigned.signatures.changes import record
from undersigned.signatures.counting import Counts, count_changes, read_counts, recount
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.models import Change, Kind, Signature, State, Tally, Visibility
from undersigned.signatures.rules import Act
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

GERMAN = Enrolled(Kind.INDIVIDUAL, "Ana", country="DE")
FRENCH = Enrolled(Kind.INDIVIDUAL, "Ben", country="FR")
NOWHERE = Enrolled(Kind.INDIVIDUAL, "Cleo")
UNION = Enrolled(Kind.ORGANISATION, "Union", country="DE")


def tallies() -> dict[tuple[str, str], int]:
    return {(row.kind, row.country): row.total for row in Tally.objects.all()}


def revision(letter: Letter) -> int:
    return Letter.objects.get(pk=letter.pk).revision


# Counting


def test_kinds_and_countries_are_counted_apart(letter: Letter) -> None:
    enroll(letter, [GERMAN, GERMAN, FRENCH, NOWHERE, UNION])

    assert count_changes() == 5

    assert tallies() == {
        ("individual", "DE"): 2,
        ("individual", "FR"): 1,
        ("individual", ""): 1,
        ("organisation", "DE"): 1,
    }
    counts = read_counts(letter)
    assert counts == Counts(organisations=1, people=4, countries=2)
    assert counts.total == 5


def test_a_letter_without_signatures_counts_nothing(letter: Letter) -> None:
    assert read_counts(letter) == Counts(organisations=0, people=0, countries=0)
    assert count_changes() == 0


def test_only_what_is_listed_counts(letter: Letter, keys: WorkerKeys) -> None:
    confirmed(letter, keys, kind=Kind.ORGANISATION, role="Chair")
    hidden = listed(letter, keys, choice=Visibility.COUNTED, country="DE")
    assert count_changes() == 3
    assert read_counts(letter) == Counts(organisations=0, people=1, countries=1)

    record([hidden], Act.WITHDRAW, timezone.now())
    assert count_changes() == 1
    assert read_counts(letter) == Counts(organisations=0, people=0, countries=0)


def test_nothing_is_counted_twice(letter: Letter) -> None:
    enroll(letter, [GERMAN])

    assert [count_changes(), count_changes()] == [1, 0]
    assert tallies() == {("individual", "DE"): 1}


def test_the_page_is_rendered_anew_only_when_its_numbers_moved(
    letter: Letter, keys: WorkerKeys
) -> None:
    other = published_letter(keys)
    before = revision(letter), revision(other)
    held = confirmed(letter, keys, kind=Kind.ORGANISATION, role="Chair")
    count_changes()
    assert (revision(letter), revision(other)) == before

    enroll(letter, [GERMAN, FRENCH])
    count_changes()
    assert (revision(letter), revision(other)) == (before[0] + 1, before[1])

    record([held], Act.DECLINE, timezone.now())
    count_changes()
    assert revision(letter) == before[0] + 1


def test_what_came_and_went_within_a_window_moves_nothing(letter: Letter, keys: WorkerKeys) -> None:
    before = revision(letter)
    record([listed(letter, keys)], Act.WITHDRAW, timezone.now())

    assert count_changes() == 3
    assert (tallies(), revision(letter)) == ({}, before)


def test_a_window_takes_the_oldest_changes(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "WINDOW", 2)
    enroll(letter, [GERMAN, FRENCH, NOWHERE])

    assert count_changes() == 2
    assert tallies() == {("individual", "DE"): 1, ("individual", "FR"): 1}
    assert [count_changes(), count_changes()] == [1, 0]
    assert read_counts(letter).people == 3


def test_a_whole_window_is_counted_at_once(letter: Letter) -> None:
    """Neither database minds how many there are at a time."""
    enroll(letter, [GERMAN])
    change = Change.objects.get()
    again = {**model_to_dict(change), "letter_id": letter.pk, "signature_id": change.signature_id}
    del again["id"], again["letter"], again["signature"]
    Change.objects.bulk_create(Change(**again) for _ in range(counting.WINDOW))

    assert [count_changes(), count_changes()] == [counting.WINDOW, 1]
    assert tallies() == {("individual", "DE"): counting.WINDOW + 1}


def test_one_letter_can_be_counted_alone(letter: Letter, keys: WorkerKeys) -> None:
    other = published_letter(keys)
    enroll(letter, [GERMAN])
    enroll(other, [GERMAN])

    assert count_changes(other) == 1

    assert (read_counts(letter).people, read_counts(other).people) == (0, 1)
    assert count_changes() == 1


@pytest.mark.django_db(transaction=True)
def test_two_that_count_at_once_count_everything_once(letter: Letter) -> None:
    enroll(letter, [GERMAN] * 300)
    ready = threading.Barrier(2)
    counted: list[int] = []

    def count() -> None:
        try:
            ready.wait()
            while number := count_changes():
                counted.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(counted) == 300
    assert tallies() == {("individual", "DE"): 300}


@pytest.mark.django_db(transaction=True)
def test_what_is_not_counted_to_the_end_is_not_counted_at_all(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    enroll(letter, [GERMAN, FRENCH])
    real = counting._add
    calls: list[object] = []

    def fail_halfway(*args: object) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise ZeroDivisionError
        real(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as failing:
        failing.setattr(counting, "_add", fail_halfway)
        with pytest.raises(ZeroDivisionError):
            count_changes()
    assert tallies() == {}

    assert count_changes() == 2
    assert read_counts(letter).people == 2


# Recounting


def test_a_count_that_is_right_stays_and_leaves_no_event(letter: Letter) -> None:
    enroll(letter, [GERMAN, UNION])
    count_changes()
    before = revision(letter)

    assert recount() == 0

    assert revision(letter) == before
    assert not LetterEvent.objects.filter(act="repair count").exists()


def test_drift_is_repaired_and_reported(
    letter: Letter, keys: WorkerKeys, caplog: pytest.LogCaptureFixture
) -> None:
    other = published_letter(keys)
    enroll(letter, [GERMAN, GERMAN, FRENCH, UNION])
    enroll(other, [GERMAN])
    count_changes()
    before = revision(letter), revision(other)
    Tally.objects.filter(letter=letter, kind="individual", country="DE").update(total=7)
    Tally.objects.filter(letter=letter, country="FR").delete()
    Tally.objects.create(letter=letter, kind="organisation", country="XK", total=3)

    with caplog.at_level(logging.WARNING):
        assert recount() == 5 + 1 + 3

    assert read_counts(letter) == Counts(organisations=1, people=3, countries=2)
    event = LetterEvent.objects.get(act="repair count")
    assert (event.letter, event.actor, event.details) == (letter, "recount", {"drift": 9})
    assert (revision(letter), revision(other)) == (before[0] + 1, before[1])
    assert caplog.messages == [f"The count of letter {letter.pk} was wrong by 9 and is repaired."]
    assert recount() == 0


def test_what_is_still_to_be_counted_is_not_drift(letter: Letter, keys: WorkerKeys) -> None:
    enroll(letter, [GERMAN, FRENCH])
    count_changes()
    gone = Signature.objects.get(country="FR")
    record([gone], Act.WITHDRAW, timezone.now())
    enroll(letter, [UNION])
    confirmed(letter, keys)

    assert recount() == 0

    while count_changes():
        pass
    assert read_counts(letter) == Counts(organisations=1, people=1, countries=1)
    assert recount() == 0


def test_a_change_without_a_record_is_found(letter: Letter) -> None:
    enroll(letter, [GERMAN])
    Change.objects.all().delete()

    assert recount() == 1
    assert read_counts(letter).people == 1

    Signature.objects.update(state=State.WITHDRAWN)
    assert recount() == 1
    assert read_counts(letter).people == 0


def test_an_empty_installation_has_no_drift() -> None:
    assert recount() == 0


@pytest.mark.django_db(transaction=True)
def test_a_recount_that_fails_repairs_nothing(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    enroll(letter, [GERMAN])
    count_changes()
    Tally.objects.update(total=9)

    def fail(*_: object, **__: object) -> None:
        assert transaction.get_connection().in_atomic_block
        raise ZeroDivisionError

    monkeypatch.setattr(counting.LetterEvent.objects, "create", fail)
    with pytest.raises(ZeroDivisionError):
        recount()

    assert tallies() == {("individual", "DE"): 9}
