"""An export says how far it is, and stops when it was cancelled."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.builders import published_letter
from undersigned.signatures import errands
from undersigned.signatures.errands import Cancelled
from undersigned.signatures.exporting.reporting import Reporter
from undersigned.signatures.models import ErrandState, Export
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def export(db: None, keys: WorkerKeys) -> Export:
    letter = published_letter(keys)
    Export.objects.create(letter=letter, form="csv", preset="public", language="en", actor="Ana")
    export = errands.take(Export, timezone.now())
    assert export is not None
    return export


def test_rows_pass_and_are_counted_now_and_then(export: Export) -> None:
    reporter = Reporter(export)
    reporter.total = 600
    assert sum(1 for _ in reporter.counted(range(600))) == 600
    export.refresh_from_db()
    assert (export.done, export.total) == (501, 600)


def test_a_cancelled_one_stops_between_rows(export: Export) -> None:
    errands.cancel(export)
    with pytest.raises(Cancelled):
        list(Reporter(export).counted(range(3)))


def test_while_something_else_works_it_keeps_its_claim(export: Export) -> None:
    reporter, before = Reporter(export), export.claimed_until
    assert [reporter.is_cancelled(), reporter.is_cancelled()] == [False, False]
    export.refresh_from_db()
    assert before is not None
    assert export.claimed_until is not None
    assert export.claimed_until > before


def test_while_something_else_works_it_hears_of_the_end(export: Export) -> None:
    Export.objects.filter(pk=export.pk).update(state=ErrandState.CANCELLED)
    assert Reporter(export).is_cancelled()


def test_the_command_line_counts_in_silence() -> None:
    reporter = Reporter(None)
    assert list(reporter.counted("ab")) == ["a", "b"]
    assert not reporter.is_cancelled()
