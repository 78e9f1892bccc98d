"""What one process has committed is there for all others, whoever connects and disconnects."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from undersigned.config.sqlite.base import DatabaseWrapper

READ_AND_LEAVE = """
import sqlite3, sys
there = sqlite3.connect(sys.argv[1])
print(*(word for (word,) in there.execute("SELECT word FROM said ORDER BY rowid")))
there.close()
"""

pytestmark = pytest.mark.skipif(
    settings.ENV.database_url != "", reason="about SQLite; these tests run on PostgreSQL"
)


@pytest.fixture
def database(tmp_path: Path) -> dict[str, Any]:
    """Settings of a database of its own."""
    return {**connection.settings_dict, "NAME": tmp_path / "db.sqlite3"}


def read_from_another_process(path: Path) -> str:
    """The words that another process finds before it disconnects."""
    command = [sys.executable, "-c", READ_AND_LEAVE, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_second_connection_does_not_cost_the_first_its_locks(database: dict[str, Any]) -> None:
    """It did when making sure of the file's mode opened and closed it: the log was deleted."""
    path = database["NAME"]
    with closing(sqlite3.connect(path, autocommit=True)) as first:
        first.execute("PRAGMA journal_mode=WAL")
        first.execute("CREATE TABLE said (word)")
        first.execute("INSERT INTO said VALUES ('before')")
        backend = DatabaseWrapper(database)
        with closing(backend.get_new_connection(backend.get_connection_params())) as second:
            second.execute("SELECT word FROM said")
        assert read_from_another_process(path) == "before"

        first.execute("INSERT INTO said VALUES ('after')")

        assert read_from_another_process(path) == "before after"
