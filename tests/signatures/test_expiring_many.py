"""Very many that nobody confirmed go in portions, so that nobody waits long behind them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.builders import signed
from undersigned.letters.models import Letter
from undersigned.signatures import expiring
from undersigned.signatures.expiring import forget_unconfirmed
from undersigned.signatures.models import Signature, State
from undersigned.signatures.rules import PENDING_LIFETIME

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def old(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> list[Signature]:
    monkeypatch.setattr(expiring, "BATCH", 2)
    rows = [signed(letter) for _ in range(5)]
    Signature.objects.update(created_at=NOW - PENDING_LIFETIME - timedelta(days=1))
    return sorted(rows, key=lambda row: row.pk)


def test_in_portions_noted_once(
    letter: Letter, old: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    portions: list[int] = []
    before = expiring.unconfirmed

    def watched(now: Any) -> Any:
        portions.append(Signature.objects.count())
        return before(now)

    monkeypatch.setattr(expiring, "unconfirmed", watched)
    assert forget_unconfirmed(NOW) == 5
    assert sorted({*portions}) == [1, 3, 5]
    assert [run.counts for run in letter.forgettings.all()] == [{"unconfirmed": 5}]


def test_what_went_before_a_crash_is_noted(
    letter: Letter, old: list[Signature], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = expiring.unconfirmed

    def broken(now: Any) -> Any:
        if Signature.objects.count() == 3:
            raise RuntimeError
        return before(now)

    monkeypatch.setattr(expiring, "unconfirmed", broken)
    with pytest.raises(RuntimeError):
        forget_unconfirmed(NOW)
    monkeypatch.undo()
    assert [run.counts for run in letter.forgettings.all()] == [{"unconfirmed": 2}]
    assert forget_unconfirmed(NOW) == 3
    assert not Signature.objects.exists()


def test_who_confirms_meanwhile_stays(
    letter: Letter, old: list[Signature], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = expiring.unconfirmed
    asked: list[object] = []

    def meanwhile(now: Any) -> Any:
        asked.append(now)
        if len(asked) == 3:
            chosen = Signature.objects.filter(pk__in=[old[0].pk, old[1].pk])
            chosen.update(state=State.LISTED, confirmed_at=NOW)
        return before(now)

    monkeypatch.setattr(expiring, "unconfirmed", meanwhile)
    assert forget_unconfirmed(NOW) == 3
    left = Signature.objects.order_by("pk").values_list("pk", flat=True)
    assert [*left] == [old[0].pk, old[1].pk]
    assert [run.counts for run in letter.forgettings.all()] == [{"unconfirmed": 3}]
