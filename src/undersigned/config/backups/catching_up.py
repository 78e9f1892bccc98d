"""What was done after a backup, and must not be undone by restoring it: see config.journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import DatabaseError, connection

from undersigned.config.backups.manifest import Manifest
from undersigned.config.backups.refusals import NoJournal, NotABackup
from undersigned.config.journal import Journal, Read, read
from undersigned.signatures.replaying import replay

# Of an act that was under way when the copy was made, and of clocks that are set.
MARGIN = timedelta(hours=1)


@dataclass(frozen=True)
class CaughtUp:
    """`repeated`: how many, by act. `is_whole`: whether a journal knew of the time since.

    `damaged`: lines that nobody can read. `until`: the time of the last line, if there is one.
    """

    repeated: Counter[str]
    is_whole: bool
    damaged: int
    until: datetime | None


@dataclass(frozen=True)
class Journals:
    """The installation's own journal, and copies of it that somebody brought.

    `is_optional`: whoever restores has said that there is none, and knows what that means.
    """

    own: Journal
    copies: Sequence[Path] = ()
    is_optional: bool = False

    def check(self, manifest: Manifest) -> None:
        """Raises NoJournal unless one of them knows of the time since the backup; OSError."""
        if not self.is_optional and not self._read().covers(_time_of(manifest)):
            raise NoJournal(
                f"No journal is here that goes beyond this backup ({manifest.at[:16]} UTC), so "
                "nobody knows who was erased, hid or left since. Bring the latest copy of "
                f"{self.own.path.name} with --journal. If there is none, say --without-journal: "
                "then all of them are in public again. Nothing was changed."
            )

    def gather_waiting(self) -> None:
        """Write down what the database that is to be replaced still has for the journal."""
        # It may be damaged, or of an older version: then the file has what there is.
        with suppress(DatabaseError):
            while self.own.drain():
                pass
        connection.close()

    def catch_up(self, manifest: Manifest, now: datetime) -> CaughtUp:
        """Carry out on the restored database what was done since; raises OSError."""
        self.own.take_in(self.copies)
        found, at = self.own.read(), _time_of(manifest)
        return CaughtUp(
            repeated=replay(found.since(at - MARGIN), now),
            is_whole=found.covers(at),
            damaged=found.damaged,
            until=max((line.at for line in found.lines), default=None),
        )

    def _read(self) -> Read:
        found = [self.own.read(), *(read(path) for path in self.copies)]
        return Read([line for one in found for line in one.lines])


@contextmanager
def database_at(path: Path) -> Iterator[None]:
    """Let Django's connection be to a copy of the database (SQLite) that is not in its place yet.

    At the end the copy is one file, with nothing beside it.
    """
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = path
    try:
        yield
    finally:
        connection.close()  # whoever closes last writes the log into the file
        connection.settings_dict["NAME"] = name


def _time_of(manifest: Manifest) -> datetime:
    try:
        return datetime.fromisoformat(manifest.at).astimezone(UTC)
    except ValueError:
        raise NotABackup(
            "The file opens, but its manifest does not say when it was made. Nothing was changed."
        ) from None
