"""The journal's file: appended, on the disk before the database forgets, and read with care."""

from __future__ import annotations

import stat
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.config import journal as journal_module
from undersigned.config.journal import Journal, Read, read
from undersigned.mail.models import Reason, Suppression
from undersigned.mail.suppression import suppress
from undersigned.signatures.journal import Line
from undersigned.signatures.models import JournalLine

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOMEBODY = uuid.UUID("6f0c8a5e-0000-4000-8000-000000000000")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


def waiting(act: str, detail: str = "") -> None:
    JournalLine.objects.create(act=act, subject=SOMEBODY, detail=detail, at=NOW)


def test_lines_are_short_and_the_workers_alone(db: None, journal: Journal) -> None:
    journal.begin(NOW)
    journal.begin(NOW + timedelta(hours=1))
    waiting("shown", "counted")
    waiting("void", "not me")
    waiting("erase")
    suppress(b"\x01" * 32, Reason.COMPLAINT, NOW)
    suppress(b"\x02" * 32, Reason.SOFT, NOW)
    journal.note_backup(NOW)
    assert journal.drain() == 4
    assert journal.drain() == 0
    assert journal.path.read_text() == (
        "2026-11-20T12:00:00Z begun -\n"
        "2026-11-20T12:00:00Z backup -\n"
        f"2026-11-20T12:00:00Z shown {SOMEBODY} counted\n"
        f"2026-11-20T12:00:00Z void {SOMEBODY} not me\n"
        f"2026-11-20T12:00:00Z erase {SOMEBODY}\n"
        f"2026-11-20T12:00:00Z complaint {'01' * 32}\n"
    )
    assert not JournalLine.objects.exists()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (journal.path, journal.path.parent)]
    assert modes == [0o600, 0o700]


def test_a_mailbox_that_is_gone_after_all(db: None, journal: Journal) -> None:
    mark = b"\x01" * 32
    suppress(mark, Reason.SOFT, NOW)
    assert journal.drain() == 0
    suppress(mark, Reason.HARD, NOW)
    assert journal.drain() == 1
    suppress(mark, Reason.HARD, NOW)
    assert journal.drain() == 0
    suppress(mark, Reason.COMPLAINT, NOW)
    assert journal.drain() == 1
    assert [line.act for line in journal.read().lines] == ["hard", "complaint"]


def test_many_lines_in_batches(db: None, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "BATCH", 2)
    for _ in range(3):
        waiting("erase")
    assert [journal.drain() for _ in range(3)] == [2, 1, 0]


def test_what_cannot_be_written_stays_in_the_database(db: None, journal: Journal) -> None:
    journal.path.mkdir(parents=True)
    waiting("erase")
    suppress(b"\x01" * 32, Reason.HARD, NOW)
    with pytest.raises(OSError, match="journal"):
        journal.drain()
    assert JournalLine.objects.count() == 1
    assert not Suppression.objects.get().is_in_journal


def test_a_line_that_was_cut_off_harms_no_other(db: None, journal: Journal) -> None:
    journal.begin(NOW)
    with journal.path.open("a") as file:
        file.write("2026-11-20T12:00:00Z erase 6f0c8a5e-00")
    waiting("erase")
    journal.drain()
    found = journal.read()
    assert found.damaged == 1
    assert [line.act for line in found.lines] == ["begun", "erase"]


def test_bytes_of_another_file(tmp_path: Path) -> None:
    path = tmp_path / "copy.log"
    path.write_bytes(b"\xff\x00 x\n\nnever erase -\n2026-11-20T12:00:00Z\n")
    assert read(path) == Read([], 3)


@given(st.binary(max_size=300))
def test_whatever_stands_in_a_file_is_read(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("copies") / "copy.log"
    path.write_bytes(content)
    assert read(path).lines == []


def test_copies_are_taken_in_once(db: None, journal: Journal, tmp_path: Path) -> None:
    assert journal.read() == Read([])
    waiting("erase")
    journal.drain()
    copy = tmp_path / "copy.log"
    copy.write_bytes(journal.path.read_bytes() + b"2026-11-20T13:00:00Z begun -\n")
    journal.take_in([copy, copy])
    journal.take_in([copy])
    assert [line.act for line in journal.read().lines] == ["erase", "begun"]


def test_which_time_it_knows_of() -> None:
    def known(*acts: tuple[str, int]) -> Read:
        return Read([Line(NOW + timedelta(hours=hours), act, "-") for act, hours in acts])

    at = NOW + timedelta(milliseconds=400)
    assert not Read([]).covers(at)
    assert not known(("erase", -1), ("erase", 1)).covers(at)
    assert not known(("begun", 1), ("erase", 2)).covers(at)
    assert not known(("begun", -2), ("erase", -1)).covers(at)
    assert known(("begun", -2), ("begun", 1)).covers(at)
    assert known(("begun", -2), ("backup", 0)).covers(at)
    assert known(("begun", 0)).covers(at)
    since = known(("begun", 0), ("backup", 0), ("erase", -1), ("erase", 0)).since(NOW)
    assert since == [Line(NOW, "erase", "-")]
