"""The web's secret key: made once, whole, and the web's alone."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from undersigned.config import settings
from undersigned.config.env import SettingRefused


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data directory that does not exist yet."""
    folder = tmp_path / "data"
    monkeypatch.setattr(settings, "ENV", replace(settings.ENV, data=folder, secret_key=""))
    return folder


def test_is_made_once_for_its_user_alone(data: Path) -> None:
    key = settings._secret_key()

    assert len(key) == 64
    assert settings._secret_key() == key
    made = [data, data / "web", data / "web" / "secret_key"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o700, 0o700, 0o600]
    assert [path.name for path in (data / "web").iterdir()] == ["secret_key"]


def test_of_two_processes_that_start_together_the_first_ones_key_stays(data: Path) -> None:
    key = settings._secret_key()

    settings._make_secret_key(data / "web" / "secret_key")

    assert settings._secret_key() == key
    assert [path.name for path in (data / "web").iterdir()] == ["secret_key"]


def test_the_worker_does_without_where_the_key_is_another_users(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings._secret_key()

    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "exists", refuse)

    assert settings._secret_key() == ""


def test_one_from_the_host_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENV", replace(settings.ENV, secret_key="k" * 32))

    assert settings._secret_key() == "k" * 32


def test_a_short_one_from_the_host_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENV", replace(settings.ENV, secret_key="k" * 31))

    with pytest.raises(SettingRefused) as refused:
        settings._secret_key()

    assert str(refused.value) == "UNDERSIGNED_SECRET_KEY must have at least 32 characters."
