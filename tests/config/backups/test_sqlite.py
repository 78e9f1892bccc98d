"""Copies of a SQLite database while others write to it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from undersigned.config.backups import sqlite
from undersigned.config.backups.refusals import DiskFull, NotABackup

HOLD_OPEN = """
import sqlite3, sys
there = sqlite3.connect(sys.argv[1])
there.execute("SELECT count(*) FROM said").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database in the mode that ours is in, with some pages."""
    path = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(path, autocommit=True)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE said (word)")
        made.execute("CREATE TABLE django_migrations (app, name)")
        made.execute("INSERT INTO django_migrations VALUES ('letters', '0001_initial')")
        made.executemany("INSERT INTO said VALUES (?)", [("x" * 3000,)] * 40)
    return path


def test_the_copy_is_of_one_moment_whoever_writes_meanwhile(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PAGES_AT_ONCE", 5)
    target = tmp_path / "copy"
    steps: list[tuple[int, int]] = []
    with (
        closing(sqlite3.connect(path, autocommit=True)) as source,
        closing(sqlite3.connect(path, autocommit=True)) as writer,
    ):

        def write_between(done: int, total: int) -> None:
            steps.append((done, total))
            # First and last pages change, and the file grows.
            writer.execute("UPDATE said SET word = 'changed'")
            writer.execute("INSERT INTO said VALUES (?)", ["new" * 3000])

        sqlite.copy(source, target, write_between)
        assert source.execute("SELECT count(*) FROM said").fetchone() == (40 + len(steps),)
    sqlite.check(target)
    assert len(steps) > 5
    assert steps[-1][0] == steps[-1][1]
    with closing(sqlite3.connect(target)) as copied:
        assert copied.execute("SELECT DISTINCT word FROM said").fetchall() == [("x" * 3000,)]
    assert sqlite.describe(target) == (
        ("letters.0001_initial",),
        {"django_migrations": 1, "said": 40},
    )


def test_a_full_disk_is_said(path: Path, tmp_path: Path) -> None:
    class Full(sqlite3.Connection):
        def backup(self, *_: object, **__: object) -> None:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

    with closing(sqlite3.connect(path, autocommit=True, factory=Full)) as source:
        with pytest.raises(DiskFull, match="The disk is full"):
            sqlite.copy(source, tmp_path / "copy", lambda done, total: None)
        assert not source.in_transaction


def test_another_fault_is_not_taken_for_a_full_disk(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path, autocommit=True)) as source:
        with pytest.raises(sqlite3.OperationalError, match="unable to open"):
            sqlite.copy(source, tmp_path / "no folder" / "copy", lambda done, total: None)
        assert not source.in_transaction


def test_a_damaged_database_is_said(path: Path, tmp_path: Path) -> None:
    sqlite.check(path)
    whole = path.read_bytes()
    torn = tmp_path / "torn"
    torn.write_bytes(whole[:8192] + bytes(4096) + whole[12288:])
    noise = tmp_path / "noise"
    noise.write_bytes(b"not a database at all" * 500)
    for damaged in (torn, noise):
        with pytest.raises(NotABackup, match="The database in this backup is damaged"):
            sqlite.check(damaged)


def test_it_sees_whether_another_process_has_it_open(path: Path, tmp_path: Path) -> None:
    assert not sqlite.is_open_elsewhere(path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_OPEN, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        assert sqlite.is_open_elsewhere(path)
        other.kill()
        other.wait()
    assert not sqlite.is_open_elsewhere(path)
    assert not sqlite.is_open_elsewhere(tmp_path / "missing")
    assert not (tmp_path / "missing").exists()
    (tmp_path / "noise").write_bytes(b"not a database at all" * 500)
    assert not sqlite.is_open_elsewhere(tmp_path / "noise")
