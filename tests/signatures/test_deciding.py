"""Accept, decline, strike out, hold and merge, one or many at once; nobody's data in the trail."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.builders import confirmed, listed, published_letter, signed
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import deciding
from undersigned.signatures.deciding import (
    By,
    NothingToKeep,
    Outcome,
    TooMany,
    TooManyForOne,
    accept,
    decline,
    hold,
    merge,
    void,
)
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import Decided, Decision, Kind, Notice, Signature, State
from undersigned.signatures.reasons import NoSuchReason
from undersigned.signatures.telling import words_of
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

Decide = Callable[[By, list[uuid.UUID]], Outcome]
DECISIONS: list[Decide] = [
    accept,
    decline,
    lambda by, ids: void(by, ids, "fraud"),
    hold,
    lambda by, ids: merge(by, ids[0], ids),
]


@pytest.fixture
def by(letter: Letter) -> By:
    return By(letter, "Ana")


def held(letter: Letter, keys: WorkerKeys, name: str = "Example Union") -> Signature:
    return confirmed(letter, keys, kind=Kind.ORGANISATION, name=name, role="Chair")


def test_accepted_signatures_are_listed_by_the_worker(by: By, keys: WorkerKeys) -> None:
    rows = [held(by.letter, keys), held(by.letter, keys)]
    outcome = accept(by, [row.pk for row in rows])
    assert (outcome.done, outcome.organisations, outcome.left_out) == (2, 2, 0)
    assert list_confirmed(keys) == 2


def test_a_decision_remembers_what_each_signature_was(by: By, keys: WorkerKeys) -> None:
    row, other = held(by.letter, keys), listed(by.letter, keys)
    outcome = decline(by, [row.pk, other.pk], "name")
    decision = Decision.objects.get()
    assert outcome.decision == decision
    assert (decision.act, decision.actor, decision.reason) == ("decline", "Ana", "name")
    before = {
        one.signature_id: (one.state_before, one.held_before) for one in Decided.objects.all()
    }
    assert before == {row.pk: ("confirmed", "organisation"), other.pk: ("listed", "")}


def test_the_trail_says_how_many_and_why_but_not_who(by: By, keys: WorkerKeys) -> None:
    row = held(by.letter, keys, "Canary Union")
    outcome = decline(by, [row.pk], "other", "We know Canary Union only from the news.")
    assert outcome.decision is not None
    event = LetterEvent.objects.get(act="decline signatures")
    assert (event.actor, event.details) == (
        "Ana",
        {"decision": str(outcome.decision.pk), "signatures": 1, "reason": "other"},
    )


def test_a_declined_signer_is_told_why_in_their_language_after_ten_minutes(
    by: By, keys: WorkerKeys
) -> None:
    rows = [held(by.letter, keys), confirmed(by.letter, keys, language="es")]
    outcome = decline(by, [row.pk for row in rows], "eligibility", "It is for schools.")
    assert outcome.decision is not None
    notices = {notice.signature_id: notice for notice in Notice.objects.all()}
    assert {notice.topic for notice in notices.values()} == {"declined"}
    assert {notice.occasion for notice in notices.values()} == {str(outcome.decision.pk)}
    assert {notice.not_before - outcome.decision.at for notice in notices.values()} == {
        timedelta(minutes=10)
    }
    assert words_of(notices[rows[0].pk], keys.opener(by.letter.pk)) == (
        "The letter is meant for other signatories.\n\nIt is for schools."
    )


def test_without_a_reason_nobody_is_told(by: By, keys: WorkerKeys) -> None:
    row = held(by.letter, keys)
    assert decline(by, [row.pk]).done == 1
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("reason", "words"), [("nonsense", ""), ("other", ""), ("other", " ")])
def test_a_reason_is_one_of_the_list_or_in_ones_own_words(
    by: By, keys: WorkerKeys, reason: str, words: str
) -> None:
    row = held(by.letter, keys)
    with pytest.raises(NoSuchReason):
        decline(by, [row.pk], reason, words)
    with pytest.raises(NoSuchReason):
        void(by, [row.pk], reason, words)
    assert not Decision.objects.exists()


def test_what_is_struck_out_leaves_the_list_with_its_reason(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys)
    outcome = void(by, [row.pk], "fraud")
    row.refresh_from_db()
    assert (row.state, row.void_because, outcome.organisations) == (State.VOID, "fraud", 0)
    assert row.changes.latest("id").act == "void"
    assert Notice.objects.get().topic == "void"


def test_who_was_brought_in_from_a_list_has_no_mailbox_to_write_to(by: By) -> None:
    enroll(by.letter, [Enrolled(Kind.ORGANISATION, "Example Trust")])
    row = Signature.objects.get()
    assert void(by, [row.pk], "trial").done == 1
    assert not Notice.objects.exists()


def test_more_than_twenty_are_not_struck_out_by_one_person(by: By) -> None:
    enroll(by.letter, [Enrolled(Kind.INDIVIDUAL, f"Person {n}") for n in range(21)])
    rows = list(Signature.objects.values_list("pk", flat=True))
    with pytest.raises(TooManyForOne):
        void(by, rows, "fraud")
    assert void(by, rows[:20], "fraud").done == 20


def test_a_listed_signature_can_wait_for_a_person_again(by: By, keys: WorkerKeys) -> None:
    on_list, on_its_way = listed(by.letter, keys), confirmed(by.letter, keys)
    assert hold(by, [on_list.pk, on_its_way.pk]).done == 2
    for row in (on_list, on_its_way):
        row.refresh_from_db()
        assert (row.state, row.held_because) == (State.CONFIRMED, "person")
    assert [change.act for change in on_list.changes.order_by("id")][-2:] == ["list", "hold"]
    assert list_confirmed(keys) == 0


def test_what_is_merged_stays_once(by: By, keys: WorkerKeys) -> None:
    keep, other = listed(by.letter, keys), held(by.letter, keys)
    outcome = merge(by, keep.pk, [keep.pk, other.pk])
    other.refresh_from_db()
    assert (outcome.done, other.state, other.void_because, other.merged_into_id) == (
        1,
        State.VOID,
        "duplicate",
        keep.pk,
    )
    keep.refresh_from_db()
    assert keep.state == State.LISTED
    notice = Notice.objects.get()
    assert (notice.signature_id, notice.topic) == (other.pk, "void")
    words = words_of(notice, keys.opener(by.letter.pk))
    assert words == "It is on the list already, perhaps in another spelling."


def test_nothing_is_merged_into_what_is_gone(by: By, keys: WorkerKeys) -> None:
    row = held(by.letter, keys)
    for keep in (uuid.uuid4(), listed(published_letter(keys), keys).pk):
        with pytest.raises(NothingToKeep):
            merge(by, keep, [row.pk])


@pytest.mark.parametrize("decide", DECISIONS[:-1])
def test_what_the_decision_is_not_about_is_left_out_and_said(
    by: By, keys: WorkerKeys, decide: Decide
) -> None:
    elsewhere = held(published_letter(keys, organisations_are_held=True), keys)
    outcome = decide(by, [signed(by.letter).pk, elsewhere.pk, uuid.uuid4()])
    assert (outcome.decision, outcome.done, outcome.left_out) == (None, 0, 3)
    assert not LetterEvent.objects.filter(act__endswith="signatures").exists()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_decision_has_a_size_that_fits_into_one_transaction(
    by: By, decide: Decide, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "MOST_AT_ONCE", 1)
    rows = [held(by.letter, keys).pk, held(by.letter, keys).pk, held(by.letter, keys).pk]
    with pytest.raises(TooMany):
        decide(by, rows)
