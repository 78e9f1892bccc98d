"""When the last backups were made: a small file in the data directory, for the health page."""

from __future__ import annotations

import json
import os
import secrets
import stat
from datetime import datetime
from pathlib import Path

_NAME = "last-backups.json"


def remember(folder: Path, kind: str, at: datetime) -> None:
    """Note that a backup of this kind (`manifest.DATABASE`, `manifest.KEYS`) was made."""
    times = {**_read(folder), kind: at.isoformat()}
    draft = folder / f".{_NAME}.{secrets.token_hex(4)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        if folder.stat().st_mode & stat.S_ISGID:
            os.fchmod(handle, 0o640)  # a shared folder: the web shows it to the host
        json.dump(times, file)
    draft.replace(folder / _NAME)


def last_backup(folder: Path, kind: str) -> datetime | None:
    """When the last backup of this kind was made here; None if none was, or nobody knows."""
    try:
        return datetime.fromisoformat(_read(folder)[kind])
    except (KeyError, ValueError):
        return None


def is_seen(folder: Path) -> bool:
    """Whether this user could know of a backup."""
    path = folder / _NAME
    return os.access(path, os.R_OK) or (os.access(folder, os.X_OK) and not path.exists())


def _read(folder: Path) -> dict[str, str]:
    try:
        return dict(json.loads((folder / _NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}
