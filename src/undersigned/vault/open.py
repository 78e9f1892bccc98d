"""Open what `vault.seal` sealed: what only the worker does."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from undersigned.vault.seal import INFO, NONCE, SUITE, VERSION, WRAPPED, bind


class CannotOpen(Exception):
    """A value was altered, moved from another row, or sealed to another key."""


class Opener:
    """Opens values sealed to one letter's key."""

    def __init__(self, private_key: X25519PrivateKey) -> None:
        # Thousands of rows share a data key; unwrapping is the costly part.
        self._cipher = lru_cache(maxsize=64)(
            lambda wrapped: AESGCM(SUITE.decrypt(wrapped, private_key, INFO))
        )

    def open(self, row: UUID, purpose: str, sealed: bytes) -> bytes:
        """Open one column of one row; raises CannotOpen."""
        if sealed[:1] != VERSION or len(sealed) < 1 + WRAPPED + NONCE:
            raise CannotOpen
        wrapped, rest = sealed[1 : 1 + WRAPPED], sealed[1 + WRAPPED :]
        try:
            return self._cipher(wrapped).decrypt(rest[:NONCE], rest[NONCE:], bind(row, purpose))
        except (InvalidTag, ValueError):
            # Without a cause: no detail of a failed decryption is anybody's business.
            raise CannotOpen from None
