"""The worker's sign of life."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from undersigned.config.heartbeat import EVERY_SECONDS, Heartbeat

LONG_AGO = 1_000_000_000


def test_it_says_when_the_worker_last_worked(tmp_path: Path) -> None:
    heart = Heartbeat(tmp_path)
    assert heart.last() is None
    heart.beat()
    last = heart.last()
    assert last is not None
    assert datetime.now(UTC) - last < timedelta(seconds=10)


def test_it_beats_now_and_then_only(tmp_path: Path) -> None:
    heart = Heartbeat(tmp_path)
    heart.beat()
    [file] = tmp_path.iterdir()
    os.utime(file, (LONG_AGO, LONG_AGO))
    heart.beat()
    assert heart.last() == datetime.fromtimestamp(LONG_AGO, UTC)
    heart._beat_at -= EVERY_SECONDS
    heart.beat()
    assert heart.last() != datetime.fromtimestamp(LONG_AGO, UTC)


def test_a_folder_that_is_gone_stops_no_worker(tmp_path: Path) -> None:
    Heartbeat(tmp_path / "gone").beat()
    assert [*tmp_path.iterdir()] == []


def test_each_has_a_sign_of_its_own(tmp_path: Path) -> None:
    Heartbeat(tmp_path, "errands").beat()
    assert [path.name for path in tmp_path.iterdir()] == ["errands.alive"]
    assert Heartbeat(tmp_path).last() is None
