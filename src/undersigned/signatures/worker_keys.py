"""The worker's openers and sealers, one for each letter, made when first needed."""

from __future__ import annotations

import logging
import time
import uuid
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from undersigned.vault.index import keyed_index
from undersigned.vault.keys import KeyDestroyed, KeyMissing, Keyring
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
        self._forget_destroyed(letter)
        if letter not in self._openers:
            self._openers[letter] = Opener(self._letter_key(letter))
        return self._openers[letter]

    def sealer(self, letter: uuid.UUID) -> Sealer:
        self._forget_destroyed(letter)
        if letter not in self._sealers:
            public = self._letter_key(letter).public_key().public_bytes_raw()
            self._sealers[letter] = Sealer(public)
        return self._sealers[letter]

    def out_of_reach(self) -> list[uuid.UUID]:
        """Letters whose key was missing within the last minute: their work waits meanwhile."""
        since = time.monotonic() - LOOK_AGAIN_SECONDS
        return [letter for letter, at in self._missing.items() if at > since]

    def destroy(self, letter: uuid.UUID) -> None:
        """Destroy a letter's key, on the disk and in memory; to be repeated without harm."""
        self.keyring.destroy_letter_key(letter)
        self._forget_destroyed(letter)

    def _forget_destroyed(self, letter: uuid.UUID) -> None:
        """A key that another thread destroyed must not live on in this one's memory."""
        if self.keyring.is_destroyed(letter):
            self._openers.pop(letter, None)
            self._sealers.pop(letter, None)

    def _letter_key(self, letter: uuid.UUID) -> X25519PrivateKey:
        if letter in self.out_of_reach():
            raise KeyMissing(f"The key file of letter {letter} cannot be read.")
        try:
            return self.keyring.letter_key(letter)
        except KeyMissing as missing:
            self._missing[letter] = time.monotonic()
            if isinstance(missing, KeyDestroyed):
                raise  # as it should be: what is left is emptied by and by
            log.error("The key of letter %s is missing; what is sealed to it waits.", letter)
            raise

    def index(self, scope: bytes, address: str) -> bytes:
        if self._index_key is None:
            self._index_key = self.keyring.index_key()
        return keyed_index(self._index_key, scope, address)
