"""The worker's openers and sealers, one for each letter, made when first needed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from undersigned.vault.index import keyed_index
from undersigned.vault.keys import Keyring
from undersigned.vault.open import Opener
from undersigned.vault.seal import Sealer


@dataclass
class WorkerKeys:
    """What opens and indexes. Raises vault.keys.KeyMissing where a key is gone."""

    keyring: Keyring
    _openers: dict[uuid.UUID, Opener] = field(default_factory=dict)
    _sealers: dict[uuid.UUID, Sealer] = field(default_factory=dict)
    _index_key: bytes | None = None

    def opener(self, letter: uuid.UUID) -> Opener:
        if letter not in self._openers:
            self._openers[letter] = Opener(self.keyring.letter_key(letter))
        return self._openers[letter]

    def sealer(self, letter: uuid.UUID) -> Sealer:
        if letter not in self._sealers:
            public = self.keyring.letter_key(letter).public_key().public_bytes_raw()
            self._sealers[letter] = Sealer(public)
        return self._sealers[letter]

    def index(self, scope: bytes, address: str) -> bytes:
        if self._index_key is None:
            self._index_key = self.keyring.index_key()
        return keyed_index(self._index_key, scope, address)
