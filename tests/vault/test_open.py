"""Opening thousands of rows unwraps their data key once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from undersigned.vault import open as opening
from undersigned.vault.open import Opener
from undersigned.vault.seal import Sealer


class CountingSuite:
    def __init__(self) -> None:
        self.unwrapped = 0
        self._suite = opening.SUITE

    def decrypt(self, wrapped: bytes, key: X25519PrivateKey, info: bytes) -> bytes:
        self.unwrapped += 1
        return self._suite.decrypt(wrapped, key, info)


def test_a_data_key_is_unwrapped_once_for_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    suite = CountingSuite()
    monkeypatch.setattr(opening, "SUITE", suite)
    key = X25519PrivateKey.generate()
    sealer = Sealer(key.public_key().public_bytes_raw())
    rows = [uuid4() for _ in range(20)]
    sealed = [sealer.seal(row, "details", row.bytes) for row in rows]

    opener = Opener(key)
    opened = [opener.open(row, "details", value) for row, value in zip(rows, sealed, strict=True)]

    assert opened == [row.bytes for row in rows]
    assert suite.unwrapped == 1
