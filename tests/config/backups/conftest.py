"""Keys of age's, and machines to restore to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.db import connection, connections
from pytest_django import Settings

from undersigned.config.backups import passphrase
from undersigned.config.backups.encryption import Key, Lock, lock_for

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECRET = "correct horse battery"
Move = Callable[[], Path]


@dataclass(frozen=True)
class Host:
    """Somebody with a key pair of age's."""

    recipient: str
    identity: str
    lock: Lock
    key: Key


def new_host() -> Host:
    identity = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    return Host(recipient, str(identity), lock_for([recipient], ""), Key(identities=(identity,)))


@pytest.fixture
def host() -> Host:
    return new_host()


@pytest.fixture(autouse=True)
def weak_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each one costs a second in earnest."""
    monkeypatch.setattr(passphrase, "WORK", 4)


@pytest.fixture
def data(tmp_path: Path, settings: Settings) -> Path:
    """The data directory of the installation that is backed up."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir(mode=0o700)
    return Path(settings.DATA)


@pytest.fixture
def another_machine(transactional_db: None, tmp_path: Path, settings: Settings) -> Iterator[Move]:
    """Move to an empty installation: returns its data directory; the database is its own."""
    before = connection.settings_dict["NAME"]
    made: list[str] = []

    def move() -> Path:
        folder = tmp_path / f"machine{len(made)}"
        folder.mkdir(mode=0o700)
        made.append(f"{before}_{len(made)}")
        name: Any = folder / "db.sqlite3"
        if connection.vendor == "postgresql":
            name = made[-1]
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{name}"')
        point_to(name)
        settings.DATA = folder
        return folder

    yield move
    point_to(before)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in made:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def point_to(name: Any) -> None:
    """Let Django's connection be to another database."""
    connection.close()
    if connection.vendor == "postgresql":
        connections["default"].close_pool()  # type: ignore[attr-defined]
    connection.settings_dict["NAME"] = name


def silent(step: str, done: int, total: int) -> None:
    """Nobody looks at the progress."""
