"""Files on their way: there as a whole, or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from undersigned.config.backups.places import new_file, working_folder
from undersigned.config.backups.refusals import FileInTheWay


def test_a_file_appears_as_a_whole_and_for_us_alone(tmp_path: Path) -> None:
    path = tmp_path / "backup.age"
    with new_file(path) as file:
        file.write(b"content")
        file.flush()
        assert not path.exists()
        [draft] = tmp_path.iterdir()
        assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert path.read_bytes() == b"content"
    assert [*tmp_path.iterdir()] == [path]


def test_nothing_is_left_of_one_that_failed(tmp_path: Path) -> None:
    def be_interrupted() -> None:
        with new_file(tmp_path / "backup.age") as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        be_interrupted()
    assert [*tmp_path.iterdir()] == []


def test_what_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "backup.age"
    path.write_text("the old one")
    with pytest.raises(FileInTheWay, match=r"There is a file .* already"), new_file(path):
        raise AssertionError
    path.unlink()

    def be_too_late() -> None:
        with new_file(path):
            path.write_text("somebody else's")

    with pytest.raises(FileInTheWay):
        be_too_late()
    assert path.read_text() == "somebody else's"
    assert [*tmp_path.iterdir()] == [path]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileInTheWay, match="There is no folder"), new_file(tmp_path / "no" / "b"):
        raise AssertionError


def test_a_working_folder_goes_and_takes_with_it_what_a_killed_process_left(
    tmp_path: Path,
) -> None:
    left_behind = tmp_path / ".backup-killed"
    left_behind.mkdir()
    (left_behind / "database").write_text("sealed addresses")
    (tmp_path / ".restore-other").mkdir()
    with working_folder(tmp_path, "backup") as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert folder.parent == tmp_path
        assert not left_behind.exists()
    assert [path.name for path in tmp_path.iterdir()] == [".restore-other"]
