"""Seal personal data to a public key: what the web does.

A sealed value is

    version (1 byte, 0x01) || wrapped data key (80 bytes) || nonce (12 bytes) || AES-256-GCM output

The data key (32 random bytes) is wrapped with HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM,
info `undersigned data key v1`) to the letter's public key, and used for a few minutes: wrapping
costs tens of microseconds, sealing under it one or two. The associated data is
`v1|<row id>|<purpose>`, so that nobody can move a value to another row or column.
"""

from __future__ import annotations

import os
import time
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

VERSION = b"\x01"
WRAPPED = 80
NONCE = 12
INFO = b"undersigned data key v1"
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

DATA_KEY_SECONDS = 300


class SealingKeyMissing(Exception):
    """The letter has no usable public key: signing is paused, nothing is stored."""


class Sealer:
    """Seals to one public key. Not shared between threads that seal at the same time."""

    def __init__(self, public_key: bytes | None) -> None:
        """`public_key`: 32 raw bytes. Raises SealingKeyMissing if it is anything else."""
        if public_key is None or len(public_key) != 32:
            raise SealingKeyMissing
        self._public_key = X25519PublicKey.from_public_bytes(public_key)
        self._expires = 0.0

    def seal(self, row: UUID, purpose: str, value: bytes) -> bytes:
        """Seal `value` for one column of one row."""
        now = time.monotonic()
        if now >= self._expires:
            self._change_key(now)
        nonce = os.urandom(NONCE)
        return self._head + nonce + self._cipher.encrypt(nonce, value, bind(row, purpose))

    def _change_key(self, now: float) -> None:
        data_key = AESGCM.generate_key(256)
        self._head = VERSION + SUITE.encrypt(data_key, self._public_key, INFO)
        self._cipher = AESGCM(data_key)
        self._expires = now + DATA_KEY_SECONDS


def bind(row: UUID, purpose: str) -> bytes:
    """The associated data of a sealed value."""
    return f"v1|{row.hex}|{purpose}".encode("ascii")
