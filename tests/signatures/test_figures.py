"""What organisers and readers are told of a letter in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.builders import confirmed, listed, mails, published_letter, signed
from undersigned.letters.models import Letter
from undersigned.mail.models import Message
from undersigned.signatures import figures
from undersigned.signatures.counting import count_changes
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.figures import Funnel, Mail, Parts, Queue
from undersigned.signatures.models import DayCount, Kind, Signature, Visibility
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 16)
SUNDAY = MONDAY - timedelta(1)
PERSON = Enrolled(Kind.INDIVIDUAL, "Ana", country="DE")
UNION = Enrolled(Kind.ORGANISATION, "Union")


@pytest.fixture
def two_days(letter: Letter, keys: WorkerKeys) -> None:
    """Three by import on Sunday, one on the site on Monday; a second letter beside them."""
    enroll(letter, [PERSON, PERSON, UNION])
    Signature.objects.update(created_at=datetime(2026, 11, 15, tzinfo=UTC))
    ana = listed(letter, keys, country="MX", language="es", choice=Visibility.COUNTED)
    monday = datetime(2026, 11, 16, tzinfo=UTC)
    Signature.objects.filter(pk=ana.pk).update(confirmed_at=monday)
    enroll(published_letter(keys), [PERSON])
    count_changes()
    DayCount.objects.filter(what="started").update(day=MONDAY)


def test_days_are_in_order_and_only_of_this_letter(letter: Letter, two_days: None) -> None:
    assert figures.listed_by_day(letter) == [(SUNDAY, 3), (MONDAY, 1)]
    assert figures.listed_by_day(letter, MONDAY) == [(MONDAY, 1)]


def test_a_day_that_everybody_left_is_no_day(letter: Letter, two_days: None) -> None:
    DayCount.objects.filter(day=MONDAY).update(total=0)
    assert figures.listed_by_day(letter) == [(SUNDAY, 3)]


def test_a_count_is_made_up_of_kinds_languages_and_sources(letter: Letter, two_days: None) -> None:
    parts = figures.parts_of(letter)
    assert parts == Parts(
        kinds=Counter(individual=3, organisation=1),
        languages=Counter(en=3, es=1),
        sources=Counter({"import": 3, "web": 1}),
    )
    assert parts.total == 4
    assert figures.parts_of(letter, MONDAY) == Parts(
        kinds=Counter(individual=1), languages=Counter(es=1), sources=Counter(web=1)
    )


def test_countries_are_all_for_organisers_and_those_who_appear_for_everybody(
    letter: Letter, two_days: None
) -> None:
    assert figures.countries_of(letter) == Counter({"DE": 2, "": 1, "MX": 1})
    assert figures.countries_of(letter, MONDAY) == Counter(MX=1)
    assert figures.shown_countries_of(letter) == Counter({"DE": 2, "": 1})


def test_the_funnel_is_of_forms_on_this_site(letter: Letter, two_days: None) -> None:
    assert figures.funnel_of(letter) == Funnel(started=1, confirmed=1, listed=1)
    assert figures.funnel_of(letter, MONDAY) == Funnel(1, 1, 1)
    assert figures.funnel_of(letter, MONDAY + timedelta(1)) == Funnel(0, 0, 0)


def test_who_has_not_confirmed_is_in_the_first_step(letter: Letter, keys: WorkerKeys) -> None:
    signed(letter)
    while answer_pending(keys):
        pass
    confirmed(letter, keys, kind=Kind.ORGANISATION, role="Chair")
    count_changes()
    assert figures.funnel_of(letter) == Funnel(started=2, confirmed=1, listed=0)


def test_mail_is_counted_by_what_became_of_it(letter: Letter, keys: WorkerKeys) -> None:
    for _ in range(5):
        signed(letter)
    signed(published_letter(keys))
    while answer_pending(keys):
        pass
    assert len(mails(keys)) == 6
    oldest, delayed, sent, failed = Message.objects.filter(seal=letter.pk).order_by("pk")[:4]
    long_ago = datetime(2026, 11, 1, tzinfo=UTC)
    Message.objects.filter(pk=oldest.pk).update(queued_at=long_ago)
    Message.objects.filter(pk=delayed.pk).update(attempts=2)
    Message.objects.filter(pk=sent.pk).update(state="sent", attempts=1)
    Message.objects.filter(pk=failed.pk).update(state="failed", attempts=9)
    assert figures.mail_of(letter) == Mail(
        waiting=2, delayed=1, delivered=1, failed=1, oldest=long_ago
    )


def test_without_mail_nothing_waits(letter: Letter) -> None:
    assert figures.mail_of(letter) == Mail(0, 0, 0, 0, None)


def test_the_queue_knows_since_when_somebody_waits(letter: Letter, keys: WorkerKeys) -> None:
    assert figures.queue_of(letter) == Queue(0, None)
    confirmed(letter, keys)  # not held: the worker lists it by itself
    first = confirmed(letter, keys, kind=Kind.ORGANISATION, role="Chair")
    confirmed(letter, keys, kind=Kind.ORGANISATION, role="Chair")
    earlier = timezone.now() - timedelta(days=3)
    Signature.objects.filter(pk=first.pk).update(confirmed_at=earlier)
    assert figures.queue_of(letter) == Queue(2, earlier)


@pytest.mark.parametrize(
    "read",
    [
        figures.listed_by_day,
        figures.parts_of,
        figures.countries_of,
        figures.shown_countries_of,
        figures.funnel_of,
        figures.mail_of,
        figures.queue_of,
    ],
)
def test_each_figure_is_one_query(
    letter: Letter,
    two_days: None,
    read: Callable[[Letter], object],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        read(letter)
