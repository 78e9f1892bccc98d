"""Django's SQLite backend with a blocking file lock around write transactions.

SQLite lets one process write at a time; a process that must wait sleeps and tries again, which
under load wastes most of the time and is unfair. A `flock` on a file beside the database hands
over at once. It is released by the kernel when a process dies.
"""

from __future__ import annotations

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite whose `atomic` blocks wait in a queue of the kernel's instead of polling."""

    _lock: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()
        # A failed commit keeps the turn: Django rolls back next, and that ends it.
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._end_turn()

    def _close(self) -> None:
        super()._close()
        self._end_turn()

    def _take_turn(self) -> None:
        if self.is_in_memory_db():
            return
        self._lock = os.open(f"{self.settings_dict['NAME']}-turn", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def _end_turn(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock)

    def get_new_connection(self, conn_params: Any) -> Any:
        # The database holds sealed addresses and public names; still, nobody else's to read.
        if not self.is_in_memory_db():
            os.close(os.open(self.settings_dict["NAME"], os.O_RDWR | os.O_CREAT, 0o600))
        return super().get_new_connection(conn_params)
