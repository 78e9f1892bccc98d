"""Undoing an import: counted before, done once, what was worked on since stays."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.builders import listed
from undersigned.letters.models import Letter
from undersigned.signatures.counting import read_counts
from undersigned.signatures.enrolling import Enrolled
from undersigned.signatures.importing import bringing, taking_back
from undersigned.signatures.importing.taking_back import Returning, count_returning, undo
from undersigned.signatures.models import Correction, ImportBatch, Kind, Signature, State
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(letter: Letter) -> ImportBatch:
    batch = ImportBatch(letter=letter, form="text", origin="x", sha256=b"x" * 32, actor="Ana")
    bringing.store_at_once(
        batch,
        [
            Enrolled(Kind.ORGANISATION, "Sample Society"),
            Enrolled(Kind.INDIVIDUAL, "Ana Example"),
            Enrolled(Kind.INDIVIDUAL, "Ben Example"),
            Enrolled(Kind.INDIVIDUAL, "Cy Example"),
        ],
    )
    return batch


def standing(letter: Letter) -> list[str]:
    rows = Signature.objects.filter(letter=letter, state=State.LISTED)
    return sorted(rows.values_list("name", flat=True))


def test_everybody_who_came_with_it_leaves(
    letter: Letter, keys: WorkerKeys, batch: ImportBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_back, "_AT_ONCE", 3)
    listed(letter, keys, name="Dana Example")
    assert count_returning(batch) == Returning(leaving=4, organisations=1, kept=0)
    assert undo(batch, actor="Ana") == 4
    assert standing(letter) == ["Dana Example"]
    gone = Signature.objects.filter(batch=batch).values_list("state", "void_because").distinct()
    assert list(gone) == [("void", "import undone")]
    batch.refresh_from_db()
    assert batch.step == "undone"
    assert batch.undone_at is not None
    assert read_counts(letter).total == 1
    (event,) = letter.events.filter(act="undo import")
    assert event.details == {"import": str(batch.pk), "signatures": 4}


def test_it_is_undone_once(batch: ImportBatch) -> None:
    undo(batch, actor="Ana")
    with pytest.raises(taking_back.NotSaved):
        undo(batch, actor="Ana")


def test_what_was_corrected_or_merged_since_stays(
    letter: Letter, keys: WorkerKeys, batch: ImportBatch
) -> None:
    ana, ben, cy = batch.signatures.filter(kind=Kind.INDIVIDUAL).order_by("name")
    other = listed(letter, keys, name="Ana Lucía Example")
    Signature.objects.filter(pk=other.pk).update(merged_into=ana)
    for row, is_withdrawn in ((ben, False), (cy, True)):
        Correction.objects.create(
            signature=row, sealed=b"", actor="Ana", at=timezone.now(), is_withdrawn=is_withdrawn
        )
    assert count_returning(batch) == Returning(leaving=2, organisations=1, kept=2)
    assert undo(batch, actor="Ana") == 2
    assert standing(letter) == ["Ana Example", "Ana Lucía Example", "Ben Example"]
