"""`undersigned worker`: works until it is told to stop."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from django.utils.translation import trans_real

from tests.config.commands.conftest import Run
from undersigned.config.catalogues import Catalogue
from undersigned.config.worker import Worker


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Signal handlers are put back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_after_the_batch_in_hand(
    undersigned: Run, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    rounds: list[int] = []
    work = Worker.round

    def tell_to_stop(worker: Worker) -> int:
        os.kill(os.getpid(), number)
        rounds.append(work(worker))
        return 1

    monkeypatch.setattr(Worker, "round", tell_to_stop)
    monkeypatch.setattr(trans_real, "DjangoTranslation", None)
    assert undersigned("worker").status == 0
    assert len(rounds) == 1
    assert trans_real.DjangoTranslation is Catalogue
