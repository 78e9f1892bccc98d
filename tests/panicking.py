"""Public age keys that break the library: points of low order (RFC 7748, section 6.1)."""

from __future__ import annotations

import pyrage

ZERO = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z"
ONE = "age1qyqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqj7vrya"
PRIME = "age1ahlllllllllllllllllllllllllllllllllllllllllllllllalsn46ayy"
LOW_ORDER = (ZERO, ONE, PRIME)


def panic(*_: object) -> int:
    """What a library raises that gives up: no Exception."""
    return len(pyrage.encrypt(b"", [pyrage.x25519.Recipient.from_str(ZERO)]))
