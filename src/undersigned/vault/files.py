"""Encrypt whole files piece by piece, so that neither side holds one in memory.

A file is a row of pieces, each

    AES-256-GCM output of at most PIECE bytes of content (and 16 bytes of tag)

under a key made for this one file. The nonce is the piece's number (11 bytes, big endian) and a
byte that is 1 for the last piece; the associated data is `v1|<row id>|<purpose>`. So pieces cannot
be swapped, left out, or cut off at the end, nor the file moved to another row. This is the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015).
"""

from __future__ import annotations

import io
from collections.abc import Buffer, Iterator
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from undersigned.vault.open import CannotOpen
from undersigned.vault.seal import bind

PIECE = 64 * 1024
_TAG = 16


class SealedFile(io.RawIOBase):
    """A file that can only be written to, from beginning to end. Closing it ends it."""

    def __init__(self, path: Path, key: bytes, row: UUID, purpose: str) -> None:
        """`key`: 32 random bytes, used for no other file."""
        super().__init__()
        self._file = path.open("wb")
        self._cipher = AESGCM(key)
        self._bound = bind(row, purpose)
        self._pending = bytearray()
        self._number = 0
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, content: Buffer, /) -> int:
        with memoryview(content) as view:
            count = view.nbytes
            self._pending += view
        self.size += count
        # The last piece is known only at the end, so a whole one is always kept back.
        while len(self._pending) > PIECE:
            self._seal(self._pending[:PIECE], is_last=False)
            del self._pending[:PIECE]
        return count

    def close(self) -> None:
        """Write the last piece; without it the file cannot be opened."""
        if not self.closed:
            self._seal(self._pending, is_last=True)
            self._file.close()
        super().close()

    def _seal(self, content: bytearray, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, bytes(content), self._bound))
        self._number += 1


def open_pieces(path: Path, key: bytes, row: UUID, purpose: str) -> Iterator[bytes]:
    """The content, piece by piece; raises CannotOpen at the first that is not as it was written."""
    cipher, bound = AESGCM(key), bind(row, purpose)
    with path.open("rb") as file:
        number, piece = 0, file.read(PIECE + _TAG)
        while True:
            following = file.read(PIECE + _TAG)
            try:
                yield cipher.decrypt(_nonce(number, is_last=not following), piece, bound)
            except (InvalidTag, ValueError):
                raise CannotOpen from None
            if not following:
                return
            number, piece = number + 1, following


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
