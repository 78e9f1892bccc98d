"""One worker at a time for duties that must not be done twice at once.

SQLite: a lock on a file; PostgreSQL: an advisory lock of the session. Both end with the process
that holds them, however it ends.
"""

from __future__ import annotations

import fcntl
import logging
import os
import zlib
from pathlib import Path
from typing import Any

from django.db import Error, connection

log = logging.getLogger(__name__)


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

    def is_held(self) -> bool:
        """Whether a process has the lease, without taking it. Raises PermissionError."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT EXISTS (SELECT 1 FROM pg_locks JOIN pg_database d ON d.oid = database "
                    "WHERE locktype = 'advisory' AND datname = current_database() "
                    "AND classid = 0 AND objid = %s AND granted)",
                    [self._number()],
                )
                return bool(cursor.fetchone()[0])
        try:
            handle = os.open(self._path, os.O_RDONLY)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

    def give_back(self) -> None:
        """Let another process have it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if self._session is not None:
            session, self._session = self._session, None
            try:
                # A closed session gives its lock up when the server gets round to it; this at once.
                with session.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [self._number()])
            except Error:
                log.info("The session of a lease was gone before it was given back.")
            finally:
                session.close()

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
                [self._number()],
            )
            (held,) = cursor.fetchone()
        if not held:
            session.close()
            return False
        self._session = session
        return True

    def _number(self) -> int:
        """What stands for the name in PostgreSQL: 32 bits."""
        return zlib.crc32(f"undersigned {self._name}".encode())
