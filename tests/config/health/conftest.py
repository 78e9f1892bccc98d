"""Facts of an installation in good order, to be changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from undersigned.config.health.facts import (
    DatabaseFacts,
    Facts,
    KeyFacts,
    Queues,
    SettingFacts,
    Versions,
)
from undersigned.config.health.findings import examine

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MB = 1_000_000

WELL = Facts(
    now=NOW,
    data=Path("/var/lib/undersigned"),
    versions=Versions("1.0", "3.13", "6.1", "SQLite 3.45", "77.1", sort_keys_fit=True),
    settings=SettingFacts(
        is_public=True, debug=False, delivers_mail=True, mail_is_encrypted=True, as_root=False
    ),
    database=DatabaseFacts(quick_check="ok", size=12 * MB, log_size=MB, newest_change_at=NOW),
    queues=Queues(),
    keys=KeyFacts(index=True, has_indexes=True),
    too_open=(),
    free=50_000 * MB,
    worker_runs=True,
    worker_seen_at=NOW,
    errands_seen_at=NOW,
    database_backup_at=NOW - HOUR,
    keys_backup_at=NOW - DAY,
    newest_letter_at=NOW - 2 * DAY,
)


def found(facts: Facts) -> list[tuple[str, str, str]]:
    """What is not fine: level, subject, sentence."""
    return [
        (finding.level.value, finding.subject, finding.sentence)
        for finding in examine(facts)
        if finding.level != "fine"
    ]
