"""What the facts mean: a sentence for each, with the next step where there is one.

Pure functions. The sentences are for the host, at the command line and on the studio's health page
alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from undersigned.config.health import machine, mail, work
from undersigned.config.health.facts import Facts
from undersigned.config.health.levels import Judged, Level


@dataclass(frozen=True)
class Finding:
    """`subject` is one of SUBJECTS; it stays the same in every language."""

    level: Level
    subject: str
    sentence: str


SUBJECTS: dict[str, Callable[[Facts], Judged]] = {
    "settings": machine.settings,
    "folder": machine.folder,
    "database": machine.database,
    "keys": work.keys,
    "disk": machine.disk,
    "worker": work.worker,
    "queues": work.queues,
    "mail": mail.mail,
    "drafts": work.drafts,
    "backups": work.backups,
    "clock": machine.clock,
    "words": work.words,
    "proxy": machine.proxy,
}
WITHOUT_DATABASE = frozenset({"settings", "folder", "database", "disk", "mail", "drafts", "proxy"})


def examine(facts: Facts) -> list[Finding]:
    """What there is to say of each subject, in the order of SUBJECTS.

    While the database does not answer, or is of another version, only of those that do not need it.
    """
    return [
        Finding(level, subject, sentence)
        for subject, judge in SUBJECTS.items()
        if facts.database.is_usable or subject in WITHOUT_DATABASE
        for level, sentence in judge(facts)
    ]
