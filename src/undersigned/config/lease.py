"""One worker at a time for duties that must not be done twice at once.

SQLite: a lock on a file; PostgreSQL: an advisory lock of the session. Both end with the process
that holds them, however it ends.
"""

from __future__ import annotations

import fcntl
import os
import zlib
from pathlib import Path
from typing import Any

from django.db import connection


class Lease:
    """A named right, held by at most one process of the installation."""

    def __init__(self, name: str, folder: Path) -> None:
        self._name = name
        self._path = folder / f"{name}.lease"
        self._file: int | None = None
        self._session: Any = None

    def hold(self) -> bool:
        """True if this process has the lease now; does not wait."""
        if connection.vendor == "postgresql":
            return self._hold_in_database()
        if self._file is not None:
            return True
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._file = handle
        return True

    def give_back(self) -> None:
        """Let another process have it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if self._session is not None:
            self._session.close()
            self._session = None

    def _hold_in_database(self) -> bool:
        """A session of its own: the lock must not come and go with pooled connections."""
        if self._session is not None:
            try:
                self._session.ensure_connection()
                with self._session.cursor() as cursor:
                    cursor.execute("SELECT 1")
            except Exception:
                self.give_back()
                raise
            return True
        session = connection.copy()
        session.settings_dict = {
            **session.settings_dict,
            "OPTIONS": {**session.settings_dict["OPTIONS"], "pool": False},
        }
        with session.cursor() as cursor:
            cursor.execute(
                "SELECT pg_try_advisory_lock(%s)",
                [zlib.crc32(f"undersigned {self._name}".encode())],
            )
            (held,) = cursor.fetchone()
        if not held:
            session.close()
            return False
        self._session = session
        return True
