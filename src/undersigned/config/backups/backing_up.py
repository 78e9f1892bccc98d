"""Make a backup: a copy of one moment, hashed, archived and encrypted in one go."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.db import connection

from undersigned.config.backups import archive, postgresql, sqlite
from undersigned.config.backups.encryption import Lock
from undersigned.config.backups.last import remember
from undersigned.config.backups.manifest import DATABASE, KEYS, Manifest
from undersigned.config.backups.piping import writing_to
from undersigned.config.backups.places import working_folder
from undersigned.config.backups.refusals import Busy, DiskFull, Refused
from undersigned.config.journal import Journal
from undersigned.config.lease import Lease
from undersigned.teams.installation import INSTALLATION
from undersigned.teams.models import Installation

SQLITE_NAME = "database.sqlite3"
POSTGRESQL_NAME = "database.pgdump"
MEDIA = "media"
# Files of signatories on their way out: they end after a day, and open with a key of the web's.
EXPORTS = "exports"
# Files for partners, encrypted to them: after a restore, new ones are made.
PARTNERS = "partners"

# Told the step, and how much of it is done, of how much.
Report = Callable[[str, int, int], None]


class NoKeys(Refused):
    """There are no keys that this user could read."""


def back_up_database(
    data: Path, lock: Lock, output: BinaryIO, now: datetime, report: Report
) -> Manifest:
    """Write database and media, encrypted. The site goes on meanwhile.

    Raises a Refused or OSError; then what was written to `output` is worth nothing.
    """
    with _one_at_a_time(data), working_folder(data, "backup") as folder:
        if connection.vendor == "postgresql":
            manifest, copied = _copy_postgresql(folder, now, report)
        else:
            manifest, copied = _copy_sqlite(folder, now, report)
        members = [copied, *_files(data / MEDIA, MEDIA, leave_out=(EXPORTS, PARTNERS))]
        # It has all that the database had then; `restore` looks for that. Before the archive is
        # whole: whoever has one, however we end, finds a journal that goes beyond it.
        Journal(data).note_backup(now)
        _write(output, lock, manifest, members, report)
    remember(data, DATABASE, now)
    Installation.objects.filter(pk=1).update(last_backup_at=now)
    return manifest


def back_up_keys(
    data: Path, lock: Lock, output: BinaryIO, now: datetime, report: Report
) -> Manifest:
    """Write the worker's private keys, encrypted. Raises NoKeys; else as `back_up_database`."""
    members = list(_files(data / "keys", "keys"))
    if not members:
        raise NoKeys(
            f"There are no keys in {data / 'keys'}. Run this as the worker's user, "
            "and see that --data names the right folder."
        )
    letters = tuple(
        path.name
        for name, path in members
        if name.startswith("keys/letters/") and path.name != str(INSTALLATION)
    )
    manifest = Manifest(kind=KEYS, at=now.isoformat(), letters=letters)
    _write(output, lock, manifest, members, report)
    remember(data, KEYS, now)
    return manifest


def _copy_sqlite(folder: Path, now: datetime, report: Report) -> tuple[Manifest, tuple[str, Path]]:
    target = folder / SQLITE_NAME
    target.touch(mode=0o600)
    size = Path(connection.settings_dict["NAME"]).stat().st_size
    if shutil.disk_usage(folder).free < size:
        raise DiskFull(sqlite.NO_ROOM)
    connection.ensure_connection()
    sqlite.copy(
        connection.connection,
        target,
        lambda done, total: report("Copying the database", done, total),
    )
    migrations, rows = sqlite.describe(target)
    manifest = Manifest(
        kind=DATABASE, at=now.isoformat(), vendor="sqlite", migrations=migrations, rows=rows
    )
    return manifest, (SQLITE_NAME, target)


def _copy_postgresql(
    folder: Path, now: datetime, report: Report
) -> tuple[Manifest, tuple[str, Path]]:
    target = folder / POSTGRESQL_NAME
    target.touch(mode=0o600)
    report("Copying the database", 0, 1)
    with postgresql.one_moment() as moment:
        migrations, rows = postgresql.describe()
        postgresql.dump(target, moment)
    report("Copying the database", 1, 1)
    manifest = Manifest(
        kind=DATABASE, at=now.isoformat(), vendor="postgresql", migrations=migrations, rows=rows
    )
    return manifest, (POSTGRESQL_NAME, target)


def _write(
    output: BinaryIO,
    lock: Lock,
    manifest: Manifest,
    members: list[tuple[str, Path]],
    report: Report,
) -> None:
    total = sum(path.stat().st_size for _, path in members)
    done = 0

    def took(size: int) -> None:
        nonlocal done
        done += size
        report("Encrypting", done, total)

    with writing_to(lambda reader: lock.encrypt(reader, output)) as plain:
        archive.write(plain, manifest, members, took)


def _files(
    folder: Path, name: str, *, leave_out: tuple[str, ...] = ()
) -> Iterator[tuple[str, Path]]:
    """Every file below a folder, by its name in the archive; drafts and links are left out."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in leave_out)
        for file in sorted(files):
            path = Path(parent) / file
            if not file.startswith(".") and not path.is_symlink():
                yield f"{name}/{path.relative_to(folder).as_posix()}", path


@contextmanager
def _one_at_a_time(data: Path) -> Iterator[None]:
    """Two at once would need the room of two copies, and clear each other's away."""
    lease = Lease("backup", data)
    if not lease.hold():
        raise Busy("Another backup is being made right now. Wait until it has ended.")
    try:
        yield
    finally:
        lease.give_back()
