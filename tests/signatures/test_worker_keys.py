"""The worker's keys: read once, missed once, and never shown."""

from __future__ import annotations

import logging
from pathlib import Path
from uuid import UUID

import pytest

from tests.builders import worker_keys
from undersigned.signatures import worker_keys as module
from undersigned.vault.index import keyed_index
from undersigned.vault.keys import KeyMissing, Keyring

LETTER = UUID("0199c2a0-0000-7000-8000-000000000001")
OTHER = UUID("0199c2a0-0000-7000-8000-000000000002")


class Clock:
    at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module.time, "monotonic", made)
    return made


def test_what_is_sealed_for_a_letter_opens(tmp_path: Path) -> None:
    keys = worker_keys(tmp_path)
    keys.keyring.create_letter_key(LETTER)

    sealed = keys.sealer(LETTER).seal(OTHER, "mail", b"Hello")

    assert keys.opener(LETTER).open(OTHER, "mail", sealed) == b"Hello"


def test_keys_are_read_once(tmp_path: Path) -> None:
    keys = worker_keys(tmp_path)
    keys.keyring.create_letter_key(LETTER)
    opener, sealer = keys.opener(LETTER), keys.sealer(LETTER)
    index = keys.index(b"scope", "ana@example.org")
    raw = keys.keyring.index_key()
    (tmp_path / "keys" / "index").unlink()
    (tmp_path / "keys" / "letters" / str(LETTER)).unlink()

    assert keys.opener(LETTER) is opener
    assert keys.sealer(LETTER) is sealer
    assert keys.index(b"scope", "ana@example.org") == index
    assert index == keyed_index(raw, b"scope", "ana@example.org")


def test_a_missing_key_is_reported_and_looked_for_once_a_minute(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    keys = worker_keys(tmp_path)
    assert keys.out_of_reach() == []

    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            with pytest.raises(KeyMissing):
                keys.opener(LETTER)
    assert keys.out_of_reach() == [LETTER]
    assert len(caplog.messages) == 1

    keys.keyring.create_letter_key(LETTER)
    with pytest.raises(KeyMissing):
        keys.opener(LETTER)
    clock.at += module.LOOK_AGAIN_SECONDS
    assert keys.out_of_reach() == []
    assert keys.opener(LETTER) is keys.opener(LETTER)


def test_without_an_index_key_nothing_is_indexed(tmp_path: Path) -> None:
    keys = module.WorkerKeys(Keyring(tmp_path / "keys"))

    with pytest.raises(KeyMissing):
        keys.index(b"scope", "ana@example.org")


def test_no_key_is_shown_by_accident(tmp_path: Path) -> None:
    keys = worker_keys(tmp_path)
    keys.index(b"scope", "ana@example.org")

    assert repr(keys.keyring.index_key()) not in repr(keys)
    assert repr(keys) == f"WorkerKeys(keyring={keys.keyring!r})"
