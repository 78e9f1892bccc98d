"""The web's secret key: made once, whole, and the web's alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from undersigned.config.env import Env, read_env
from undersigned.config.env_values import SettingRefused
from undersigned.config.secret_key import secret_key
from undersigned.vault.keys import write_key_once


@pytest.fixture
def env(tmp_path: Path) -> Env:
    """With a data directory that does not exist yet."""
    return read_env({"UNDERSIGNED_DATA": str(tmp_path / "data")})


def test_is_made_once_for_its_user_alone(env: Env) -> None:
    key = secret_key(env)

    assert len(key) == 64
    assert secret_key(env) == key
    made = [env.data, env.data / "web", env.data / "web" / "secret_key"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o700, 0o700, 0o600]
    assert [path.name for path in (env.data / "web").iterdir()] == ["secret_key"]


def test_of_two_processes_that_start_together_the_first_ones_key_stays(env: Env) -> None:
    key = secret_key(env)

    write_key_once(env.data / "web" / "secret_key", b"the second one's")

    assert secret_key(env) == key
    assert [path.name for path in (env.data / "web").iterdir()] == ["secret_key"]


def test_the_worker_does_without_where_the_key_is_another_users(
    env: Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret_key(env)

    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "exists", refuse)

    assert secret_key(env) == ""


def test_one_from_the_host_is_taken_as_it_is() -> None:
    assert secret_key(read_env({"UNDERSIGNED_SECRET_KEY": "k" * 32})) == "k" * 32


def test_a_short_one_from_the_host_is_refused() -> None:
    with pytest.raises(SettingRefused) as refused:
        secret_key(read_env({"UNDERSIGNED_SECRET_KEY": "k" * 31}))

    assert str(refused.value) == "UNDERSIGNED_SECRET_KEY must have at least 32 characters."
