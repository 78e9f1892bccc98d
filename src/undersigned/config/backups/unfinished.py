"""A mark in the data directory while a database is restored: what is there is not for anybody yet.

PostgreSQL has the old names in it from the moment that it is filled until the journal was repeated.
A restore that is killed leaves the mark, and one that is begun anew takes it over.
"""

from __future__ import annotations

from pathlib import Path

from undersigned.config.backups.places import sync_folder
from undersigned.config.backups.refusals import HalfRestored

_NAME = "restoring"


def mark(data: Path) -> bool:
    """From now on neither web nor worker starts; False if that was so already."""
    if (data / _NAME).exists():
        return False
    (data / _NAME).touch(mode=0o600)
    sync_folder(data)
    return True


def unmark(data: Path) -> None:
    """They may start again."""
    (data / _NAME).unlink(missing_ok=True)
    sync_folder(data)


def refuse_half_restored(data: Path) -> None:
    """Raises HalfRestored while the mark is there."""
    if (data / _NAME).exists():
        raise HalfRestored(
            "A restore is under way, or was broken off: who has left or hidden since the backup "
            "would be in public. Wait until it ends, or begin it anew as docs/operations/backup.md "
            "says."
        )
