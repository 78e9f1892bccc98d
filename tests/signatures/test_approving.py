"""What takes a second person: asked for, looked at, approved, refused, taken back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import confirmed, listed, published_letter
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import approving, deciding
from undersigned.signatures.approving import (
    NothingToApprove,
    SamePerson,
    ask_to_void,
    refuse,
    take_back,
    waiting_decisions,
)
from undersigned.signatures.deciding import By, TooManyForOne, decline, hold, merge, void
from undersigned.signatures.holding import let_pass
from undersigned.signatures.models import Decided, Decision, Kind, Notice, Signature, State
from undersigned.signatures.reasons import NoSuchReason
from undersigned.signatures.telling import words_of
from undersigned.signatures.undoing import CannotUndo, undo
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_studio_key, studio_opener
from undersigned.teams.models import Installation, Person
from undersigned.vault.seal import SealingKeyMissing

Approve = Callable[[By, uuid.UUID], deciding.Outcome]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two signatures may go by one person; the third takes another."""
    monkeypatch.setattr(deciding, "VOIDED_ALONE", 2)


@pytest.fixture(autouse=True)
def studio_key(tmp_path: Path, db: None) -> Path:
    prepare_studio_key(tmp_path / "web")
    return tmp_path / "web"


@pytest.fixture
def approve(studio_key: Path) -> Approve:
    """As the web does it, which holds the studio's key."""
    return lambda who, decision: approving.approve(who, decision, studio_opener(studio_key))


@pytest.fixture
def ana(letter: Letter) -> By:
    return by(letter, "Ana")


@pytest.fixture
def bo(letter: Letter) -> By:
    return by(letter, "Bo")


@pytest.fixture
def rows(letter: Letter, keys: WorkerKeys) -> list[Signature]:
    """Two people and an organisation, on the list."""
    return [
        listed(letter, keys, name="Canary Example"),
        listed(letter, keys),
        listed(letter, keys, kind=Kind.ORGANISATION, role="Chair"),
    ]


def by(letter: Letter, name: str) -> By:
    address = f"{name.lower()}-{uuid.uuid4().hex[:6]}@example.org"
    return By(letter, name, Person.objects.create(name=name, email=address).pk)


def ids(rows: list[Signature]) -> list[uuid.UUID]:
    return [row.pk for row in rows]


def asked(who: By, rows: list[Signature]) -> Decision:
    decision = ask_to_void(who, ids(rows), "fraud", "We asked them.").decision
    assert decision is not None
    return decision


def struck_out(letter: Letter) -> int:
    return letter.signatures.filter(state=State.VOID).count()


def test_what_one_asks_for_another_approves(
    ana: By, bo: By, rows: list[Signature], approve: Approve, keys: WorkerKeys
) -> None:
    with pytest.raises(TooManyForOne):
        void(ana, ids(rows), "fraud")
    decision = asked(ana, rows)
    decision.refresh_from_db()
    assert b"asked them" not in bytes(decision.sealed_words or b"")
    assert struck_out(ana.letter) == 0
    assert not Notice.objects.exists()
    assert list(waiting_decisions(ana.letter)) == [decision]
    outcome = approve(bo, decision.pk)
    assert (outcome.done, outcome.organisations, outcome.left_out) == (3, 1, 0)
    assert struck_out(ana.letter) == 3
    assert not waiting_decisions(ana.letter).exists()
    decision.refresh_from_db()
    assert (decision.actor, decision.approved_by, decision.sealed_words) == ("Ana", "Bo", None)
    assert {notice.not_before for notice in Notice.objects.all()} == {
        decision.at + deciding.TOLD_AFTER
    }
    opener = keys.opener(ana.letter.pk)
    assert {words_of(notice, opener) for notice in Notice.objects.all()} == {
        "We have reason to think that it was not given by whom it names.\n\nWe asked them."
    }


def test_the_trail_says_who_asked_and_who_approved_but_no_signers_name(
    ana: By, bo: By, rows: list[Signature], approve: Approve
) -> None:
    approve(bo, asked(ana, rows).pk)
    events = LetterEvent.objects.filter(act__contains="void") | LetterEvent.objects.filter(
        act="approve decision"
    )
    assert [(event.actor, event.act, event.details["signatures"]) for event in events] == [
        ("Ana", "ask to void signatures", 3),
        ("Bo", "approve decision", 3),
    ]
    assert "Canary" not in str(list(events.values()))
    assert "asked them" not in str(list(events.values()))


def test_nobody_approves_what_they_asked_for_themselves(
    ana: By, rows: list[Signature], approve: Approve
) -> None:
    decision = asked(ana, rows)
    with pytest.raises(SamePerson):
        approve(ana, decision.pk)
    assert struck_out(ana.letter) == 0


def test_a_namesake_is_somebody_else(ana: By, rows: list[Signature], approve: Approve) -> None:
    assert approve(by(ana.letter, "Ana"), asked(ana, rows).pk).done == 3


def test_what_has_changed_meanwhile_is_left_out(
    ana: By, bo: By, rows: list[Signature], keys: WorkerKeys, approve: Approve
) -> None:
    decision = asked(ana, rows)
    hold(bo, [rows[0].pk])
    void(bo, [rows[1].pk], "trial")
    outcome = approve(bo, decision.pk)
    assert (outcome.done, outcome.left_out) == (1, 2)
    assert {one.signature_id for one in decision.decided.all()} == {rows[2].pk}
    rows[0].refresh_from_db()
    assert (rows[0].state, rows[0].held_because) == (State.CONFIRMED, "person")
    assert undo(bo, decision.pk).done == 1


