"""Django's SQLite backend with a blocking file lock around write transactions.

SQLite lets one process write at a time; a process that must wait sleeps and tries again, which
under load wastes most of the time and is unfair. A `flock` on a file beside the database hands
over at once. It is released by the kernel when a process dies.

The overridden methods are the backend's own; the type stubs leave them out.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import stat
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite whose `atomic` blocks wait in a queue of the kernel's instead of polling."""

    _lock: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        # A failed commit keeps the turn: Django rolls back next, and that ends it.
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _take_turn(self) -> None:
        if self.is_in_memory_db():
            return
        path = f"{self.settings_dict['NAME']}-turn"
        try:
            self._lock = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            make_file(Path(path))
            self._lock = os.open(path, os.O_RDWR)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def _end_turn(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock)

    def get_new_connection(self, conn_params: Any) -> Any:
        # The database holds sealed addresses and public names; still, nobody else's to read.
        if not self.is_in_memory_db():
            make_file(Path(self.settings_dict["NAME"]))
        return super().get_new_connection(conn_params)


def make_file(path: Path) -> None:
    """Make an empty file unless there is one, readable for nobody else.

    In a folder that is shared on purpose (the set-group-id bit, and its group may write) the
    file is the group's too: web and worker may be two users. SQLite gives the log beside the
    database the database's own mode.

    A file that is there is never opened, not even for a moment: to close any handle on a database
    cancels all locks that SQLite has on it in this process, and then the next process that
    disconnects deletes the log, with what was committed to it (https://sqlite.org/howtocorrupt.html,
    section 2.2).
    """
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        folder = path.parent.stat().st_mode
        if folder & stat.S_ISGID and folder & stat.S_IWGRP:
            os.fchmod(handle, 0o660)  # whatever the umask
    finally:
        os.close(handle)
    try:
        # A link, not a rename: of two processes that start together the first one's file stays.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
