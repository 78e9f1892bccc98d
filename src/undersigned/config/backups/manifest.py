"""What a backup says about itself, and whether this program can restore it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any

from undersigned.config.backups.refusals import MadeByNewerVersion, NotABackup

FORMAT = 1
DATABASE = "database"
KEYS = "keys"


@dataclass(frozen=True)
class Manifest:
    """`manifest.json`. Times are ISO 8601 in UTC.

    `kind`: DATABASE (with media) or KEYS; `vendor`: `sqlite` or `postgresql`, empty for keys;
    `migrations`: those that were applied, as `letters.0001_initial`; `rows`: by table;
    `letters`: ids of the letters whose keys are inside.
    """

    kind: str
    at: str
    vendor: str = ""
    migrations: tuple[str, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)
    letters: tuple[str, ...] = ()
    version: str = field(default_factory=lambda: version("undersigned"))
    format: int = FORMAT

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Manifest:
        """Raises NotABackup, MadeByNewerVersion."""
        try:
            found: dict[str, Any] = json.loads(content)
            if found["format"] > FORMAT:
                raise MadeByNewerVersion(newer(str(found["version"])))
            found["migrations"] = tuple(found["migrations"])
            found["letters"] = tuple(found["letters"])
            return cls(**found)
        except (ValueError, KeyError, TypeError):
            raise NotABackup(
                "The file opens, but its manifest cannot be read. Nothing was changed."
            ) from None

    def check_migrations(self, known: set[str]) -> None:
        """Raises MadeByNewerVersion if the database has what this program has never heard of.

        `known` are all migrations of this program. Those of a part that it no longer has are fine,
        unless the backup is of a later version.
        """
        parts = {_part(migration) for migration in known}
        unheard_of = set(self.migrations) - known
        if any(_part(migration) in parts for migration in unheard_of) or (
            unheard_of and _numbers(self.version) > _numbers(version("undersigned"))
        ):
            raise MadeByNewerVersion(newer(self.version))


def _part(migration: str) -> str:
    return migration.partition(".")[0]


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def newer(theirs: str) -> str:
    """The sentence of MadeByNewerVersion."""
    return (
        f"This backup was made by version {theirs}, and this is version {version('undersigned')}, "
        f"which does not know all of what is inside. Install {theirs} or a later version, then "
        "restore it. Nothing was changed."
    )
