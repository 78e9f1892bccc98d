"""Listing shows as much of a signature as its owner lets be shown, and no more."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from tests.builders import confirmed, link_of, listed, published_letter, signed
from tests.signatures.canaries import everything_stored
from undersigned.letters.models import Letter
from undersigned.mail.models import Reason
from undersigned.mail.suppression import suppress, suppressed_among
from undersigned.signatures import listing
from undersigned.signatures.counting import count_changes, read_counts
from undersigned.signatures.deciding import By, hold
from undersigned.signatures.folding import sort_key
from undersigned.signatures.listing import (
    BATCH,
    CANNOT_BE_READ,
    list_confirmed,
    read_details,
)
from undersigned.signatures.models import Change, Kind, Signature, State, Visibility
from undersigned.signatures.reading import Read
from undersigned.signatures.rules import Act, Details
from undersigned.signatures.signatories import find_signatories, first_signatories
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

CANARIES = {
    "name": "Kanarie Zwaluw",
    "title": "Vogelkundige",
    "affiliation": "Vogelwacht",
    "website": "https://kanarie.example.org",
    "role": "Voorzitter",
    "address": "kanarie.adres@example.org",
}


def clear_columns(row: Signature) -> tuple[str, ...]:
    return (row.name, row.title, row.affiliation, row.website, row.search)


def test_a_public_signature_is_listed_as_it_was_typed(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, **CANARIES)

    assert clear_columns(row) == (
        "Kanarie Zwaluw",
        "Vogelkundige",
        "Vogelwacht",
        "https://kanarie.example.org",
        "kanarie zwaluw vogelkundige vogelwacht",
    )
    assert bytes(row.sort_key) == sort_key("Kanarie Zwaluw")
    assert list(Change.objects.order_by("id").values_list("act", flat=True)) == [
        "confirm",
        "list",
    ]


def test_initials_are_all_that_is_stored_of_a_name(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, choice=Visibility.INITIALS, **CANARIES)

    assert clear_columns(row) == ("K. Z.", "", "", "", "k z")
    stored = everything_stored()
    for canary in CANARIES.values():
        assert canary.casefold() not in stored


@pytest.mark.parametrize("choice", [Visibility.RECIPIENT, Visibility.COUNTED])
def test_who_is_not_shown_is_counted_and_stands_nowhere_in_clear(
    letter: Letter, keys: WorkerKeys, choice: Visibility
) -> None:
    # What the form said first does not matter: the choice behind the link does.
    row = listed(
        letter, keys, choice=choice, visibility=Visibility.PUBLIC, country="NL", **CANARIES
    )
    count_changes()

    assert clear_columns(row) == ("", "", "", "", "")
    assert bytes(row.sort_key) == b""
    stored = everything_stored()
    for canary in CANARIES.values():
        assert canary.casefold() not in stored
    assert read_counts(letter).people == 1
    assert first_signatories(letter, "en").people == []
    assert find_signatories(letter, "en", words="kanarie").entries == []


def test_the_address_of_somebody_public_stays_sealed_too(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, **CANARIES)

    stored = everything_stored()
    assert CANARIES["address"] not in stored
    assert CANARIES["role"].casefold() not in stored
    # The test can see what is in clear: this is.
    assert CANARIES["name"].casefold() in stored


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("အောင်ဆန်း စုကြည်", "အော. စု."),
        ("أحمد عبد الله", "أ. ع. ا."),
        ("नरेन्द्र क्षेत्री", "न. क्षे."),
        ("Jean-Paul Müller", "J. P. M."),
        (" ".join("abcdefghij" * 6), " ".join(f"{c}." for c in "ABCDEFGHIJ" * 4)),
    ],
)
def test_initials_of_every_script_fit_their_column(
    letter: Letter, keys: WorkerKeys, name: str, short: str
) -> None:
    assert listed(letter, keys, choice=Visibility.INITIALS, name=name).name == short


def test_what_is_held_is_not_listed(letter: Letter, keys: WorkerKeys) -> None:
    held = confirmed(letter, keys, kind=Kind.ORGANISATION, role="Chair")

    assert list_confirmed(keys) == 0

    held.refresh_from_db()
    assert (held.state, held.name) == (State.CONFIRMED, "")


def test_other_attempts_of_the_mailbox_go(letter: Letter, keys: WorkerKeys) -> None:
    link_of(signed(letter, address="ana+1@example.org"), keys)
    elsewhere = signed(published_letter(keys), address="ana@example.org")
    link_of(elsewhere, keys)
    fresh = signed(letter, address="ben@example.org")
    unanswered = Signature.objects.filter(pk=fresh.pk)

    row = listed(letter, keys, address="ana@example.org")

    left = set(Signature.objects.values_list("pk", flat=True))
    assert left == {row.pk, elsewhere.pk, fresh.pk}
    assert unanswered.get().state == State.PENDING


def test_a_signature_without_an_index_takes_no_other_with_it(
    letter: Letter, keys: WorkerKeys
) -> None:
    row = confirmed(letter, keys)
    Signature.objects.filter(pk=row.pk).update(address_index=None)
    unanswered = signed(letter)

    assert list_confirmed(keys) == 1

    assert Signature.objects.get(pk=unanswered.pk).state == State.PENDING


def test_the_details_can_be_read_by_the_worker(letter: Letter, keys: WorkerKeys) -> None:
    row = signed(letter, name="Ana", title="Poet")

    assert read_details(row, keys) == Details(name="Ana", title="Poet")


def test_what_cannot_be_opened_is_held_and_stops_nobody(
    letter: Letter, keys: WorkerKeys, caplog: pytest.LogCaptureFixture
) -> None:
    altered, good = confirmed(letter, keys), confirmed(letter, keys)
    Signature.objects.filter(pk=altered.pk).update(sealed_details=good.sealed_details)

    with caplog.at_level(logging.ERROR):
        assert list_confirmed(keys) == 1

    altered.refresh_from_db()
    assert (altered.state, altered.held_because) == (State.CONFIRMED, CANNOT_BE_READ)
    assert Signature.objects.get(pk=good.pk).state == State.LISTED
    assert caplog.messages == [f"Signature {altered.pk} cannot be opened; it is held."]


def test_one_missing_key_does_not_keep_other_letters_waiting(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "BATCH", 2)
    stuck = [confirmed(letter, keys) for _ in range(3)]
    waiting = confirmed(published_letter(keys), keys)
    (keys.keyring.folder / "letters" / str(letter.pk)).unlink()
    fresh = WorkerKeys(keys.keyring)

    assert [list_confirmed(fresh) for _ in range(3)] == [0, 1, 0]

    assert Signature.objects.get(pk=waiting.pk).state == State.LISTED
    states = Signature.objects.filter(pk__in=[row.pk for row in stuck]).values_list("state")
    assert set(states) == {(State.CONFIRMED,)}


def test_a_batch_has_a_size(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert BATCH == 200
    rows = [confirmed(letter, keys) for _ in range(3)]
    monkeypatch.setattr(listing, "BATCH", 2)

    assert list_confirmed(keys) == 2
    assert Signature.objects.get(pk=rows[2].pk).state == State.CONFIRMED  # the oldest come first
    assert [list_confirmed(keys), list_confirmed(keys)] == [1, 0]


def test_who_withdrew_in_the_meantime_is_not_listed(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = confirmed(letter, keys)
    real = listing.record

    def withdraw_first(
        signatures: list[Signature], act: Act, *rest: object, **more: object
    ) -> object:
        Signature.objects.update(state=State.WITHDRAWN)
        return real(signatures, act, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(listing, "record", withdraw_first)
    list_confirmed(keys)

    row.refresh_from_db()
    assert (row.state, row.name) == (State.WITHDRAWN, "")


def test_what_somebody_holds_while_it_is_opened_is_not_listed(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state stays the same, and a moderator's word counts."""
    row, other = confirmed(letter, keys), confirmed(letter, keys)

    def meanwhile(opened: Sequence[Read]) -> set[UUID]:
        assert hold(By(letter, "Ana"), [row.pk]).done == 1
        return set()

    monkeypatch.setattr("undersigned.signatures.listing.hold_doubtful", meanwhile)
    list_confirmed(keys)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, row.held_because, row.name) == (State.CONFIRMED, "person", "")
    assert other.state == State.LISTED


def test_a_mailbox_that_answers_is_written_to_again(letter: Letter, keys: WorkerKeys) -> None:
    mark = keys.index(b"mail", "ana@example.org")
    suppress(mark, Reason.HARD, timezone.now() - timedelta(days=1))
    confirmed(letter, keys, address="Ana+x@example.org")
    list_confirmed(keys)
    assert suppressed_among([mark]) == set()
