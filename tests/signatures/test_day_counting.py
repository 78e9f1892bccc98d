"""Days follow the changes, and are counted anew where they went wrong."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from tests.builders import confirmed, link_of, listed, published_letter, signed
from undersigned.letters.models import Letter
from undersigned.signatures.changes import record, replacing
from undersigned.signatures.counting import count_changes, recount
from undersigned.signatures.day_counting import recount_days
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.models import Change, DayCount, Kind, Signature, Visibility
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.rules import Act
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

GERMAN = Enrolled(Kind.INDIVIDUAL, "Ana", country="DE")
FRENCH = Enrolled(Kind.INDIVIDUAL, "Ben", country="FR")
UNION = Enrolled(Kind.ORGANISATION, "Union", country="DE")
MONDAY = date(2026, 11, 16)


def counts(what: str) -> dict[tuple[str, ...], int]:
    """By everything that the rows of `what` count apart, but for the letter and the day."""
    found: Counter[tuple[str, ...]] = Counter()
    for row in DayCount.objects.filter(what=what).exclude(total=0):
        found[tuple(filter(None, (row.kind, row.language, row.source, row.country)))] += row.total
    return dict(found)


def days(what: str) -> dict[date, int]:
    return {row.day: row.total for row in DayCount.objects.filter(what=what).exclude(total=0)}


def came(signature: Signature, at: datetime) -> None:
    """As if its mailbox had confirmed it at another time."""
    Signature.objects.filter(pk=signature.pk).update(confirmed_at=at)


def test_an_imported_list_came_on_the_day_it_was_brought_in(letter: Letter) -> None:
    enroll(letter, [GERMAN, FRENCH, UNION])
    Signature.objects.update(created_at=datetime(2026, 11, 16, tzinfo=UTC))
    count_changes()
    assert counts("listed") == {
        ("individual", "en", "import"): 2,
        ("organisation", "en", "import"): 1,
    }
    assert counts("from") == counts("shown") == {("DE",): 2, ("FR",): 1}
    assert {row.day for row in DayCount.objects.all()} == {MONDAY}
    assert (counts("started"), counts("confirmed")) == ({}, {})


def test_each_step_of_a_signature_is_counted(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, country="MX", language="es")
    confirmed(letter, keys, country="MX", language="es")
    link_of(signed(letter, country="MX", language="es"), keys)
    count_changes()
    key = ("individual", "es", "web")
    assert counts("started") == {key: 3}
    assert counts("confirmed") == {key: 2}
    assert counts("listed") == {key: 1}
    assert counts("shown") == counts("from") == {("MX",): 1}


def test_who_had_signed_before_starts_nothing(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, address="ana@example.org")
    signed(letter, address="ana@example.org")
    while answer_pending(keys):
        pass
    assert counts("started") == {("individual", "en", "web"): 1}


def test_a_signature_stays_on_the_day_on_which_it_was_confirmed(
    letter: Letter, keys: WorkerKeys
) -> None:
    came(listed(letter, keys), datetime(2026, 11, 16, 23, 59, tzinfo=UTC))
    count_changes()
    assert days("listed") == days("confirmed") == {MONDAY: 1}


def test_who_leaves_is_gone_from_the_day_on_which_they_came(
    letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, country="DE")
    leaves = listed(letter, keys, country="FR")
    came(leaves, datetime(2026, 11, 16, tzinfo=UTC))
    count_changes()
    assert days("listed")[MONDAY] == 1
    leaves.refresh_from_db()
    record([leaves], Act.WITHDRAW, timezone.now())
    count_changes()
    assert MONDAY not in days("listed")
    assert counts("from") == counts("shown") == {("DE",): 1}
    assert counts("confirmed") == {("individual", "en", "web"): 2}


def test_a_corrected_country_moves_and_a_renewed_signature_stays(letter: Letter) -> None:
    enroll(letter, [GERMAN, FRENCH])
    count_changes()
    ben = Signature.objects.get(name="Ben")
    with replacing(ben, "correct", timezone.now()):
        ben.country = "AT"
        ben.save(update_fields=["country"])
    with replacing(ben, "renew", timezone.now()):
        pass
    count_changes()
    assert counts("from") == {("DE",): 1, ("AT",): 1}
    assert counts("listed") == {("individual", "en", "import"): 2}


@pytest.mark.parametrize("choice", [Visibility.COUNTED, Visibility.RECIPIENT])
def test_the_country_of_somebody_who_does_not_appear_is_for_organisers_only(
    letter: Letter, keys: WorkerKeys, choice: str
) -> None:
    listed(letter, keys, country="TM", choice=choice)
    listed(letter, keys, country="DE", choice=Visibility.INITIALS)
    count_changes()
    assert counts("from") == {("TM",): 1, ("DE",): 1}
    assert counts("shown") == {("DE",): 1}


# Counting anew


def test_days_that_are_right_stay(letter: Letter, keys: WorkerKeys) -> None:
    enroll(letter, [GERMAN, UNION])
    listed(letter, keys, choice=Visibility.COUNTED)
    count_changes()
    before = list(DayCount.objects.values_list("pk", "total"))
    # Still to be counted: no drift.
    enroll(letter, [FRENCH])
    record([Signature.objects.get(name="Ana")], Act.WITHDRAW, timezone.now())
    assert recount_days() == 0
    assert list(DayCount.objects.values_list("pk", "total")) == before


@pytest.mark.parametrize("what", ["listed", "from", "shown"])
def test_days_that_went_wrong_are_counted_anew(
    letter: Letter, keys: WorkerKeys, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    other = published_letter(keys)
    enroll(letter, [GERMAN, UNION])
    listed(letter, keys, country="TM", choice=Visibility.COUNTED)
    enroll(other, [FRENCH])
    count_changes()
    right = [counts(each) for each in ("listed", "from", "shown")]
    enroll(letter, [FRENCH])
    DayCount.objects.filter(letter=letter, what=what).update(total=9)
    with caplog.at_level(logging.WARNING):
        assert recount_days() == 1
    assert [counts(each) for each in ("listed", "from", "shown")] == right
    assert caplog.messages == [
        f"The days of letter {letter.pk} were counted wrong and are counted anew."
    ]
    assert recount_days() == 0
    count_changes()
    assert recount_days() == 0
    assert counts("from") == {("DE",): 2, ("FR",): 2, ("TM",): 1}
    assert counts("shown") == {("DE",): 2, ("FR",): 2}


def test_an_installation_from_before_the_days_gets_them(letter: Letter) -> None:
    enroll(letter, [GERMAN])
    count_changes()
    DayCount.objects.all().delete()
    assert recount_days() == 1
    assert counts("listed") == {("individual", "en", "import"): 1}


def test_a_change_without_a_record_is_found_after_the_tallies_are_right(letter: Letter) -> None:
    enroll(letter, [GERMAN])
    Change.objects.all().delete()
    assert recount() == 1
    assert recount_days() == 1
    assert counts("from") == {("DE",): 1}
