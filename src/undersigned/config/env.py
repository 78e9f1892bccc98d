"""What a host can set. Only this, mail_env.py and env_values.py read `os.environ`.

Every name in them is in docs/operations/settings.md.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult

from undersigned.config.env_values import (
    LOOPBACK_HOSTS,
    SettingRefused,
    read_number,
    read_secret,
    split_address,
)
from undersigned.config.mail_env import MailEnv, read_mail_env

_DATABASE = frozenset({"postgres", "postgresql"})


@dataclass(frozen=True)
class Env:
    """The installation's settings, read once at start."""

    data: Path
    url: SplitResult
    secret_key: str
    database_url: str
    mail: MailEnv
    web_processes: int
    trusted_proxies: int
    libretranslate_url: str
    libretranslate_key: str
    debug: bool

    @property
    def on_loopback(self) -> bool:
        """True while the site's address can be opened from this machine only."""
        return self.url.hostname in LOOPBACK_HOSTS


def read_env(environ: Mapping[str, str] = os.environ) -> Env:
    """Read and check all settings.

    Raises SettingRefused with a sentence that names the setting and the next step.
    """
    url = _read_url(environ.get("UNDERSIGNED_URL", "") or "http://127.0.0.1:8000")
    debug = environ.get("UNDERSIGNED_DEBUG", "") == "1"
    if debug and url.hostname not in LOOPBACK_HOSTS:
        raise SettingRefused(
            "UNDERSIGNED_DEBUG=1 is for a site on this machine only: unset it, "
            "or set UNDERSIGNED_URL to an address on 127.0.0.1."
        )
    return Env(
        data=Path(environ.get("UNDERSIGNED_DATA", "") or "data").absolute(),
        url=url,
        secret_key=read_secret(environ, "UNDERSIGNED_SECRET_KEY"),
        database_url=_read_database(environ),
        mail=read_mail_env(environ, url.hostname or ""),
        web_processes=read_number(
            environ, "UNDERSIGNED_WEB_PROCESSES", default=max(1, min(4, os.cpu_count() or 1))
        ),
        trusted_proxies=read_number(
            environ,
            "UNDERSIGNED_TRUSTED_PROXIES",
            default=0,
            least=0,
            most=10,
            hint=": how many proxies of yours a request passes",
        ),
        libretranslate_url=_read_libretranslate(environ.get("UNDERSIGNED_LIBRETRANSLATE_URL", "")),
        libretranslate_key=read_secret(environ, "UNDERSIGNED_LIBRETRANSLATE_KEY"),
        debug=debug,
    )


def read_backup_passphrase(environ: Mapping[str, str] = os.environ) -> str:
    """What encrypts backups where no recipient is named; empty if the host set none.

    Apart from `read_env`: only who makes backups may be able to read the file. Raises
    SettingRefused.
    """
    return read_secret(environ, "UNDERSIGNED_BACKUP_PASSPHRASE")


def assume_url(url: str) -> None:
    """Take `url` for the site's address unless the host named one; child processes do too."""
    if not os.environ.get("UNDERSIGNED_URL"):
        os.environ["UNDERSIGNED_URL"] = url


def _read_url(value: str) -> SplitResult:
    url = split_address("UNDERSIGNED_URL", value)
    bare = url.path in {"", "/"} and not (url.query or url.fragment or url.username)
    if url.scheme not in {"http", "https"} or not url.hostname or not bare:
        raise SettingRefused(
            "UNDERSIGNED_URL must be the site's address without a path, "
            "such as https://letters.example.org."
        )
    if url.scheme == "http" and url.hostname not in LOOPBACK_HOSTS:
        raise SettingRefused(
            "UNDERSIGNED_URL must start with https:// unless the site is on this machine only."
        )
    return url


def _read_database(environ: Mapping[str, str]) -> str:
    value = read_secret(environ, "DATABASE_URL")
    if value and split_address("DATABASE_URL", value).scheme not in _DATABASE:
        raise SettingRefused(
            "DATABASE_URL must start with postgres://; leave it empty for the embedded database."
        )
    return value


def _read_libretranslate(value: str) -> str:
    if not value:
        return ""
    url = split_address("UNDERSIGNED_LIBRETRANSLATE_URL", value)
    is_bare = not (url.query or url.fragment or url.username or url.password)
    if url.scheme not in {"http", "https"} or not url.hostname or not is_bare:
        raise SettingRefused(
            "UNDERSIGNED_LIBRETRANSLATE_URL must be the address of a LibreTranslate server, "
            "such as https://translate.example.org; a key goes into "
            "UNDERSIGNED_LIBRETRANSLATE_KEY."
        )
    if url.scheme == "http" and url.hostname not in LOOPBACK_HOSTS:
        raise SettingRefused(
            "UNDERSIGNED_LIBRETRANSLATE_URL must start with https:// unless the server is on "
            "this machine."
        )
    return value.rstrip("/")
