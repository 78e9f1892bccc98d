"""Whose the folders are in which files for people lie."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from undersigned.config.health.folder import too_open
from undersigned.signatures.exporting.folders import media_folder


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.parametrize(("data_mode", "mode"), [(0o700, 0o700), (0o2770, 0o2750)])
def test_they_are_nobody_elses_from_the_start(
    tmp_path: Path, settings: Settings, data_mode: int, mode: int
) -> None:
    settings.DATA = tmp_path
    tmp_path.chmod(data_mode)
    folder = media_folder("exports")
    assert folder == tmp_path / "media" / "exports"
    assert [path.stat().st_mode & 0o7777 for path in (folder.parent, folder)] == [mode, mode]
    assert media_folder("exports") == folder
    assert too_open(tmp_path) == ()
