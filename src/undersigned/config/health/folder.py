"""Whose the files in the data directory are, and how much room there is."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

_OTHERS = 0o007
_GROUP_AND_OTHERS = 0o077


def too_open(data: Path) -> tuple[str, ...] | None:
    """Files and folders that more people can use than should; None if we cannot look."""
    try:
        return tuple(_too_open(data))
    except OSError:
        return None


def _too_open(data: Path) -> Iterator[str]:
    shared = data.stat().st_mode
    is_shared = bool(shared & stat.S_ISGID and shared & stat.S_IWGRP)
    # What web and worker share, if they are two users; and what is one user's alone.
    common = _OTHERS if is_shared else _GROUP_AND_OTHERS
    if shared & _OTHERS & ~0o005:
        yield str(data)
    for name in ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "media"):
        yield from _if_open(data / name, common)
    for name in ("keys", "keys/index", "keys/letters", "web", "web/secret_key", "outbox"):
        yield from _if_open(data / name, _GROUP_AND_OTHERS)
    letters = data / "keys" / "letters"
    if _may_look(letters):
        for path in sorted(letters.iterdir()):
            yield from _if_open(path, _GROUP_AND_OTHERS)


def _if_open(path: Path, bits: int) -> Iterator[str]:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, PermissionError):
        return  # not there, or closed to us as well
    if mode & bits:
        yield str(path)


def _may_look(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError:
        return False


def free_space(data: Path) -> int | None:
    """What is left on the disk for us, in bytes; None if we cannot look."""
    try:
        return shutil.disk_usage(data).free
    except OSError:
        return None
