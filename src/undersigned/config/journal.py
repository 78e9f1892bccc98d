"""The journal: what no backup may undo when it is restored, in a file outside the database.

`journal/journal.log` in the data directory, mode 0600 in a folder of 0700: the worker's alone. A
line for each act, at most 110 bytes, only ever appended, each on the disk before the database
forgets it:

    2026-11-20T12:00:00Z shown 6f0c8a5e-… counted

First the time in UTC, then act, subject and detail as in `signatures.journal`. `begun` says that
nothing from before is in it, `backup` that it knows of the time up to a backup.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from undersigned.config.backups.places import sync_folder
from undersigned.mail.models import Reason, Suppression
from undersigned.signatures.journal import Line, is_whole
from undersigned.signatures.models import JournalLine

BATCH = 1_000
BEGUN = "begun"
BACKUP = "backup"
_NOBODY = "-"
_TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Read:
    """What stands in a journal. `damaged`: how many lines nobody can read."""

    lines: Sequence[Line]
    damaged: int = 0

    def covers(self, at: datetime) -> bool:
        """Whether it had begun at a time, and goes on from there."""
        begun = [line.at for line in self.lines if line.act == BEGUN]
        if not begun:
            return False
        at = at.replace(microsecond=0)
        return min(begun) <= at <= max(line.at for line in self.lines)

    def since(self, at: datetime) -> list[Line]:
        """What was done from a time on."""
        return [line for line in self.lines if line.at >= at and line.act not in (BEGUN, BACKUP)]


class Journal:
    """The file of one installation. Only the worker and the command line open it."""

    def __init__(self, data: Path) -> None:
        self.path = data / "journal" / "journal.log"

    def begin(self, now: datetime) -> None:
        """Make it unless it is there."""
        if not self.path.exists():
            self._append([Line(now, BEGUN, _NOBODY)])

    def note_backup(self, at: datetime) -> None:
        """So that it is seen to go on beyond that backup."""
        self.begin(at)
        self._append([Line(at, BACKUP, _NOBODY)])

    def drain(self) -> int:
        """Write what the database has for it, some at a time; returns how many lines.

        A crash before the end leaves some to be written twice, which does no harm.
        """
        rows = list(JournalLine.objects.order_by("pk")[:BATCH])
        waiting = Suppression.objects.filter(is_in_journal=False).exclude(reason=Reason.SOFT)
        marks = list(waiting.order_by("pk")[:BATCH])
        lines = [Line(row.at, row.act, str(row.subject), row.detail) for row in rows]
        lines += [Line(mark.at, mark.reason, bytes(mark.mark).hex()) for mark in marks]
        if lines:
            self._append(lines)
            JournalLine.objects.filter(pk__in=[row.pk for row in rows]).delete()
            for mark in marks:  # unless it is another reason by now
                same = Suppression.objects.filter(pk=mark.pk, reason=mark.reason)
                same.update(is_in_journal=True)
        return len(lines)

    def read(self) -> Read:
        """Nothing, if it is not there. Raises OSError."""
        return read(self.path) if self.path.exists() else Read([])

    def take_in(self, others: Iterable[Path]) -> None:
        """Add what copies of it have, and it has not. Raises OSError."""
        known = set(self.read().lines)
        more = dict.fromkeys(line for path in others for line in read(path).lines)
        new = [line for line in more if line not in known]
        if new:
            self._append(new)

    def _append(self, lines: Iterable[Line]) -> None:
        folder = self.path.parent
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            sync_folder(folder.parent)
        is_new = not self.path.exists()
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "r+b", buffering=0) as file:
            text = "".join(f"{_write(line)}\n" for line in lines).encode()
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # the disk was full, or the machine stopped
                    text = b"\n" + text
            while text:
                text = text[file.write(text) :]
            os.fsync(file.fileno())
        if is_new:
            sync_folder(folder)


def read(path: Path) -> Read:
    """A journal, or a copy of one. Raises OSError."""
    lines, damaged = [], 0
    for text in path.read_text(encoding="ascii", errors="replace").splitlines():
        line = _parse(text)
        if line:
            lines.append(line)
        elif text:
            damaged += 1
    return Read(lines, damaged)


def _write(line: Line) -> str:
    at = line.at.astimezone(UTC).strftime(_TIME)
    # Reasons' codes may be two words; nothing else has a space.
    return f"{at} {line.act} {line.subject} {line.detail}".rstrip()


def _parse(text: str) -> Line | None:
    with suppress(ValueError):
        at, act, subject, *detail = text.split(" ", 3)
        line = Line(datetime.strptime(at, _TIME).replace(tzinfo=UTC), act, subject, *detail)
        if act in (BEGUN, BACKUP) or is_whole(line):
            return line
    return None
