"""Copy a SQLite database while the site writes to it, and look at a copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from undersigned.config.backups.refusals import DiskFull, NotABackup

PAGES_AT_ONCE = 2048  # 8 MB of the usual pages between two looks at the progress

NO_ROOM = (
    "The disk is full: a backup needs room for a copy of the database beside it. "
    "Nothing was left behind."
)


def copy(source: sqlite3.Connection, target: Path, report: Callable[[int, int], None]) -> None:
    """Copy the database as it is at one moment; whoever writes meanwhile is not held up.

    `source` is the program's own connection: the file itself is never opened (docs/decisions/0002).
    `target` is an empty file. `report` is told how many pages are done, of how many.
    Raises DiskFull.
    """
    # A transaction that reads pins the moment. Without one, SQLite would begin the copy anew
    # each time somebody else commits, and never end on a busy site.
    source.execute("BEGIN DEFERRED")
    try:
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        with closing(sqlite3.connect(target)) as copied:
            source.backup(
                copied,
                pages=PAGES_AT_ONCE,
                progress=lambda status, left, total: report(total - left, total),
            )
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise DiskFull(NO_ROOM) from None
        raise
    finally:
        source.execute("ROLLBACK")


def describe(path: Path) -> tuple[tuple[str, ...], dict[str, int]]:
    """The applied migrations, as `app.name`, and the number of rows in each table of a copy."""
    with closing(sqlite3.connect(path)) as database:
        migrations = database.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        tables = database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "ORDER BY name"
        ).fetchall()
        rows = {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in tables
        }
        return tuple(name for (name,) in migrations), rows


def check(path: Path) -> None:
    """Raises NotABackup if a copy is not a sound database."""
    try:
        with closing(sqlite3.connect(path)) as database:
            [(first,), *_] = database.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.DatabaseError:
        first = "no database"
    if first != "ok":
        raise NotABackup(
            "The database in this backup is damaged, although the file is as it was written. "
            "Nothing was changed; use another backup."
        )


def is_database(path: Path) -> bool:
    """Whether there is a file that is a database, damaged elsewhere or not."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path)) as database:
            database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.DatabaseError:
        return False
    return True


def is_open_elsewhere(path: Path) -> bool:
    """Whether another connection, of whatever program, has the database open right now.

    To be asked only while this process has no connection to it: closing one of two would take
    the other's locks.
    """
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=0, autocommit=True)) as database:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            database.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorcode == sqlite3.SQLITE_BUSY  # else: no database to be open
    return False
