"""The log beside an SQLite database: what was erased must not stay in it.

SQLite writes each change into `db.sqlite3-wal` and copies it into the database later. The log is
then written over from its start, and not shortened: a page with a name that was erased since may
lie in it for as long as little else is written. So the worker empties it, whoever erased or hid.
https://sqlite.org/pragma.html#pragma_wal_checkpoint
"""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection

log = logging.getLogger(__name__)

EMPTY_EVERY_SECONDS = 60.0
AGAIN_AFTER_SECONDS = 5.0
# For readers of an earlier moment; those who sign wait as long.
PATIENCE_MILLISECONDS = 200


class WriteLog:
    """A duty of the worker that holds the lease."""

    def __init__(self) -> None:
        self._due_at = float("-inf")

    def empty(self) -> int:
        """Once a minute, and again soon if somebody was reading. Returns 0: nothing follows."""
        clock = time.monotonic()
        if connection.vendor == "sqlite" and clock >= self._due_at:
            is_done = empty_log(connection)
            self._due_at = clock + (EMPTY_EVERY_SECONDS if is_done else AGAIN_AFTER_SECONDS)
        return 0


def empty_log(database: Any) -> bool:
    """Copy all of it into the database and cut it to nothing; False if somebody was in the way.

    `database`: a connection of `config.sqlite`, outside a transaction.
    """
    path = Path(f"{database.settings_dict['NAME']}-wal")
    if database.is_in_memory_db() or not path.exists() or not path.stat().st_size:
        return True
    with database.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MILLISECONDS}")
        try:
            is_busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except OperationalError:
            is_busy = True  # a table of this very connection is being read
        finally:
            cursor.execute(f"PRAGMA busy_timeout={patience}")
    return not is_busy
