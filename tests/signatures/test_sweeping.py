"""Rules applied to what was there before: counted first, held on demand, undone whole."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.builders import confirmed, listed
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import errands, sweeping
from undersigned.signatures.deciding import By
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.holding_rules import Condition, RuleKind
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import (
    Decision,
    ErrandState,
    Kind,
    Signature,
    State,
    Sweep,
)
from undersigned.signatures.sweeping import (
    NothingToRun,
    cancel_sweep,
    order_sweep,
    run_sweep,
    sweep_signatures,
)
from undersigned.signatures.undoing import undo
from undersigned.signatures.worker_keys import WorkerKeys

CASINO = [Condition(RuleKind.WORD, "casino")]


@pytest.fixture
def by(letter: Letter) -> By:
    return By(letter, "Ana")


@pytest.fixture
def casinos(letter: Letter, keys: WorkerKeys) -> list[Signature]:
    """Listed by name, listed without it, an organisation, brought from a list, and not listed."""
    found = [
        listed(letter, keys, name="Golden Casino"),
        listed(letter, keys, name="Silver Casino", choice="counted"),
        listed(letter, keys, kind=Kind.ORGANISATION, name="Casino Union", role="Director"),
    ]
    listed(letter, keys, name="Bo Example")
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, "Casino Cass")])
    found.append(Signature.objects.get(name="Casino Cass"))
    found.append(confirmed(letter, keys, name="Late Casino"))
    return found


def counted(by: By, keys: WorkerKeys) -> Sweep:
    sweep = order_sweep(by, CASINO)
    assert sweep_signatures(keys) == 1
    sweep.refresh_from_db()
    return sweep


def states(signatures: list[Signature]) -> set[tuple[str, str]]:
    rows = Signature.objects.filter(pk__in=[one.pk for one in signatures])
    return set(rows.values_list("state", "held_because"))


def test_it_counts_before_anything_changes(
    by: By, keys: WorkerKeys, casinos: list[Signature]
) -> None:
    before = states(casinos)
    sweep = counted(by, keys)

    assert (sweep.state, sweep.found, sweep.organisations) == (ErrandState.DONE, 5, 1)
    assert (sweep.done, sweep.total) == (6, 6)
    assert states(casinos) == before
    assert sweep_signatures(keys) == 0


def test_it_holds_on_demand_and_is_undone_whole(
    by: By, keys: WorkerKeys, casinos: list[Signature]
) -> None:
    sweep = counted(by, keys)
    run_sweep(by, sweep.pk)
    sweep_signatures(keys)

    assert states(casinos) == {(State.CONFIRMED, "rule")}
    assert Signature.objects.get(name="Bo Example").state == State.LISTED
    sweep.refresh_from_db()
    assert sweep.state == ErrandState.DONE
    assert sweep.decision is not None
    assert (sweep.decision.act, sweep.decision.actor) == ("hold", "Ana")
    assert LetterEvent.objects.filter(act="run sweep", actor="Ana").count() == 1

    undo(by, sweep.decision.pk)
    while list_confirmed(keys):
        pass
    assert states(casinos) == {(State.LISTED, "")}


def test_it_runs_once_and_only_after_it_was_counted(
    by: By, keys: WorkerKeys, casinos: list[Signature]
) -> None:
    sweep = order_sweep(by, CASINO)
    with pytest.raises(NothingToRun):
        run_sweep(by, sweep.pk)
    sweep_signatures(keys)
    run_sweep(by, sweep.pk)
    with pytest.raises(NothingToRun):
        run_sweep(by, sweep.pk)
    sweep_signatures(keys)
    with pytest.raises(NothingToRun):
        run_sweep(by, sweep.pk)
    assert Decision.objects.filter(act="hold").count() == 1


def test_nothing_found_is_nothing_to_run(by: By, keys: WorkerKeys) -> None:
    sweep = counted(by, keys)

    assert (sweep.found, sweep.state) == (0, ErrandState.DONE)
    with pytest.raises(NothingToRun):
        run_sweep(by, sweep.pk)


def test_cancelled_half_way_what_is_held_can_be_undone(
    by: By, keys: WorkerKeys, casinos: list[Signature], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "CHUNK", 2)
    sweep = counted(by, keys)
    run_sweep(by, sweep.pk)
    report = errands.report

    def cancel_after_the_first(errand: Sweep, done: int, total: int) -> None:
        assert cancel_sweep(by, errand.pk)
        report(errand, done, total)

    monkeypatch.setattr(errands, "report", cancel_after_the_first)
    sweep_signatures(keys)

    assert not cancel_sweep(by, sweep.pk)
    assert states(casinos) == {
        (State.CONFIRMED, "rule"),
        (State.LISTED, ""),
        (State.CONFIRMED, ""),
    }
    outcome = undo(by, Decision.objects.get(act="hold").pk)
    assert outcome.done == 2
    assert ("confirmed", "rule") not in states(casinos)


def test_a_sweep_that_was_interrupted_goes_on_in_one_decision(
    by: By, keys: WorkerKeys, casinos: list[Signature], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "CHUNK", 2)
    sweep = counted(by, keys)
    run_sweep(by, sweep.pk)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(errands, "report", die)
        with pytest.raises(KeyboardInterrupt):
            sweep_signatures(keys)
    Sweep.objects.update(claimed_until=timezone.now())
    sweep_signatures(keys)

    assert states(casinos) == {(State.CONFIRMED, "rule")}
    assert Decision.objects.get(act="hold").decided.count() == 5


def test_one_that_cannot_be_opened_fits_nothing(
    by: By, keys: WorkerKeys, casinos: list[Signature]
) -> None:
    Signature.objects.filter(pk=casinos[0].pk).update(sealed_details=b"altered")

    assert counted(by, keys).found == 4


def test_without_the_key_it_fails_with_a_sentence(
    by: By, keys: WorkerKeys, casinos: list[Signature]
) -> None:
    for path in (keys.keyring.folder / "letters").iterdir():
        path.unlink()
    sweep = order_sweep(by, CASINO)

    assert sweep_signatures(WorkerKeys(keys.keyring)) == 1
    sweep.refresh_from_db()
    assert (sweep.state, sweep.outcome) == (ErrandState.FAILED, sweeping.KEY_IS_MISSING)


def test_a_sweep_of_another_letter_is_out_of_reach(by: By, keys: WorkerKeys) -> None:
    other = By(Letter.objects.create(slug="other", source_language="en"), "Bo")
    sweep = counted(by, keys)

    assert not cancel_sweep(other, sweep.pk)
    with pytest.raises(NothingToRun):
        run_sweep(other, sweep.pk)
