"""Public age keys (https://age-encryption.org/v1) of those who are handed files, and fingerprints.

Only X25519 recipients, `age1…`: an SSH key is somebody's way into their machines, and is not asked
for.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyrage  # type: ignore[import-untyped,unused-ignore]

from undersigned.vault.panics import Panicked, panics_as_faults

_PIECE = 64 * 1024
_GROUP = 4
_GROUPS = 8


class RecipientRefused(ValueError):
    """This is no public age key. Nothing of what was typed is in the message."""


class KeyIsPrivate(RecipientRefused):
    """A private key was shown to somebody else: its owner has to make another one."""


class KeyIsForSsh(RecipientRefused):
    """A key of SSH's, which age could use and we do not."""


def read_recipient(text: str) -> str:
    """The recipient, as age writes it; raises RecipientRefused or one of its kinds."""
    typed = text.strip()
    if "AGE-SECRET-KEY-" in typed.upper() or "PRIVATE KEY" in typed.upper():
        raise KeyIsPrivate
    if typed.startswith(("ssh-", "ecdsa-", "sk-")):
        raise KeyIsForSsh
    try:
        with panics_as_faults():
            read = pyrage.x25519.Recipient.from_str(typed)
            # A point of low order is read, and refused by a panic where it is encrypted to.
            pyrage.encrypt(b"", [read])
    except (pyrage.RecipientError, Panicked):
        raise RecipientRefused from None
    return str(read)


def fingerprint(recipient: str) -> str:
    """Eight groups of four: the first 128 bits of the recipient's SHA-256, in hexadecimal digits.

    What `printf %s age1… | sha256sum` begins with: two people read it to each other on the
    telephone, and neither needs our software for it.
    """
    digest = hashlib.sha256(recipient.encode()).hexdigest()
    return " ".join(digest[at : at + _GROUP] for at in range(0, _GROUP * _GROUPS, _GROUP))


def encrypt_to(recipient: str, pieces: Iterator[bytes], file: BinaryIO) -> None:
    """Write the pieces to `file` as one age file that only the recipient opens.

    Nothing is held but a few pieces. Raises RecipientRefused before the first piece is asked for,
    OSError, panics.Panicked, and what the pieces raise.
    """
    read = read_recipient(recipient)
    reader, writer = _Reader(pieces), _Writer(file)
    with panics_as_faults():
        try:
            pyrage.encrypt_io(
                io.BufferedReader(reader, _PIECE), writer, [pyrage.x25519.Recipient.from_str(read)]
            )
        finally:
            # pyrage reports another error in its place, or, at the end of a file, none.
            if fault := reader.fault or writer.fault:
                raise fault


class _Reader(io.RawIOBase):
    """Pieces as a file to read. It keeps their error: pyrage reports another one in its place."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._left = b""
        self.fault: BaseException | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while not self._left:
            try:
                self._left = next(self._pieces)
            except StopIteration:
                return 0
            except BaseException as fault:  # raised again by `encrypt_to`, whatever it is
                self.fault = fault
                raise OSError from None
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


class _Writer:
    """A file to write to that keeps its error, as `_Reader` does."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.fault: OSError | None = None

    def write(self, part: bytes) -> int:
        try:
            return self._file.write(part)
        except OSError as fault:
            self.fault = fault
            raise

    def flush(self) -> None:
        """Whoever opened the file flushes it."""
