"""The worker's keys: files of mode 0600 in `keys/`, outside the database and its backups.

- `index`: 32 bytes for keyed indexes (see `vault.index`).
- `letters/<letter id>`: an X25519 private key for each letter (32 bytes, raw). Destroying it
  makes every address of that letter unreadable, in every backup too.
- `destroyed/<letter id>`: empty; says that this letter's key was destroyed, and that one which
  comes back from a backup is to be destroyed again.

The web never reads this folder. Public keys stand in the letter's row.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey


class KeyMissing(Exception):
    """A key that the act needs is not there or not readable. Nothing was done."""


class KeyDestroyed(KeyMissing):
    """The letter's key was destroyed on purpose. There is no other one."""


@dataclass(frozen=True)
class Keyring:
    """The folder of private keys. Only the worker and the command line make one."""

    folder: Path

    def index_key(self) -> bytes:
        """The installation's key for duplicates; raises KeyMissing."""
        return read_key(self.folder / "index")

    def letter_key(self, letter: UUID) -> X25519PrivateKey:
        """The private key of one letter; raises KeyMissing, KeyDestroyed."""
        self._refuse_destroyed(letter)
        return X25519PrivateKey.from_private_bytes(read_key(self._letter_path(letter)))

    def create_index_key(self) -> None:
        """Make the index key unless there is one."""
        write_key_once(self.folder / "index", secrets.token_bytes(32))

    def create_letter_key(self, letter: UUID) -> bytes:
        """Make a letter's key unless there is one; returns the public key (32 bytes, raw).

        Raises KeyDestroyed.
        """
        self._refuse_destroyed(letter)
        path = self._letter_path(letter)
        write_key_once(path, X25519PrivateKey.generate().private_bytes_raw())
        return self.letter_key(letter).public_key().public_bytes_raw()

    def destroy_letter_key(self, letter: UUID) -> None:
        """Destroy a letter's key for ever; to be repeated without harm.

        The mark is on the disk before the key goes, so that a crash between them ends nothing. With
        it go drafts of the key that a crash left, and copies that a restore moved aside.
        """
        mark = self.folder / "destroyed" / str(letter)
        if not mark.exists():
            _make_folder(mark.parent)
            mark.touch(mode=0o600)
            _sync_folder(mark.parent)
        for folder in (self.folder, *self.folder.parent.glob("replaced-*/keys")):
            letters = folder / "letters"
            for path in [*letters.glob(str(letter)), *letters.glob(f".{letter}.*")]:
                _destroy(path)

    def is_destroyed(self, letter: UUID) -> bool:
        """Whether this letter's key was destroyed here, or wherever this folder comes from."""
        return (self.folder / "destroyed" / str(letter)).exists()

    def destroyed(self) -> set[UUID]:
        """The letters whose keys were destroyed."""
        folder = self.folder / "destroyed"
        return {UUID(path.name) for path in folder.glob("*-*")} if folder.is_dir() else set()

    def _refuse_destroyed(self, letter: UUID) -> None:
        if self.is_destroyed(letter):
            raise KeyDestroyed(f"The key of letter {letter} was destroyed.")

    def _letter_path(self, letter: UUID) -> Path:
        return self.folder / "letters" / str(letter)


def read_key(path: Path) -> bytes:
    """32 bytes; raises KeyMissing."""
    try:
        key = path.read_bytes()
    except OSError as error:
        raise KeyMissing(f"The key file {path.name} cannot be read.") from error
    if len(key) != 32:
        raise KeyMissing(f"The key file {path.name} is damaged.")
    return key


def write_key_once(path: Path, key: bytes) -> None:
    """Write a key durably; an existing one always stays."""
    _make_folder(path.parent)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, key)
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def _destroy(path: Path) -> None:
    """Write over a file, then remove it, each known to the disk.

    A file system or a disk that writes elsewhere keeps the old bytes until it needs the room.
    """
    handle = os.open(path, os.O_WRONLY)
    try:
        os.write(handle, secrets.token_bytes(os.fstat(handle).st_size))
        os.fsync(handle)
    finally:
        os.close(handle)
    path.unlink()
    _sync_folder(path.parent)


def _make_folder(folder: Path) -> None:
    """Each new folder is closed to others, and known to the one above it on the disk."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
