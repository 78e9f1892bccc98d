"""What a file for translators' tools holds, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """One block. `key`: its first place in the letter (`Place.key`).

    `text`: in the other language, empty where there is none. `is_finished`: whether somebody says
    that it is right; drafts of a machine and words of an earlier source are not. `before`: what the
    source said when `text` was written, where that was something else. `note`: for translators.
    """

    key: str
    source: str
    text: str
    is_finished: bool = True
    before: str = ""
    note: str = ""

    @property
    def field(self) -> str:
        return self.key.rsplit("-", 2)[0]


@dataclass(frozen=True)
class TranslationFile:
    """`letter`: its slug; empty, and `exported_at` None, where a file does not say.

    `language`, `source_language`: codes, as the file writes them.
    """

    letter: str
    language: str
    source_language: str
    exported_at: datetime | None
    entries: tuple[Entry, ...]
