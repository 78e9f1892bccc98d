"""Two people, or two workers, do the same at the same moment: one of them finds it done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from tests.builders import confirmed, listed, published_letter, text
from undersigned.letters.closing import CannotChange, archive, close
from undersigned.letters.launching import CannotLaunch, launch
from undersigned.letters.models import Edition, Letter, LetterEvent, LetterState
from undersigned.letters.publishing import NothingChanged, publish
from undersigned.signatures import errands
from undersigned.signatures.counting import count_changes, read_counts
from undersigned.signatures.deciding import (
    By,
    NothingToKeep,
    Outcome,
    accept,
    decline,
    hold,
    merge,
    void,
)
from undersigned.signatures.exporting import asking
from undersigned.signatures.exporting.presets import PRESETS
from undersigned.signatures.holding_rules import Condition, RuleKind
from undersigned.signatures.importing import bringing
from undersigned.signatures.importing.brought import read
from undersigned.signatures.importing.layout import lay_out
from undersigned.signatures.models import (
    Change,
    Decision,
    ErrandState,
    Export,
    Kind,
    Notice,
    Signature,
    State,
    Sweep,
)
from undersigned.signatures.sweeping import order_sweep
from undersigned.signatures.undoing import CannotUndo, undo
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_studio_key, studio_opener, studio_sealer
from undersigned.teams.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by(letter: Letter) -> By:
    return By(letter, "Ana")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act returned or raised; they begin at the same moment, each on a connection."""
    came: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def carry_out(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=10)
            came[place] = act()
        except Exception as refusal:
            came[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=carry_out, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def done(came: Sequence[object]) -> list[int]:
    """How many signatures each decision was about; nothing else came of any."""
    assert all(isinstance(one, Outcome) for one in came), came
    return sorted(one.done for one in came if isinstance(one, Outcome))


def kinds(came: Sequence[object]) -> list[str]:
    return sorted(type(one).__name__ for one in came)


def test_one_signature_is_decided_on_by_one_of_two(by: By, keys: WorkerKeys) -> None:
    row = confirmed(by.letter, keys, kind=Kind.ORGANISATION)
    came = at_once(*[lambda: accept(by, [row.pk])] * 2)
    assert done(came) == [0, 1]
    came = at_once(*[lambda: decline(by, [row.pk], "unknown")] * 2)
    assert done(came) == [0, 1]
    assert Decision.objects.count() == 2
    assert Notice.objects.count() == 1
    assert Change.objects.filter(act="decline").count() == 1


def test_what_is_struck_out_and_held_at_once_is_counted_once(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys)
    listed(by.letter, keys)
    at_once(
        lambda: void(by, [row.pk], "fraud"),
        lambda: hold(by, [row.pk]),
        lambda: decline(by, [row.pk], "unknown"),
    )
    count_changes()
    assert read_counts(by.letter).total == 1


def test_two_that_are_merged_crosswise_are_not_both_gone(by: By, keys: WorkerKeys) -> None:
    one, other = listed(by.letter, keys).pk, listed(by.letter, keys).pk
    came = at_once(lambda: merge(by, one, [other]), lambda: merge(by, other, [one]))
    assert kinds(came) == ["NothingToKeep", "Outcome"]
    assert sorted(Signature.objects.values_list("state", flat=True)) == [State.LISTED, State.VOID]


def test_nothing_is_merged_into_what_is_struck_out_at_once(by: By, keys: WorkerKeys) -> None:
    keep, other = listed(by.letter, keys).pk, listed(by.letter, keys).pk
    came = at_once(lambda: void(by, [keep], "fraud"), lambda: merge(by, keep, [other]))
    if isinstance(came[1], Outcome):  # it came first
        assert Signature.objects.get(pk=other).merged_into_id == keep
    else:
        assert isinstance(came[1], NothingToKeep)
        assert Signature.objects.get(pk=other).state == State.LISTED


def test_a_decision_is_undone_once(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys)
    decision = void(by, [row.pk], "fraud").decision
    assert decision is not None
    came = at_once(*[lambda: undo(by, decision.pk)] * 3)
    assert kinds(came) == ["CannotUndo", "CannotUndo", "Outcome"]
    assert any(isinstance(one, CannotUndo) for one in came)
    assert Change.objects.filter(act="restore").count() == 1
    assert LetterEvent.objects.filter(act="undo decision").count() == 1


def test_a_text_is_published_once(letter: Letter) -> None:
    texts = [text(body="We ask for three things.")]
    came = at_once(*[lambda: publish(letter, texts, actor="Ana")] * 2)
    assert kinds(came) == ["Edition", "NothingChanged"]
    assert any(isinstance(one, NothingChanged) for one in came)
    assert list(Edition.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_letter_is_launched_once(letter: Letter) -> None:
    Letter.objects.update(state=LetterState.GATHERING)
    LetterEvent.objects.all().delete()
    came = at_once(*[lambda: launch(Letter.objects.get(), actor="Ana")] * 2)
    assert kinds(came) == ["CannotLaunch", "NoneType"]
    assert any(isinstance(one, CannotLaunch) for one in came)
    assert LetterEvent.objects.filter(act="launch").count() == 1


def test_a_letter_is_closed_and_archived_once(letter: Letter) -> None:
    assert kinds(at_once(*[lambda: close(Letter.objects.get(), actor="Ana")] * 2)) == [
        CannotChange.__name__,
        "NoneType",
    ]
    assert kinds(at_once(*[lambda: archive(Letter.objects.get(), actor="Ana")] * 2)) == [
        CannotChange.__name__,
        "NoneType",
    ]


def test_an_export_is_approved_once_and_never_by_whoever_asked(letter: Letter) -> None:
    ana, bo, eve = (
        Person.objects.create(email=f"{name}@example.org", name=name) for name in ("a", "b", "e")
    )
    export = asking.ask(letter, ana, form="csv", preset=PRESETS["full"], language="en")
    came = at_once(*[lambda who=who: asking.approve(export, who) for who in (ana, bo, eve)])
    assert kinds(came) == ["NoneType", "NothingToApprove", "SamePerson"]
    assert Export.objects.get().approved_by in {"b", "e"}
    assert LetterEvent.objects.filter(act="approve export").count() == 1


def test_a_list_is_stored_once(letter: Letter, tmp_path: Path) -> None:
    prepare_studio_key(tmp_path / "web")
    opener = studio_opener(tmp_path / "web")
    batch = bringing.begin(
        letter,
        b"Individuals\n\nAna Example, Writer\nBo Example, Painter\n",
        studio_sealer(),
        file_name="",
        origin="Our form",
        kind="",
        actor="Ana",
    )
    choices = bringing.choices_of(batch, opener)
    brought = read(bringing.content_of(batch, opener), batch.form, choices, [])
    layout = lay_out(brought, choices)
    came = at_once(*[lambda: bringing.save(batch, layout, brought, actor="Ana")] * 2)
    assert kinds(came) == ["NotBeingRead", "int"]
    assert Signature.objects.count() == 2
    assert read_counts(letter).people == 2


def test_an_order_is_taken_by_one_worker(by: By) -> None:
    order_sweep(by, [Condition(RuleKind.WORD, "casino")])
    came = at_once(*[lambda: errands.take(Sweep, timezone.now())] * 3)
    assert kinds(came) == ["NoneType", "NoneType", "Sweep"]


def test_what_is_cancelled_while_it_ends_is_one_or_the_other(by: By) -> None:
    sweep = order_sweep(by, [Condition(RuleKind.WORD, "casino")])
    taken = errands.take(Sweep, timezone.now())
    assert taken is not None
    ended, cancelled = at_once(lambda: errands.finish(taken), lambda: errands.cancel(sweep))
    sweep.refresh_from_db()
    if cancelled:
        assert isinstance(ended, errands.Cancelled)
        assert sweep.state == ErrandState.CANCELLED
    else:
        assert sweep.state == ErrandState.DONE


def test_a_worker_that_stood_still_finds_its_order_taken(by: By) -> None:
    order_sweep(by, [Condition(RuleKind.WORD, "casino")])
    now = timezone.now()
    slow = errands.take(Sweep, now - timedelta(hours=1))
    came = at_once(*[lambda: errands.take(Sweep, now)] * 2)
    assert kinds(came) == ["NoneType", "Sweep"]
    assert slow is not None
    with pytest.raises(errands.Cancelled):
        errands.report(slow, 1, 2)


def test_two_letters_are_each_others_business(keys: WorkerKeys, by: By) -> None:
    """Decisions under two letters do not wait for each other, nor touch each other's rows."""
    other = By(published_letter(keys), "Bo")
    rows = [listed(one.letter, keys).pk for one in (by, other)]
    came = at_once(lambda: void(by, rows, "fraud"), lambda: void(other, rows, "fraud"))
    assert done(came) == [1, 1]
