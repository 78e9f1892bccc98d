"""Keys are made once, kept for their owner alone, and missed loudly."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from undersigned.vault import keys as vault_keys
from undersigned.vault.keys import KeyDestroyed, KeyMissing, Keyring

LETTER = UUID("0199c2a0-0000-7000-8000-000000000001")


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "data" / "keys")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_files_and_folders_are_for_their_owner_alone(keyring: Keyring) -> None:
    before = os.umask(0)
    try:
        keyring.create_letter_key(LETTER)
        keyring.create_index_key()
    finally:
        os.umask(before)

    folder = keyring.folder
    assert [mode(folder), mode(folder / "letters")] == [0o700, 0o700]
    assert [mode(folder / "index"), mode(folder / "letters" / str(LETTER))] == [0o600, 0o600]


def test_a_letters_key_is_made_once(keyring: Keyring) -> None:
    public = keyring.create_letter_key(LETTER)

    assert keyring.create_letter_key(LETTER) == public
    assert keyring.letter_key(LETTER).public_key().public_bytes_raw() == public
    assert keyring.create_letter_key(uuid4()) != public


def test_the_index_key_is_made_once(keyring: Keyring) -> None:
    keyring.create_index_key()
    made = keyring.index_key()
    keyring.create_index_key()

    assert keyring.index_key() == made
    assert len(made) == 32


def test_no_draft_of_a_key_stays_behind(keyring: Keyring) -> None:
    keyring.create_index_key()
    keyring.create_index_key()

    assert [path.name for path in keyring.folder.iterdir()] == ["index"]


def test_of_two_that_start_together_the_first_ones_key_stays(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = keyring.folder / "index"

    def somebody_else_is_quicker(length: int) -> bytes:
        monkeypatch.undo()
        path.parent.mkdir(parents=True)
        path.write_bytes(b"f" * 32)
        return b"s" * length

    monkeypatch.setattr(vault_keys.secrets, "token_bytes", somebody_else_is_quicker)
    keyring.create_index_key()

    assert keyring.index_key() == b"f" * 32


def test_every_new_folder_is_made_known_to_the_one_above_it(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").resolve().name.partition(".")[0])
        real(handle)

    monkeypatch.setattr(vault_keys.os, "fsync", fsync)
    keyring.create_letter_key(LETTER)

    top = keyring.folder.parent.parent.name
    assert synced == [top, "data", "keys", "", "letters"]


def test_a_missing_key_is_named_without_its_place(keyring: Keyring) -> None:
    with pytest.raises(KeyMissing, match=r"^The key file index cannot be read\.$"):
        keyring.index_key()
    with pytest.raises(KeyMissing, match=rf"^The key file {LETTER} cannot be read\.$"):
        keyring.letter_key(LETTER)


def test_a_destroyed_key_is_missed(keyring: Keyring) -> None:
    keyring.create_letter_key(LETTER)
    (keyring.folder / "letters" / str(LETTER)).unlink()

    with pytest.raises(KeyMissing):
        keyring.letter_key(LETTER)


@pytest.mark.parametrize("content", [b"", b"k" * 31, b"k" * 33])
def test_a_damaged_key_is_not_used(keyring: Keyring, content: bytes) -> None:
    keyring.create_index_key()
    (keyring.folder / "index").write_bytes(content)

    with pytest.raises(KeyMissing, match=r"^The key file index is damaged\.$"):
        keyring.index_key()


def test_a_destroyed_key_is_gone_for_ever(keyring: Keyring) -> None:
    other = uuid4()
    keyring.create_letter_key(other)
    keyring.create_letter_key(LETTER)
    path = keyring.folder / "letters" / str(LETTER)
    key, handle = path.read_bytes(), path.open("rb")
    path.with_name(f".{LETTER}.a1b2").write_bytes(key)  # as a crash leaves it
    aside = keyring.folder.parent / "replaced-20261123T120000" / "keys" / "letters"
    aside.mkdir(parents=True)
    (aside / str(LETTER)).write_bytes(key)

    for _ in range(2):
        keyring.destroy_letter_key(LETTER)

    with handle:
        assert handle.read() not in {key, b""}  # written over, for whoever holds the file
    everything = [path for path in keyring.folder.parent.rglob("*") if path.is_file()]
    assert [path for path in everything if key in path.read_bytes()] == []
    assert keyring.destroyed() == {LETTER}
    assert (keyring.is_destroyed(LETTER), keyring.is_destroyed(other)) == (True, False)
    for act in (keyring.letter_key, keyring.create_letter_key):
        with pytest.raises(KeyDestroyed):
            act(LETTER)
    assert keyring.letter_key(other)
    path.write_bytes(key)  # back from a backup
    with pytest.raises(KeyDestroyed):
        keyring.letter_key(LETTER)


def test_a_letter_that_never_had_a_key_is_marked_too(keyring: Keyring) -> None:
    assert keyring.destroyed() == set()
    keyring.destroy_letter_key(LETTER)
    assert keyring.destroyed() == {LETTER}
