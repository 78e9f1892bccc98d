"""The worker's second thread."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from tests.builders import worker_keys
from undersigned.config import errands
from undersigned.config.errands import ERRANDS, ErrandThread
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


def test_each_errand_is_run_once_a_round_with_the_workers_keys(keys: WorkerKeys, db: None) -> None:
    seen = []

    def errand(with_keys: WorkerKeys) -> int:
        seen.append(with_keys.keyring)
        return 2

    assert ErrandThread(keys.keyring, [errand, errand]).round() == 4
    assert seen == [keys.keyring, keys.keyring]


def test_every_errand_finds_nothing_to_do_in_an_empty_installation(
    keys: WorkerKeys, db: None
) -> None:
    assert ErrandThread(keys.keyring, ERRANDS).round() == 0


def test_an_errand_that_fails_is_logged_and_the_others_go_on(
    keys: WorkerKeys,
    transactional_db: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(errands, "AFTER_A_FAULT_SECONDS", 0)

    def broken(_: WorkerKeys) -> int:
        raise RuntimeError

    assert ErrandThread(keys.keyring, [broken, lambda _: 1]).round() == 1
    assert caplog.messages == ["An errand of the worker failed and is tried again."]


def test_it_goes_on_while_there_is_something_and_rests_when_not(
    keys: WorkerKeys, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errands, "IDLE_SECONDS", 0.01)
    left, rested = [1, 1, 0], threading.Event()

    def errand(_: WorkerKeys) -> int:
        if left:
            return left.pop(0)
        rested.set()
        return 0

    thread = ErrandThread(keys.keyring, [errand])
    thread.start()
    assert rested.wait(timeout=10)
    began = time.monotonic()
    thread.stop()
    assert time.monotonic() - began < 5
