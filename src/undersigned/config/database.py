"""The database that the host named, or the embedded one, as Django's DATABASES."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from undersigned.config.env import Env


def databases(env: Env) -> dict[str, Any]:
    return {"default": _named(env.database_url) if env.database_url else _embedded(env)}


def _embedded(env: Env) -> dict[str, Any]:
    return {
        "ENGINE": "undersigned.config.sqlite",
        "NAME": env.data / "db.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                "PRAGMA secure_delete=ON;PRAGMA cache_size=-16000;"
            ),
        },
    }


def _named(address: str) -> dict[str, Any]:
    url = urlsplit(address)
    options = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": options.pop("host", "") or (url.hostname or ""),
        "PORT": str(url.port or ""),
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }
