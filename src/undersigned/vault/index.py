"""Keyed indexes: find the same address again without storing it.

HMAC-SHA-256 under a key that only the worker holds, so that a stolen database cannot be searched
by guessing addresses. An index is bound to a scope: the same address has unrelated indexes in two
letters.
"""

from __future__ import annotations

import hmac


def keyed_index(key: bytes, scope: bytes, address: str) -> bytes:
    """32 bytes for a normalised address within a scope (a letter's id, or a purpose's name)."""
    return hmac.digest(key, len(scope).to_bytes(2, "big") + scope + address.encode(), "sha256")
