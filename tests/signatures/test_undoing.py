"""A decision is taken back, as far as nobody changed anything since."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.utils import timezone

from tests.builders import confirmed, listed, published_letter
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.counting import count_changes, read_counts, recount
from undersigned.signatures.deciding import By, Outcome, accept, decline, hold, merge, void
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.erasing import erase
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import Kind, Notice, Signature, State
from undersigned.signatures.undoing import CannotUndo, undo
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(letter: Letter) -> By:
    return By(letter, "Ana")


def held(by: By, keys: WorkerKeys, **changes: str) -> Signature:
    return confirmed(by.letter, keys, kind=Kind.ORGANISATION, role="Chair", **changes)


def of(outcome: Outcome) -> uuid.UUID:
    assert outcome.decision is not None
    return outcome.decision.pk


def facts(row: Signature) -> tuple[str, str, str]:
    row.refresh_from_db()
    return row.state, row.held_because, row.void_because


WAITS = (State.CONFIRMED, "organisation", "")


@pytest.mark.parametrize("is_listed_meanwhile", [False, True])
def test_an_accepted_signature_waits_again(
    by: By, keys: WorkerKeys, is_listed_meanwhile: bool
) -> None:
    row = held(by, keys)
    decision = of(accept(by, [row.pk]))
    if is_listed_meanwhile:
        assert list_confirmed(keys) == 1
    outcome = undo(by, decision)
    assert (outcome.done, outcome.organisations, outcome.left_out) == (1, 1, 0)
    assert facts(row) == WAITS
    assert list_confirmed(keys) == 0


DECISIONS: list[Callable[[By, Signature], Outcome]] = [
    lambda by, row: decline(by, [row.pk], "name"),
    lambda by, row: void(by, [row.pk], "fraud"),
    lambda by, row: hold(by, [row.pk]),
]


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_listed_signature_comes_back_to_the_list(
    by: By, keys: WorkerKeys, decide: Callable[[By, Signature], Outcome]
) -> None:
    row = listed(by.letter, keys, name="Ana Example")
    decision = of(decide(by, row))
    assert undo(by, decision).done == 1
    assert facts(row) == (State.CONFIRMED, "", "")
    assert list_confirmed(keys) == 1
    row.refresh_from_db()
    assert (row.state, row.name) == (State.LISTED, "Ana Example")
    count_changes()
    assert read_counts(by.letter).people == 1
    assert recount() == 0
    assert not Notice.objects.exists(), "nobody is told of what was taken back"


@pytest.mark.parametrize("decide", DECISIONS)
def test_so_does_one_that_was_brought_in_from_a_list(
    by: By, keys: WorkerKeys, decide: Callable[[By, Signature], Outcome]
) -> None:
    enroll(
        by.letter, [Enrolled(Kind.INDIVIDUAL, "Dr. Ana", sorts_as="Ana", place="UK", country="GB")]
    )
    row = Signature.objects.get()
    undo(by, of(decide(by, row)))
    assert list_confirmed(keys) == 1
    row.refresh_from_db()
    assert (row.state, row.name, row.sorts_as, row.place, row.country) == (
        State.LISTED,
        "Dr. Ana",
        "Ana",
        "UK",
        "GB",
    )


def test_what_waited_waits_again_after_it_was_declined_or_merged(by: By, keys: WorkerKeys) -> None:
    row, keep = held(by, keys), listed(by.letter, keys)
    undo(by, of(decline(by, [row.pk], "name")))
    assert facts(row) == WAITS
    undo(by, of(merge(by, keep.pk, [row.pk])))
    assert facts(row) == WAITS
    assert row.merged_into is None


def test_what_was_accepted_after_it_was_held_again_is_left_as_it_is(
    by: By, keys: WorkerKeys
) -> None:
    row = listed(by.letter, keys)
    decision = of(hold(by, [row.pk]))
    accept(by, [row.pk])
    assert (undo(by, decision).done, facts(row)) == (0, (State.CONFIRMED, "", ""))


def test_what_changed_since_is_left_out(by: By, keys: WorkerKeys) -> None:
    accepted, declined, voided = held(by, keys), held(by, keys), held(by, keys)
    decisions = [
        of(accept(by, [accepted.pk])),
        of(decline(by, [declined.pk], "name")),
        of(void(by, [voided.pk], "fraud")),
    ]
    for row in (accepted, declined, voided):
        Signature.objects.filter(pk=row.pk).update(state=State.WITHDRAWN)
    for decision in decisions:
        outcome = undo(by, decision)
        assert (outcome.done, outcome.left_out) == (0, 1)


def test_what_its_owner_disowned_stays_void(by: By, keys: WorkerKeys) -> None:
    row = held(by, keys)
    decision = of(void(by, [row.pk], "fraud"))
    Signature.objects.filter(pk=row.pk).update(void_because="not me")
    assert undo(by, decision).done == 0


def test_a_mailbox_that_signed_anew_meanwhile_counts_once(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys)
    decision = of(decline(by, [row.pk], "name"))
    row.refresh_from_db()
    anew = listed(by.letter, keys, name="Ana Anew")
    Signature.objects.filter(pk=anew.pk).update(address_index=row.address_index)
    outcome = undo(by, decision)
    assert (outcome.done, outcome.left_out) == (0, 1)
    assert facts(row)[0] == State.DECLINED


def test_a_decision_is_undone_once_and_by_its_own_letter(by: By, keys: WorkerKeys) -> None:
    row = held(by, keys)
    decision = of(accept(by, [row.pk]))
    with pytest.raises(CannotUndo):
        undo(By(published_letter(keys), "Ben"), decision)
    undo(by, decision)
    for one in (decision, uuid.uuid4()):
        with pytest.raises(CannotUndo):
            undo(by, one)
    assert LetterEvent.objects.get(act="undo decision").details == {
        "decision": str(decision),
        "signatures": 1,
        "what": "accept",
    }


@pytest.mark.parametrize("decide", DECISIONS)
def test_whoever_was_erased_meanwhile_is_not_brought_back(
    by: By, keys: WorkerKeys, decide: Callable[[By, Signature], Outcome]
) -> None:
    row = listed(by.letter, keys)
    other = listed(by.letter, keys)
    before = facts(row)
    decision = of(decide(by, row))
    erase([row.pk], timezone.now(), actor="Ola")
    after = facts(row)
    assert after != before
    undo(by, decision)
    list_confirmed(keys)
    assert facts(row) == after
    assert facts(other) == before
