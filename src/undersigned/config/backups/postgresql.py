"""Back up and restore PostgreSQL with its own programs, `pg_dump` and `pg_restore`."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from undersigned.config.backups.refusals import (
    AnotherDatabase,
    DatabaseToolFailed,
    NotEmpty,
    StillRunning,
)


@contextmanager
def one_moment() -> Iterator[str]:
    """A transaction that sees one moment, and the name under which `dump` sees the same one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        [name] = cursor.fetchone()
        yield name


def dump(target: Path, snapshot: str) -> None:
    """Write `pg_dump`'s custom format. Raises DatabaseToolFailed."""
    _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")


def describe() -> tuple[tuple[str, ...], dict[str, int]]:
    """The applied migrations, as `app.name`, and the number of rows in each table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        migrations = tuple(name for (name,) in cursor.fetchall())
        rows = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            [rows[table]] = cursor.fetchone()
    return migrations, rows


def check_ready() -> None:
    """Raises NotEmpty unless the database has no tables, and StillRunning if others use it.

    To be asked while this process holds the worker's lease, which is a session of its own.
    """
    with _alone() as session:
        [tables] = _row(
            session,
            "SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
            "WHERE relkind IN ('r', 'p') AND nspname NOT IN ('pg_catalog', 'information_schema')",
        )
        [others] = _row(
            session,
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'",
        )
    if tables:
        raise NotEmpty(
            "The database that DATABASE_URL names has tables already. Make a new one with "
            "createdb, let DATABASE_URL name it, and restore there. Nothing was changed."
        )
    if others > 1:
        raise StillRunning(
            "Something is connected to the database. Stop the web and the worker first, "
            "then restore."
        )


def restore(source: Path) -> None:
    """All of a dump or nothing. Raises DatabaseToolFailed."""
    _run(
        "pg_restore",
        *("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"),
        str(source),
    )


def check_vendor(theirs: str, ours: str) -> None:
    """Raises AnotherDatabase."""
    if theirs != ours:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise AnotherDatabase(
            f"This is a backup of {names.get(theirs, theirs)}, and the installation uses "
            f"{names[ours]}. Set DATABASE_URL to a PostgreSQL database, or leave it empty for "
            "SQLite, as it was when the backup was made. Nothing was changed."
        )


@contextmanager
def _alone() -> Iterator[psycopg.Connection[Any]]:
    """A session outside Django's pool, which keeps others open."""
    password = connection.settings_dict["PASSWORD"] or None
    with psycopg.connect(_conninfo(), password=password) as session:
        yield session


def _row(session: psycopg.Connection[Any], query: str) -> Any:
    return session.execute(query).fetchone()


def _conninfo() -> str:
    """How libpq's programs find the database; without the password, which others could see."""
    settings = connection.settings_dict
    options = {name: value for name, value in settings["OPTIONS"].items() if name != "pool"}
    named = {
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "host": settings["HOST"],
        "port": settings["PORT"],
    }
    return make_conninfo(**options, **{name: value for name, value in named.items() if value})


def _run(program: str, *words: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise DatabaseToolFailed(
            f"{program} is not installed. It comes with PostgreSQL: install "
            "postgresql-client of the server's version or a later one."
        )
    password = connection.settings_dict["PASSWORD"]
    environ = {**os.environ, "PGPASSWORD": password} if password else None
    done = subprocess.run(  # noqa: S603  PostgreSQL's own program
        [found, f"--dbname={_conninfo()}", *words],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        # The first line only: further ones may repeat a row.
        reason = (done.stderr.strip().splitlines() or ["without a word"])[0]
        raise DatabaseToolFailed(f"{program} failed: {reason[:300]}")
