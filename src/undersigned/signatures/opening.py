"""Open what a signature has sealed. Both raise CannotOpen, also where nothing is left."""

from __future__ import annotations

from undersigned.signatures.models import Signature
from undersigned.vault.open import Opener


def open_address(row: Signature, opener: Opener) -> str:
    """The address as it was typed. `opener`: of the signature's letter."""
    return opener.open(row.pk, "address", bytes(row.sealed_address or b"")).decode()


def open_details(row: Signature, opener: Opener) -> bytes:
    """What else was typed: rules.Details in JSON, as links take it (signer_links.py)."""
    return opener.open(row.pk, "details", bytes(row.sealed_details or b""))
