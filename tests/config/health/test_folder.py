"""Which files more people can use than should."""

from __future__ import annotations

from pathlib import Path

import pytest

from undersigned.config.health.folder import free_space, too_open


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """As an installation makes it for one user."""
    data = tmp_path / "data"
    for folder in ("", "keys", "keys/letters", "web", "media"):
        (data / folder).mkdir(mode=0o700)
    for name in ("db.sqlite3", "keys/index", "keys/letters/one", "web/secret_key"):
        (data / name).touch(mode=0o600)
    return data


def test_what_an_installation_makes_is_closed(data: Path) -> None:
    assert too_open(data) == ()


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("", 0o777),
        ("db.sqlite3", 0o644),
        ("db.sqlite3", 0o660),
        ("media", 0o755),
        ("keys", 0o750),
        ("keys/index", 0o640),
        ("keys/letters", 0o701),
        ("keys/letters/one", 0o604),
        ("web/secret_key", 0o660),
    ],
)
def test_what_is_open_is_named(data: Path, name: str, mode: int) -> None:
    (data / name).chmod(mode)
    assert too_open(data) == (str(data / name),)


def test_in_a_shared_folder_the_group_may_use_what_both_need(data: Path) -> None:
    data.chmod(0o2770)
    (data / "db.sqlite3").chmod(0o660)
    (data / "media").chmod(0o2770)
    assert too_open(data) == ()
    (data / "keys" / "index").chmod(0o660)
    (data / "db.sqlite3").chmod(0o664)
    assert too_open(data) == (str(data / "db.sqlite3"), str(data / "keys" / "index"))


def test_what_is_closed_to_us_is_closed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stat, listing = Path.stat, Path.iterdir

    def look(path: Path, **how: bool) -> object:
        if "keys/" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return stat(path, **how)

    def list_it(path: Path) -> object:
        if path.name == "letters":
            raise PermissionError(13, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr(Path, "stat", look)
    monkeypatch.setattr(Path, "iterdir", list_it)
    assert too_open(data) == ()


def test_a_folder_that_is_not_there_cannot_be_seen(data: Path) -> None:
    assert too_open(data / "missing") is None
    assert free_space(data / "missing") is None
    assert (free_space(data) or 0) > 0
