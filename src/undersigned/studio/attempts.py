"""Where attempts to sign in are counted: files that all web processes of a machine share.

They stand in the web's own folder, outside the database and its backups.
"""

from __future__ import annotations

import hmac

from django.conf import settings


def hidden_key(key: str, prefix: str, version: int) -> str:
    """A counter's name: says nothing of the address that somebody tried, not by guessing either."""
    name = f"{prefix}|{version}|{key}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), name, "sha256").hex()
