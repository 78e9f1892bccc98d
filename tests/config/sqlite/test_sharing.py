"""Whose the database's files are: their maker's alone, or also a group's that is to share them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from undersigned.config.sqlite.base import make_file


@pytest.fixture(autouse=True)
def strict_umask() -> Iterator[None]:
    """The strictest that an administrator's shell may have."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def mode_of_new_file(folder: Path) -> int:
    path = folder / "db.sqlite3"
    make_file(path)
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mode", [0o700, 0o755, 0o770, 0o777, 0o2750])
def test_a_file_in_an_ordinary_folder_is_its_makers_alone(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)

    assert mode_of_new_file(tmp_path) == 0o600


def test_a_file_in_a_shared_folder_is_the_groups_too(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)

    assert mode_of_new_file(tmp_path) == 0o660


def test_what_is_there_keeps_its_content_and_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    path = tmp_path / "db.sqlite3"
    path.write_text("kept")
    path.chmod(0o640)

    make_file(path)

    assert path.read_text() == "kept"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_of_two_processes_that_start_together_the_first_ones_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "db.sqlite3"
    path.write_text("the first one's")
    monkeypatch.setattr(Path, "exists", lambda path: False)  # not yet, when we looked

    make_file(path)

    assert path.read_text() == "the first one's"
    assert [found.name for found in tmp_path.iterdir()] == ["db.sqlite3"]