def test_where_all_has_changed_nothing_is_done(
    ana: By, bo: By, rows: list[Signature], approve: Approve
) -> None:
    decision = asked(ana, rows)
    hold(bo, ids(rows))
    outcome = approve(bo, decision.pk)
    assert (outcome.decision, outcome.done, outcome.left_out) == (None, 0, 3)
    assert LetterEvent.objects.get(act="approve decision").details["signatures"] == 0


def test_an_approved_decision_is_undone_like_any_other(
    ana: By, bo: By, rows: list[Signature], approve: Approve
) -> None:
    decision = asked(ana, rows)
    with pytest.raises(CannotUndo):
        undo(ana, decision.pk)
    approve(bo, decision.pk)
    assert undo(ana, decision.pk).done == 3
    assert not Notice.objects.exists()


def test_refused_it_stays_in_the_trail_and_changes_nothing(
    ana: By, bo: By, rows: list[Signature], approve: Approve
) -> None:
    decision = asked(ana, rows)
    refuse(bo, decision.pk)
    decision.refresh_from_db()
    assert (decision.act, decision.waits, decision.sealed_words) == ("refused", False, None)
    assert struck_out(ana.letter) == 0
    assert LetterEvent.objects.get(act="refuse decision").actor == "Bo"
    assert let_pass(ids(rows[:2])) == set(), "nobody has looked at them and found them right"
    for answer in (approve, refuse, take_back, undo):
        with pytest.raises((NothingToApprove, CannotUndo)):
            answer(bo, decision.pk)


def test_only_whoever_asked_takes_it_back(ana: By, bo: By, rows: list[Signature]) -> None:
    decision = asked(ana, rows)
    with pytest.raises(NothingToApprove):
        take_back(bo, decision.pk)
    take_back(ana, decision.pk)
    decision.refresh_from_db()
    assert decision.act == "taken back"
    assert LetterEvent.objects.get(act="take back decision").actor == "Ana"


def test_a_decision_of_another_letter_is_out_of_reach(
    ana: By, rows: list[Signature], keys: WorkerKeys, approve: Approve
) -> None:
    elsewhere = by(published_letter(keys), "Bo")
    with pytest.raises(NothingToApprove):
        approve(elsewhere, asked(ana, rows).pk)


def test_without_the_studios_key_nothing_is_asked(ana: By, rows: list[Signature]) -> None:
    Installation.objects.update(studio_key=None)
    with pytest.raises(SealingKeyMissing):
        asked(ana, rows)


def test_a_reason_is_asked_for(ana: By, rows: list[Signature]) -> None:
    with pytest.raises(NoSuchReason):
        ask_to_void(ana, ids(rows), "other", " ")


def test_in_steps_it_takes_a_second_person_too(
    ana: By, bo: By, rows: list[Signature], keys: WorkerKeys
) -> None:
    assert void(ana, ids(rows[:1]), "fraud").done == 1
    assert void(ana, ids(rows[1:2]), "fraud").done == 1
    with pytest.raises(TooManyForOne):
        void(ana, ids(rows[2:]), "fraud")
    with pytest.raises(TooManyForOne):
        merge(ana, listed(ana.letter, keys).pk, ids(rows[2:]))
    with pytest.raises(TooManyForOne):
        decline(ana, ids(rows[2:]), "name")
    assert void(bo, ids(rows[2:]), "fraud").done == 1, "each person has their own count"


def test_what_was_declined_or_merged_off_the_list_counts_too(
    ana: By, rows: list[Signature], keys: WorkerKeys
) -> None:
    assert decline(ana, ids(rows[:1]), "name").done == 1
    assert merge(ana, rows[2].pk, ids(rows[1:2])).done == 1
    with pytest.raises(TooManyForOne):
        void(ana, ids(rows[2:]), "fraud")


def test_declining_what_was_never_listed_is_one_persons_work(
    ana: By, letter: Letter, keys: WorkerKeys
) -> None:
    held = [confirmed(letter, keys, kind=Kind.ORGANISATION, role="Chair") for _ in range(3)]
    assert decline(ana, ids(held), "name").done == 3
    assert void(ana, [listed(letter, keys).pk], "fraud").done == 1


def test_what_was_undone_or_approved_or_is_a_day_old_does_not_count(
    ana: By, bo: By, rows: list[Signature], approve: Approve
) -> None:
    decision = asked(ana, rows)
    approve(bo, decision.pk)
    undo(ana, decision.pk)
    first = void(ana, ids(rows[:2]), "fraud").decision
    assert first is not None
    undo(ana, first.pk)
    again = void(ana, ids(rows[:2]), "fraud").decision
    assert again is not None
    with pytest.raises(TooManyForOne):
        void(ana, ids(rows[2:]), "fraud")
    Decision.objects.filter(pk=again.pk).update(at=again.at - deciding.A_DAY)
    assert void(ana, ids(rows[2:]), "fraud").done == 1


def test_what_waits_for_approval_does_not_count(ana: By, rows: list[Signature]) -> None:
    asked(ana, rows)
    assert void(ana, ids(rows[:2]), "fraud").done == 2
    assert Decided.objects.filter(decision__waits=True).count() == 3
