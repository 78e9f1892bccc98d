"""The envelopes of this installation's mail: the worker's key, and its marks of addresses."""

from __future__ import annotations

from undersigned.mail.envelopes import Envelopes
from undersigned.signatures.addresses import normalise_address
from undersigned.signatures.worker_keys import WorkerKeys

_SCOPE = b"envelope"


def envelopes(keys: WorkerKeys, address: str) -> Envelopes:
    """`address`: where returned mail goes, or empty. Raises vault.keys.KeyMissing."""
    return Envelopes(
        address=address,
        key=keys.index(_SCOPE, ""),
        mark_of=lambda recipient: keys.index(b"mail", normalise_address(recipient)),
    )
