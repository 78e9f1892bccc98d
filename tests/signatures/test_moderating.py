"""A person decides on what is held, and what they decide is recorded."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from tests.builders import confirmed, listed, published_letter, signed
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import deciding
from undersigned.signatures.listing import CANNOT_BE_READ, list_confirmed
from undersigned.signatures.models import Kind, Signature, State
from undersigned.signatures.moderating import (
    Held,
    NotHeld,
    accept,
    decline,
    held_signatures,
)
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing

Decision = Callable[..., None]

pytestmark = pytest.mark.django_db


def hold(letter: Letter, keys: WorkerKeys, name: str = "Example Union") -> Signature:
    return confirmed(
        letter,
        keys,
        kind=Kind.ORGANISATION,
        name=name,
        role="Chair",
        website="https://union.example.org",
        country="DE",
    )


def test_the_queue_shows_what_a_decision_needs_oldest_first(
    letter: Letter, keys: WorkerKeys
) -> None:
    first, second = hold(letter, keys), hold(letter, keys, "Another Union")
    hold(published_letter(keys), keys, "Elsewhere")
    confirmed(letter, keys)
    signed(letter)

    queue = held_signatures(letter, keys)

    assert queue[0] == Held(
        id=first.pk,
        kind="organisation",
        reason="organisation",
        name="Example Union",
        role="Chair",
        website="https://union.example.org",
        country="DE",
        visibility="public",
    )
    assert [held.id for held in queue] == [first.pk, second.pk]


def test_nobodys_address_is_in_the_queue(letter: Letter, keys: WorkerKeys) -> None:
    confirmed(letter, keys, kind=Kind.ORGANISATION, role="Chair", address="chair@example.org")

    assert "chair@example.org" not in repr(held_signatures(letter, keys))


def test_one_that_cannot_be_read_does_not_hide_the_others(letter: Letter, keys: WorkerKeys) -> None:
    altered, good = hold(letter, keys), hold(letter, keys)
    Signature.objects.filter(pk=altered.pk).update(sealed_details=b"nonsense")

    queue = held_signatures(letter, keys)

    assert [(held.id, held.name, held.reason) for held in queue] == [
        (altered.pk, "", CANNOT_BE_READ),
        (good.pk, "Example Union", "organisation"),
    ]
    decline(altered.pk, actor="Ana")
    assert [held.id for held in held_signatures(letter, keys)] == [good.pk]


def test_without_the_letters_key_nobody_decides_blindly(letter: Letter, keys: WorkerKeys) -> None:
    hold(letter, keys)
    (keys.keyring.folder / "letters" / str(letter.pk)).unlink()

    with pytest.raises(KeyMissing):
        held_signatures(letter, WorkerKeys(keys.keyring))


def events(letter: Letter) -> list[tuple[str, str, int]]:
    found = LetterEvent.objects.filter(letter=letter, act__endswith="signatures")
    return [(event.actor, event.act, event.details["signatures"]) for event in found]


def test_an_accepted_signature_is_listed_by_the_worker(letter: Letter, keys: WorkerKeys) -> None:
    row = hold(letter, keys)

    accept(row.pk, actor="Ana")
    assert list_confirmed(keys) == 1

    row.refresh_from_db()
    assert (row.state, row.name) == (State.LISTED, "Example Union")
    assert events(letter) == [("Ana", "accept signatures", 1)]


def test_a_declined_signature_is_not_listed(letter: Letter, keys: WorkerKeys) -> None:
    row = hold(letter, keys)

    decline(row.pk, actor="Ana")
    assert list_confirmed(keys) == 0

    row.refresh_from_db()
    assert (row.state, row.name) == (State.DECLINED, "")
    assert row.changes.order_by("-id")[0].act == "decline"
    assert events(letter) == [("Ana", "decline signatures", 1)]


@pytest.mark.parametrize("decide", [accept, decline])
def test_what_nobody_holds_cannot_be_decided(
    letter: Letter, keys: WorkerKeys, decide: Decision
) -> None:
    rows = [signed(letter), confirmed(letter, keys), listed(letter, keys)]

    for number in [uuid.uuid4(), *(row.pk for row in rows)]:
        with pytest.raises(NotHeld):
            decide(number, actor="Ana")
    assert events(letter) == []


@pytest.mark.parametrize("decide", [accept, decline])
@pytest.mark.parametrize("first", [accept, decline])
def test_a_decision_is_made_once(
    letter: Letter, keys: WorkerKeys, first: Decision, decide: Decision
) -> None:
    row = hold(letter, keys)
    first(row.pk, actor="Ana")

    with pytest.raises(NotHeld):
        decide(row.pk, actor="Ben")
    assert len(events(letter)) == 1


@pytest.mark.parametrize(("decide", "road"), [(accept, "accept"), (decline, "decline")])
def test_of_two_at_the_same_moment_one_decides(
    letter: Letter,
    keys: WorkerKeys,
    monkeypatch: pytest.MonkeyPatch,
    decide: Decision,
    road: str,
) -> None:
    row = hold(letter, keys)
    in_earnest, decline_in_earnest = getattr(deciding, road), deciding.decline

    def late(by: deciding.By, signatures: list[uuid.UUID]) -> deciding.Outcome:
        decline_in_earnest(deciding.By(letter, "Ana"), [row.pk])
        found: deciding.Outcome = in_earnest(by, signatures)
        return found

    monkeypatch.setattr(deciding, road, late)
    with pytest.raises(NotHeld):
        decide(row.pk, actor="Ben")
    assert [actor for actor, *_ in events(letter)] == ["Ana"]
