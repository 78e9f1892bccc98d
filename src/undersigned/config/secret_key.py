"""The web's signing secret: set by the host, or made once and kept beside the database."""

from __future__ import annotations

import secrets

from undersigned.config.env import Env
from undersigned.config.env_values import SettingRefused
from undersigned.vault.keys import write_key_once


def secret_key(env: Env) -> str:
    """The secret; empty for a user who may not read it. Raises SettingRefused if it is short."""
    if env.secret_key:
        if len(env.secret_key) < 32:
            raise SettingRefused("UNDERSIGNED_SECRET_KEY must have at least 32 characters.")
        return env.secret_key
    path = env.data / "web" / "secret_key"
    try:
        if not path.exists():
            env.data.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Of two processes that start together the first one's key stays.
            write_key_once(path, secrets.token_urlsafe(48).encode())
        return path.read_text(encoding="ascii")
    except PermissionError:
        # Another user's, and rightly so: the worker signs nothing. `web` and `serve` insist on it.
        return ""
