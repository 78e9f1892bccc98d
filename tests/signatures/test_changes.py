"""A state changes together with its record, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from tests.builders import confirmed, signed
from undersigned.letters.models import Letter
from undersigned.signatures.changes import enter, record
from undersigned.signatures.models import Change, Kind, Signature, Source, State, Visibility
from undersigned.signatures.rules import Act, NotAllowed
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def trail() -> list[tuple[str, str, str]]:
    return list(Change.objects.order_by("id").values_list("act", "before", "after"))


def test_a_change_is_recorded_with_what_counting_needs(letter: Letter, keys: WorkerKeys) -> None:
    signature = confirmed(letter, keys, kind=Kind.ORGANISATION, country="DE")
    Change.objects.all().delete()

    assert record([signature], Act.DECLINE, AT) == [signature]

    assert signature.state == State.DECLINED
    assert Signature.objects.get().state == State.DECLINED
    change = Change.objects.get()
    assert (change.signature_id, change.letter_id) == (signature.pk, letter.pk)
    assert (change.act, change.before, change.after) == ("decline", "confirmed", "declined")
    assert (change.kind, change.country, change.at) == ("organisation", "DE", AT)
    assert change.is_counted is False


def test_the_fields_that_belong_to_it_are_saved_with_it(letter: Letter) -> None:
    signature = signed(letter)
    signature.void_because = "fraud"
    signature.country = "FR"

    record([signature], Act.VOID, AT, fields=["void_because"])

    stored = Signature.objects.get()
    assert (stored.state, stored.void_because, stored.country) == (State.VOID, "fraud", "")


def test_who_loses_a_race_is_left_out(letter: Letter, keys: WorkerKeys) -> None:
    mine, other = confirmed(letter, keys), confirmed(letter, keys)
    Change.objects.all().delete()
    theirs = Signature.objects.get(pk=mine.pk)
    record([theirs], Act.WITHDRAW, AT)

    assert record([mine, other], Act.LIST, AT) == [other]

    assert Signature.objects.get(pk=mine.pk).state == State.WITHDRAWN
    assert mine.state == State.CONFIRMED
    assert trail() == [
        ("withdraw", "confirmed", "withdrawn"),
        ("list", "confirmed", "listed"),
    ]


def test_a_refused_act_changes_nobody(letter: Letter, keys: WorkerKeys) -> None:
    good, pending = confirmed(letter, keys), signed(letter)
    Change.objects.all().delete()

    with pytest.raises(NotAllowed):
        record([good, pending], Act.LIST, AT)

    assert Signature.objects.get(pk=good.pk).state == State.CONFIRMED
    assert trail() == []


@pytest.mark.django_db(transaction=True)
def test_what_the_database_refuses_is_not_recorded_either(letter: Letter, keys: WorkerKeys) -> None:
    first, second = confirmed(letter, keys), confirmed(letter, keys)
    Change.objects.all().delete()
    second.name = "Ana"
    second.visibility = Visibility.COUNTED

    with pytest.raises(IntegrityError):
        record([first, second], Act.LIST, AT, fields=["name", "visibility"])

    assert set(Signature.objects.values_list("state", flat=True)) == {State.CONFIRMED}
    assert trail() == []


def test_nothing_to_change_is_no_trouble(letter: Letter) -> None:
    assert record([], Act.LIST, AT) == []


def test_signatures_from_elsewhere_are_recorded_as_imported(letter: Letter) -> None:
    entries = [
        Signature(
            letter=letter,
            edition=letter.edition,
            kind=Kind.ORGANISATION,
            state=State.LISTED,
            visibility=Visibility.PUBLIC,
            consent_publication=True,
            language="en",
            source=Source.IMPORT,
            created_at=AT,
            name=name,
        )
        for name in ("One", "Two")
    ]

    enter(entries, AT)

    assert set(Signature.objects.values_list("name", "state")) == {
        ("One", "listed"),
        ("Two", "listed"),
    }
    assert trail() == [("import", "pending", "listed")] * 2
    assert set(Change.objects.values_list("at", flat=True)) == {AT}
