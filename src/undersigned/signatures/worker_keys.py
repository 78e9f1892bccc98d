"""The worker's openers and sealers, one for each letter, made when first needed."""

from __future__ import annotations

import logging
import time
import uuid
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from undersigned.vault.index import keyed_index
from undersigned.vault.keys import KeyMissing, Keyring
from undersigned.vault.open import Opener
from undersigned.vault.seal import Sealer

log = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 60.0


@dataclass
class WorkerKeys:
    """What opens and indexes. Raises vault.keys.KeyMissing where a key is gone."""

    keyring: Keyring
    _openers: dict[uuid.UUID, Opener] = field(default_factory=dict, repr=False)
    _sealers: dict[uuid.UUID, Sealer] = field(default_factory=dict, repr=False)
    _index_key: bytes | None = field(default=None, repr=False)
    _missing: dict[uuid.UUID, float] = field(default_factory=dict, repr=False)

    def opener(self, letter: uuid.UUID) -> Opener:
        if letter not in self._openers:
            self._openers[letter] = Opener(self._letter_key(letter))
        return self._openers[letter]

    def sealer(self, letter: uuid.UUID) -> Sealer:
        if letter not in self._sealers:
            public = self._letter_key(letter).public_key().public_bytes_raw()
            self._sealers[letter] = Sealer(public)
        return self._sealers[letter]

    def out_of_reach(self) -> list[uuid.UUID]:
        """Letters whose key was missing within the last minute: their work waits meanwhile."""
        since = time.monotonic() - LOOK_AGAIN_SECONDS
        return [letter for letter, at in self._missing.items() if at > since]

    def _letter_key(self, letter: uuid.UUID) -> X25519PrivateKey:
        if letter in self.out_of_reach():
            raise KeyMissing(f"The key file of letter {letter} cannot be read.")
        try:
            return self.keyring.letter_key(letter)
        except KeyMissing:
            self._missing[letter] = time.monotonic()
            log.error("The key of letter %s is missing; what is sealed to it waits.", letter)
            raise

    def index(self, scope: bytes, address: str) -> bytes:
        if self._index_key is None:
            self._index_key = self.keyring.index_key()
        return keyed_index(self._index_key, scope, address)
