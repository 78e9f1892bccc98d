"""Processes that write at once: each has its turn, and none is told that the database is busy."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from undersigned.config.sqlite.base import DatabaseWrapper

pytestmark = [
    pytest.mark.skipif(
        settings.ENV.database_url != "", reason="about SQLite; these tests run on PostgreSQL"
    ),
    pytest.mark.django_db(transaction=True),
]

WRITER = """
import sys
import django
django.setup()
from django.db import connection, transaction
connection.settings_dict["NAME"] = sys.argv[1]
connection.settings_dict["OPTIONS"]["timeout"] = 0  # without a turn, waiting is a failure
for number in range(200):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM said")
        cursor.execute("INSERT INTO said VALUES (%s)", [sys.argv[2]])
print("done")
"""


@pytest.fixture
def database(tmp_path: Path) -> Any:
    """A connection of its own to a database of its own."""
    found = DatabaseWrapper({**connection.settings_dict, "NAME": tmp_path / "db.sqlite3"})
    found.inc_thread_sharing()
    with found.cursor() as cursor:
        cursor.execute("CREATE TABLE said (word)")
    yield found
    found.close()


def is_somebodys_turn(path: Path) -> bool:
    handle = os.open(f"{path}-turn", os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def test_two_processes_write_at_once_and_neither_is_told_to_wait(
    database: DatabaseWrapper, tmp_path: Path
) -> None:
    path = tmp_path / "db.sqlite3"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("first", "second")
    ]
    answers = [writer.communicate() for writer in writers]
    assert answers == [("done\n", "")] * 2
    with closing(sqlite3.connect(path)) as reader:
        [(total,)] = reader.execute("SELECT count(*) FROM said")
    assert total == 400


def test_a_turn_ends_with_its_transaction_whatever_becomes_of_it(
    database: DatabaseWrapper, tmp_path: Path
) -> None:
    path = tmp_path / "db.sqlite3"

    def begin() -> None:
        database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert is_somebodys_turn(path)

    begin()
    database.commit()
    assert not is_somebodys_turn(path)
    database.set_autocommit(True)
    begin()
    database.rollback()
    assert not is_somebodys_turn(path)
    database.set_autocommit(True)
    begin()
    database.close()
    assert not is_somebodys_turn(path)


def test_a_transaction_that_cannot_begin_ends_its_turn(
    database: DatabaseWrapper, tmp_path: Path
) -> None:
    path = tmp_path / "db.sqlite3"
    with database.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(path, autocommit=True)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")  # not one of us: takes no turn
        with pytest.raises((DatabaseError, sqlite3.OperationalError)):
            database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert not is_somebodys_turn(path)


def test_a_database_in_memory_has_no_neighbours() -> None:
    memory = DatabaseWrapper({**connection.settings_dict, "NAME": ":memory:"})
    memory.inc_thread_sharing()
    with memory.cursor() as cursor:
        cursor.execute("CREATE TABLE said (word)")
    memory.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    memory.commit()
    memory.connection.close()  # Django leaves it open: to close it would drop all tables
    assert not Path(":memory:-turn").exists()


def test_the_installations_own_transactions_take_turns() -> None:
    path = Path(connection.settings_dict["NAME"])
    with transaction.atomic():
        assert is_somebodys_turn(path)
        with transaction.atomic():
            assert is_somebodys_turn(path)
    assert not is_somebodys_turn(path)
