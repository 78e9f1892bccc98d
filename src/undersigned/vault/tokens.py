"""Secrets in links: 128 random bits, stored hashed, and able to open a little.

The link in a mail is the signer's own key. The server keeps its hash, and the signer's details
sealed under it, so that the page behind the link can show them their own entry while a stolen
database shows nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from undersigned.vault.open import CannotOpen
from undersigned.vault.seal import NONCE, bind

TOKEN_SHAPE = re.compile(r"[A-Za-z0-9_-]{22}")


def new_token() -> str:
    """128 random bits as 22 characters that survive in a URL and in mail."""
    return secrets.token_urlsafe(16)


def hash_token(token: str) -> bytes:
    """What is stored: 32 bytes. A random token needs no slow hash.

    Looked up by equality in an index: how long that takes says something of the hash, which
    nobody can steer towards a stored one, and nothing of the token.
    """
    return hashlib.sha256(b"undersigned link v1|" + token.encode()).digest()


def seal_under_token(token: str, row: UUID, purpose: str, value: bytes) -> bytes:
    """Nonce (12 bytes) || AES-256-GCM output, under a key derived from the token."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(token)).encrypt(nonce, value, bind(row, purpose))


def open_under_token(token: str, row: UUID, purpose: str, sealed: bytes) -> bytes:
    """Raises CannotOpen if the token is another one or the value was altered or moved."""
    try:
        return AESGCM(_key(token)).decrypt(sealed[:NONCE], sealed[NONCE:], bind(row, purpose))
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def _key(token: str) -> bytes:
    return hmac.digest(b"undersigned link details v1", token.encode(), "sha256")
