"""The token by which an organisation shows that a signature is its own."""

from __future__ import annotations

import base64
import hmac
from uuid import UUID

_BYTES = 20  # 160 of the 256 bits: 32 letters and digits


def proof_token(key: bytes, letter_id: UUID, signature_id: UUID, domain: str) -> str:
    """32 characters of base32 in lower case, bound to letter, signature and clean domain.

    A token published for one letter or by one signatory proves nothing for another. It is no
    secret once it is published; without the key nobody can make the one for another domain.
    """
    # Both ids have a fixed length, so nothing of one part can pass for another.
    bound = b"undersigned proof v1|" + letter_id.bytes + signature_id.bytes + domain.encode()
    code = hmac.digest(key, bound, "sha256")[:_BYTES]
    return base64.b32encode(code).decode("ascii").lower()


def is_token(found: str, token: str) -> bool:
    """In constant time, whatever `found` is; capitals and spaces around it do not count."""
    return hmac.compare_digest(found.strip().lower().encode("utf-8", "replace"), token.encode())
