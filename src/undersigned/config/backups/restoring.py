"""Restore a backup: unpack and check all of it, and only then put it into its place."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from undersigned.config import presence
from undersigned.config.backups import archive, postgresql, sqlite, unfinished
from undersigned.config.backups.backing_up import MEDIA, POSTGRESQL_NAME, SQLITE_NAME, Report
from undersigned.config.backups.catching_up import CaughtUp, Journals, database_at
from undersigned.config.backups.encryption import Key
from undersigned.config.backups.manifest import KEYS, Manifest
from undersigned.config.backups.piping import reading_from
from undersigned.config.backups.places import sync_folder, working_folder
from undersigned.config.backups.refusals import (
    DatabaseToolFailed,
    NotABackup,
    NotEmpty,
    Refused,
    StillRunning,
)
from undersigned.config.lease import Lease
from undersigned.letters.models import Letter
from undersigned.signatures.forgetting import destroy_key
from undersigned.signatures.models import Case
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import Keyring

_START = 64

BringUp = Callable[[], CaughtUp]


@dataclass(frozen=True)
class Restored:
    """What was put into its place; `aside`: where what was there before stands now."""

    manifest: Manifest
    aside: Path | None
    caught_up: CaughtUp | None = None


class NotUpdated(Refused):
    """What the backup holds could not be brought up to this version."""


def restore(
    data: Path,
    source: BinaryIO,
    key: Key,
    now: datetime,
    report: Report,
    *,
    replace: bool,
    journals: Journals,
) -> Restored:
    """Restore a backup of a database or of keys from a file that can be read twice.

    What `journals` know of the time since the backup is carried out again before anybody can see
    what was restored. Raises a Refused or OSError; then nothing has changed but what the sentence
    says.
    """
    start = source.read(_START)
    source.seek(0)
    aside = data / f"replaced-{now:%Y%m%dT%H%M%S}"
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _nobody_else(data), working_folder(data, "restore") as folder:
        check = partial(_refuse_in_time, data, replace, journals)
        manifest = _unpack(folder, source, key, start, report, check)
        if manifest.kind == KEYS:
            return Restored(manifest, aside if _place_keys(data, folder, aside) else None)
        bring_up = partial(_bring_up, data, manifest, now, report, journals)
        if manifest.vendor == "postgresql":
            moved, caught_up = _place_postgresql(data, folder, aside, report, bring_up)
        else:
            moved, caught_up = _place_sqlite(data, folder, aside, journals, bring_up)
        unfinished.unmark(data)
    return Restored(manifest, aside if moved else None, caught_up)


def _bring_up(
    data: Path, manifest: Manifest, now: datetime, report: Report, journals: Journals
) -> CaughtUp:
    """From what the backup holds to what may be shown now."""
    _update(report)
    _begin_anew()
    _forget_again(WorkerKeys(Keyring(data / "keys")), now)
    report("Repeating the journal", 0, 1)
    caught_up = journals.catch_up(manifest, now)
    report("Repeating the journal", 1, 1)
    return caught_up


@contextmanager
def _nobody_else(data: Path) -> Iterator[None]:
    """No worker begins while the block runs, and no web process runs when it begins."""
    lease = Lease("worker", data)
    # Before the database is opened below: closing one of two connections of a process would take
    # the other's locks.
    connection.close()
    try:
        if (
            not lease.hold()
            or presence.is_anybody_there(data)
            or any(sqlite.is_open_elsewhere(path) for path in _database_files()[:1])
        ):
            raise StillRunning(
                f"A web process or a worker uses {data}. Stop both first, then restore. "
                "Nothing was changed."
            )
        yield
    finally:
        lease.give_back()


def _refuse_in_time(data: Path, replace: bool, journals: Journals, manifest: Manifest) -> None:
    """What the manifest tells is said before anything large is unpacked."""
    if manifest.kind == KEYS:
        _refuse_occupied([data / "keys"], "keys", replace=replace)
        return
    loader = MigrationLoader(None)
    manifest.check_migrations({f"{app}.{name}" for app, name in loader.disk_migrations})
    postgresql.check_vendor(manifest.vendor, connection.vendor)
    places = [data / MEDIA]
    if manifest.vendor == "postgresql":
        postgresql.check_ready()
    else:
        places += _database_files()[:1]
    _refuse_occupied(places, "a database or media", replace=replace)
    journals.check(manifest)


def _refuse_occupied(places: list[Path], what: str, *, replace: bool) -> None:
    if not replace and any(_holds_files(place) for place in places):
        raise NotEmpty(
            f"There are {what} in {places[0].parent} already. Restore to another folder with "
            "--data, or say --replace to have what is there moved aside. Nothing was changed."
        )


def _holds_files(place: Path) -> bool:
    return place.is_file() or any(path.is_file() for path in place.rglob("*"))


def _unpack(
    folder: Path,
    source: BinaryIO,
    key: Key,
    start: bytes,
    report: Report,
    check: Callable[[Manifest], None],
) -> Manifest:
    """Decrypt into `folder`, and compare the hashes."""
    total, done = os.fstat(source.fileno()).st_size, 0

    def took(size: int) -> None:
        nonlocal done
        done += size
        report("Opening and checking", min(done, total), total)

    with reading_from(lambda writer: key.decrypt(source, writer, start)) as plain:
        return archive.read(plain, folder, check, took)


def _place_sqlite(
    data: Path, folder: Path, aside: Path, journals: Journals, bring_up: BringUp
) -> tuple[bool, CaughtUp]:
    _refuse_unexpected(folder, {SQLITE_NAME, MEDIA})
    database = folder / SQLITE_NAME
    sqlite.check(database)
    if sqlite.is_database(_database_files()[0]):
        journals.gather_waiting()
    with database_at(database):
        caught_up = bring_up()
    moved = _move_aside(_database_files(), aside)
    moved |= _place_media(data, folder, aside)
    database.chmod(_shared_mode(data))
    # Last: where there is a database, there is everything.
    database.rename(connection.settings_dict["NAME"])
    sync_folder(data)
    return moved, caught_up


def _place_postgresql(
    data: Path, folder: Path, aside: Path, report: Report, bring_up: BringUp
) -> tuple[bool, CaughtUp]:
    _refuse_unexpected(folder, {POSTGRESQL_NAME, MEDIA})
    report("Filling the database", 0, 1)
    is_first = unfinished.mark(data)
    try:
        postgresql.restore(folder / POSTGRESQL_NAME)
    except DatabaseToolFailed:
        if is_first:  # the database is as empty as it was
            unfinished.unmark(data)
        raise
    report("Filling the database", 1, 1)
    caught_up = bring_up()
    return _place_media(data, folder, aside), caught_up


def _update(report: Report) -> None:
    report("Updating the database", 0, 1)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Exception as error:
        raise NotUpdated(
            f"The backup could not be brought up to this version ({type(error).__name__}). "
            "Start neither web nor worker; restore it with the version that made it."
        ) from error
    report("Updating the database", 1, 1)


def _begin_anew() -> None:
    """What was true of web and people then need not be true now."""
    # Who was signed in then may have been shown out since.
    Session.objects.all().delete()
    # Sealed to a key of the web's, which may be another one here.
    Case.objects.update(is_stale=True)


def _forget_again(keys: WorkerKeys, now: datetime) -> None:
    """Letters whose key was destroyed since: the worker empties what came back of them."""
    marked = Letter.objects.filter(pk__in=keys.keyring.destroyed(), key_destroyed_at=None)
    for letter in list(marked.values_list("pk", flat=True)):
        destroy_key(letter, keys, now)


def _place_media(data: Path, folder: Path, aside: Path) -> bool:
    moved = _move_aside([data / MEDIA], aside)
    if (folder / MEDIA).exists():
        shared = _shared_mode(data) == 0o660
        for path in [folder / MEDIA, *(folder / MEDIA).rglob("*")]:
            if shared:
                path.chmod(0o2770 if path.is_dir() else 0o660)
        (folder / MEDIA).rename(data / MEDIA)
        sync_folder(data)
    return moved


def _place_keys(data: Path, folder: Path, aside: Path) -> bool:
    _refuse_unexpected(folder, {"keys"})
    _leave_out_destroyed(data, Keyring(folder / "keys"))
    moved = _move_aside([data / "keys"], aside)
    (folder / "keys").rename(data / "keys")
    sync_folder(data)
    return moved


def _leave_out_destroyed(data: Path, restored: Keyring) -> None:
    """No key comes back that was destroyed, as the marks beside the keys or the database tell."""
    gone = Keyring(data / "keys").destroyed() | restored.destroyed()
    # Keys may be restored before there is a database to ask, or one of this version.
    if all(path.exists() for path in _database_files()[:1]):
        with suppress(DatabaseError):
            rows = Letter.objects.exclude(key_destroyed_at=None)
            gone |= set(rows.values_list("pk", flat=True))
    for letter in gone:
        restored.destroy_letter_key(letter)


def _move_aside(paths: list[Path], aside: Path) -> bool:
    """Move what is there; True if anything was. Empty folders, made by an installer, just go."""
    found = [path for path in paths if path.exists()]
    moved = False
    for path in found:
        if _holds_files(path):
            aside.mkdir(exist_ok=True, mode=0o700)
            path.rename(aside / path.name)
            moved = True
        else:
            shutil.rmtree(path)
    return moved


def _refuse_unexpected(folder: Path, names: set[str]) -> None:
    found = {path.name for path in folder.iterdir()}
    if found - names or not found & (names - {MEDIA}):
        raise NotABackup(archive.NOT_OURS.format(kept=archive.KEPT))


def _database_files() -> list[Path]:
    """SQLite's, the database itself first."""
    if connection.vendor == "postgresql":
        return []
    name = connection.settings_dict["NAME"]
    return [Path(f"{name}{suffix}") for suffix in ("", "-wal", "-shm")]


def _shared_mode(data: Path) -> int:
    """The mode of the database's file, as config/sqlite/base.py: make_file gives it."""
    mode = data.stat().st_mode
    return 0o660 if mode & stat.S_ISGID and mode & stat.S_IWGRP else 0o600
