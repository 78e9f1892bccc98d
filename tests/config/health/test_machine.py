"""What is said of settings, folder, database, disk, clock and proxy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.config.health.conftest import MB, NOW, WELL, found
from undersigned.config.health.facts import DatabaseFacts, Facts, RequestFacts


def with_settings(**changes: bool) -> Facts:
    return replace(WELL, settings=replace(WELL.settings, **changes))


def with_database(**changes: object) -> Facts:
    return replace(WELL, database=replace(WELL.database, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "beginning"),
    [
        ({"debug": True}, "UNDERSIGNED_DEBUG is set"),
        ({"is_public": False}, "The site can be opened from this machine only."),
        ({"as_root": True}, "This runs as root."),
        ({"can_read_everything": True}, "One user can read the private keys"),
    ],
)
def test_settings(change: dict[str, bool], beginning: str) -> None:
    [(level, subject, sentence)] = found(with_settings(**change))
    assert (level, subject) == ("note", "settings")
    assert sentence.startswith(beginning)


def test_root_reads_everything_and_is_told_once() -> None:
    assert len(found(with_settings(as_root=True, can_read_everything=True))) == 1


def test_folder() -> None:
    assert found(replace(WELL, too_open=("/data/keys", "/data/web"))) == [
        (
            "wrong",
            "folder",
            (
                "Others than their owner may read or change: /data/keys, /data/web. "
                "Close them with chmod."
            ),
        )
    ]
    assert found(replace(WELL, too_open=None)) == [
        ("note", "folder", "The data directory cannot be seen from here.")
    ]


@pytest.mark.parametrize(
    ("database", "level", "beginning"),
    [
        (DatabaseFacts(fault="OperationalError"), "wrong", "The database does not answer (Op"),
        (DatabaseFacts(unapplied=2), "wrong", "The database is not set up, or of an older"),
        (DatabaseFacts(unknown=1), "wrong", "The database is of a newer version"),
        (DatabaseFacts(log_size=300 * MB), "note", "The database's log has 300.0 MB"),
        (DatabaseFacts(quick_check="row 3 missing"), "wrong", "The database is damaged (row 3"),
    ],
)
def test_database(database: DatabaseFacts, level: str, beginning: str) -> None:
    [finding] = found(replace(WELL, database=database))
    assert finding[:2] == (level, "database")
    assert finding[2].startswith(beginning)


@pytest.mark.parametrize(
    ("free", "level", "beginning"),
    [
        (100 * MB, "wrong", "The disk has only 100.0 MB left."),
        (1500 * MB, "note", "The disk has 1.5 GB left. A backup needs"),
    ],
)
def test_disk(free: int, level: str, beginning: str) -> None:
    [finding] = found(replace(WELL, free=free))
    assert finding[:2] == (level, "disk")
    assert finding[2].startswith(beginning)


def test_a_large_database_needs_more_room() -> None:
    large = replace(with_database(size=40_000 * MB), free=50_000 * MB)
    assert [finding[:2] for finding in found(large)] == [("note", "disk")]
    assert found(replace(WELL, free=None)) == []


def test_clock() -> None:
    assert found(with_database(seconds_ahead=-30.0)) == []
    assert found(with_database(seconds_ahead=-90.0)) == [
        (
            "wrong",
            "clock",
            (
                "This machine's clock and the database's differ by 90 seconds. Set both by NTP: "
                "deadlines and links depend on them."
            ),
        )
    ]
    assert found(with_database(newest_change_at=None)) == []
    assert found(with_database(newest_change_at=NOW + timedelta(hours=2))) == [
        (
            "wrong",
            "clock",
            (
                "The newest entry in the database is of 20 November 2026, 14:00 UTC, which is yet "
                "to come. Set this machine's clock by NTP."
            ),
        )
    ]


def test_proxy() -> None:
    assert found(replace(WELL, request=RequestFacts(host_fits=True, is_secure=True))) == []
    wrong = replace(WELL, request=RequestFacts(host_fits=False, is_secure=False))
    assert [(level, subject) for level, subject, _ in found(wrong)] == [("wrong", "proxy")] * 2
    at_home = replace(with_settings(is_public=False), request=wrong.request)
    assert [subject for _, subject, _ in found(at_home)] == ["settings", "proxy"]
