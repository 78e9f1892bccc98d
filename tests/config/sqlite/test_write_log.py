"""What was erased is not left in the log beside the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from undersigned.config.sqlite import write_log
from undersigned.config.sqlite.base import DatabaseWrapper
from undersigned.config.sqlite.write_log import WriteLog, empty_log

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        settings.ENV.database_url != "", reason="about SQLite; these tests run on PostgreSQL"
    ),
]
NAME = "Canary Nightingale"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "db.sqlite3"


@pytest.fixture
def worker(path: Path) -> Iterator[Any]:
    """The worker's connection to a database in which a name was listed, and erased since."""
    ours = settings.DATABASES["default"]
    database = DatabaseWrapper({**connection.settings_dict, **ours, "NAME": path})
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE listed (name)")
        cursor.execute("INSERT INTO listed VALUES (%s)", [NAME])
        cursor.execute("UPDATE listed SET name = ''")
    yield database
    database.close()


def holds_the_name(path: Path) -> dict[str, bool]:
    files = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    return {name: NAME.encode() in files[name] for name in ("db.sqlite3", "db.sqlite3-wal")}


def test_what_was_erased_is_on_the_disk_no_more(path: Path, worker: Any) -> None:
    assert holds_the_name(path) == {"db.sqlite3": False, "db.sqlite3-wal": True}
    assert empty_log(worker)
    assert holds_the_name(path) == {"db.sqlite3": False, "db.sqlite3-wal": False}
    assert (path.parent / "db.sqlite3-wal").stat().st_size == 0
    assert empty_log(worker)  # with nothing in it


def test_whoever_reads_an_earlier_moment_is_in_the_way_and_later_it_goes(
    path: Path, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_log, "PATIENCE_MILLISECONDS", 1)
    with closing(sqlite3.connect(path, autocommit=True)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM listed").fetchall()
        with worker.cursor() as cursor:
            cursor.execute("INSERT INTO listed VALUES ('another')")
        assert not empty_log(worker)
        with worker.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone() == (30_000,)
        reader.execute("COMMIT")
    assert empty_log(worker)
    assert holds_the_name(path) == {"db.sqlite3": False, "db.sqlite3-wal": False}


def test_its_own_reading_is_in_the_way_too(worker: Any) -> None:
    with worker.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT * FROM listed").fetchall()
        assert not empty_log(worker)
        cursor.execute("COMMIT")
    assert empty_log(worker)


def test_in_memory_there_is_none(worker: Any) -> None:
    assert empty_log(DatabaseWrapper({**worker.settings_dict, "NAME": ":memory:"}))


def test_once_a_minute_and_sooner_after_a_refusal(
    worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, True, True])
    asked: list[float] = []
    clock = [100.0]

    def empty(_: Any) -> bool:
        asked.append(clock[0])
        return next(answers)

    monkeypatch.setattr(write_log, "connection", worker)
    monkeypatch.setattr(write_log, "empty_log", empty)
    monkeypatch.setattr("undersigned.config.sqlite.write_log.time.monotonic", lambda: clock[0])
    duty = WriteLog()
    for clock[0] in (100.0, 101.0, 105.0, 150.0, 165.0):
        assert duty.empty() == 0
    assert asked == [100.0, 105.0, 165.0]


def test_on_postgresql_there_is_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    class Elsewhere:
        vendor = "postgresql"

    monkeypatch.setattr(write_log, "connection", Elsewhere())
    assert WriteLog().empty() == 0
