"""When the last backups were made."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from tests.config.backups.conftest import NOW
from undersigned.config.backups.last import is_seen, last_backup, remember


def test_each_kind_has_its_own_time(tmp_path: Path) -> None:
    assert last_backup(tmp_path, "database") is None
    assert is_seen(tmp_path), "that there was none is known"
    remember(tmp_path, "database", NOW - timedelta(days=1))
    remember(tmp_path, "keys", NOW - timedelta(days=9))
    remember(tmp_path, "database", NOW)
    assert last_backup(tmp_path, "database") == NOW
    assert last_backup(tmp_path, "keys") == NOW - timedelta(days=9)
    assert is_seen(tmp_path)
    assert len([*tmp_path.iterdir()]) == 1


def test_in_a_shared_folder_the_web_may_read_it(tmp_path: Path) -> None:
    remember(tmp_path, "database", NOW)
    [file] = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    tmp_path.chmod(0o2770)
    remember(tmp_path, "database", NOW)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.parametrize("content", ["", "nonsense", "[1]", '{"database": "yesterday"}'])
def test_a_file_that_cannot_be_read_is_no_fault(tmp_path: Path, content: str) -> None:
    (tmp_path / "last-backups.json").write_text(content)
    assert last_backup(tmp_path, "database") is None
    remember(tmp_path, "keys", NOW)
    assert last_backup(tmp_path, "keys") == NOW


def test_a_folder_that_is_not_there_is_not_seen(tmp_path: Path) -> None:
    assert not is_seen(tmp_path / "missing")
