"""The worker's second thread."""

from __future__ import annotations

import threading
import time
from datetime import datetime
from pathlib import Path

import pytest

from tests.builders import published_letter, worker_keys
from tests.panicking import ZERO, panic
from tests.partners import joined, with_key
from tests.signatures.partnered import clear_folder
from undersigned.config import errands
from undersigned.config.errands import ERRANDS, Errand, ErrandThread
from undersigned.config.heartbeat import Heartbeat
from undersigned.config.quiet import NoRequestDetails
from undersigned.letters.models import Partner
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.partner_files import order_file
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


def test_each_errand_is_run_once_a_round_with_the_workers_keys(
    keys: WorkerKeys, tmp_path: Path, db: None
) -> None:
    seen = []

    def errand(with_keys: WorkerKeys) -> int:
        seen.append(with_keys.keyring)
        return 2

    assert ErrandThread(keys.keyring, tmp_path, [errand, errand]).round() == 4
    assert seen == [keys.keyring, keys.keyring]


def test_every_errand_finds_nothing_to_do_in_an_empty_installation(
    keys: WorkerKeys, tmp_path: Path, db: None
) -> None:
    assert ErrandThread(keys.keyring, tmp_path, ERRANDS).round() == 0


class Ended(BaseException):
    """Neither an Exception nor an order to stop."""


def fail(_: WorkerKeys) -> int:
    raise RuntimeError


def end(_: WorkerKeys) -> int:
    raise Ended


@pytest.mark.parametrize("broken", [fail, end, panic])
def test_an_errand_that_fails_is_logged_and_the_others_go_on(
    keys: WorkerKeys,
    tmp_path: Path,
    transactional_db: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    broken: Errand,
) -> None:
    monkeypatch.setattr(errands, "AFTER_A_FAULT_SECONDS", 0)
    assert ErrandThread(keys.keyring, tmp_path, [broken, lambda _: 1]).round() == 1
    assert caplog.messages == ["An errand of the worker failed and is tried again."]
    NoRequestDetails().filter(caplog.records[0])
    assert "all-zero" not in (caplog.records[0].exc_text or "")


@pytest.mark.parametrize("order", [KeyboardInterrupt, SystemExit])
def test_an_order_to_stop_is_obeyed(
    keys: WorkerKeys, tmp_path: Path, order: type[BaseException]
) -> None:
    def stop(_: WorkerKeys) -> int:
        raise order

    with pytest.raises(order):
        ErrandThread(keys.keyring, tmp_path, [stop]).round()


def test_a_key_that_breaks_the_library_stops_one_file_and_nobody_elses(
    keys: WorkerKeys, tmp_path: Path, transactional_db: None
) -> None:
    letter = published_letter(keys)
    red, green = joined(letter, "red"), joined(letter, "green")
    with_key(red)
    with_key(green)
    Partner.objects.filter(pk=red.pk).update(recipient=ZERO)
    red.refresh_from_db()
    orders = [order_file(partner, actor="Ana") for partner in (red, green)]

    thread = ErrandThread(keys.keyring, tmp_path)
    for _ in orders:
        thread.round()

    for order in orders:
        order.refresh_from_db()
    assert [(order.state, order.outcome) for order in orders] == [
        ("failed", "no partner key"),
        ("done", ""),
    ]
    clear_folder(media_folder("partners"))


def test_it_shows_that_it_is_alive_before_each_errand(keys: WorkerKeys, tmp_path: Path) -> None:
    seen: list[datetime | None] = []

    def errand(_: WorkerKeys) -> int:
        seen.append(Heartbeat(tmp_path, "errands").last())
        return 0

    ErrandThread(keys.keyring, tmp_path, [errand]).round()
    assert seen != [None]
    assert Heartbeat(tmp_path).last() is None


def test_it_goes_on_while_there_is_something_and_rests_when_not(
    keys: WorkerKeys, tmp_path: Path, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errands, "IDLE_SECONDS", 0.01)
    left, rested = [1, 1, 0], threading.Event()

    def errand(_: WorkerKeys) -> int:
        if left:
            return left.pop(0)
        rested.set()
        return 0

    thread = ErrandThread(keys.keyring, tmp_path, [errand])
    thread.start()
    assert rested.wait(timeout=10)
    began = time.monotonic()
    thread.stop()
    assert time.monotonic() - began < 5
