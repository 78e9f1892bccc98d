"""What a host can set. The only reader of `os.environ`.

Every name here is in docs/operations/settings.md.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
_SMTP = frozenset({"smtp", "smtps", "smtp+starttls"})
_IMAP = frozenset({"imap", "imaps", "imap+starttls"})
_ADDRESS = re.compile(r"[A-Za-z0-9._-]{1,20}@[A-Za-z0-9.-]+")
_SHORT_ADDRESS = re.compile(r"[A-Za-z0-9._-]{1,8}@[A-Za-z0-9.-]+")
_SELECTOR = re.compile(r"[A-Za-z0-9._-]{1,100}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]+:[A-Za-z0-9_-]{20,}")
MAIL_SERVICES = ("brevo", "postmark", "resend", "sparkpost")
_DATABASE = frozenset({"postgres", "postgresql"})
_MOST_PROXIES = 10
_MOST_CONNECTIONS = 16


class SettingRefused(Exception):
    """A setting is missing, unreadable or unsafe. The message is one sentence for the host."""


@dataclass(frozen=True)
class Env:
    """The installation's settings, read once at start."""

    data: Path
    url: SplitResult
    secret_key: str
    database_url: str
    smtp_url: str
    mail_service: str
    mail_service_key: str
    mail_service_url: str
    mail_webhook_secret: str
    mail_from: str
    mail_per_minute: int
    mail_connections: int
    bounce_address: str
    bounce_imap_url: str
    sign_address: str
    sign_imap_url: str
    dkim_selector: str
    web_processes: int
    trusted_proxies: int
    libretranslate_url: str
    libretranslate_key: str
    debug: bool

    @property
    def on_loopback(self) -> bool:
        """True while the site's address can be opened from this machine only."""
        return self.url.hostname in LOOPBACK_HOSTS

    @property
    def delivers_mail(self) -> bool:
        return bool(self.smtp_url or self.mail_service)


def read_env(environ: Mapping[str, str] = os.environ) -> Env:
    """Read and check all settings.

    Raises SettingRefused with a sentence that names the setting and the next step.
    """
    data = Path(environ.get("UNDERSIGNED_DATA", "") or "data").absolute()
    url = _read_url(environ.get("UNDERSIGNED_URL", "") or "http://127.0.0.1:8000")
    smtp_url = _read(environ, "UNDERSIGNED_SMTP_URL")
    if smtp_url and _split("UNDERSIGNED_SMTP_URL", smtp_url).scheme not in _SMTP:
        raise SettingRefused(
            "UNDERSIGNED_SMTP_URL must start with smtp://, smtp+starttls:// or smtps://."
        )
    database_url = _read(environ, "DATABASE_URL")
    if database_url and _split("DATABASE_URL", database_url).scheme not in _DATABASE:
        raise SettingRefused(
            "DATABASE_URL must start with postgres://; leave it empty for the embedded database."
        )
    debug = environ.get("UNDERSIGNED_DEBUG", "") == "1"
    if debug and url.hostname not in LOOPBACK_HOSTS:
        raise SettingRefused(
            "UNDERSIGNED_DEBUG=1 is for a site on this machine only: unset it, "
            "or set UNDERSIGNED_URL to an address on 127.0.0.1."
        )
    return Env(
        data=data,
        url=url,
        secret_key=_read(environ, "UNDERSIGNED_SECRET_KEY"),
        database_url=database_url,
        smtp_url=smtp_url,
        mail_service=_read_service(environ),
        mail_service_key=_read(environ, "UNDERSIGNED_MAIL_SERVICE_KEY"),
        mail_service_url=_read_service_url(environ.get("UNDERSIGNED_MAIL_SERVICE_URL", "")),
        mail_webhook_secret=_read_webhook_secret(environ),
        mail_from=environ.get("UNDERSIGNED_MAIL_FROM", "") or f"letters@{url.hostname}",
        mail_per_minute=_read_per_minute(environ.get("UNDERSIGNED_MAIL_PER_MINUTE", "")),
        mail_connections=_read_connections(environ.get("UNDERSIGNED_MAIL_CONNECTIONS", "")),
        bounce_address=_read_bounce_address(environ.get("UNDERSIGNED_BOUNCE_ADDRESS", "")),
        bounce_imap_url=_read_imap(
            environ, "UNDERSIGNED_BOUNCE_IMAP_URL", "UNDERSIGNED_BOUNCE_ADDRESS"
        ),
        sign_address=_read_sign_address(environ.get("UNDERSIGNED_SIGN_ADDRESS", "")),
        sign_imap_url=_read_imap(environ, "UNDERSIGNED_SIGN_IMAP_URL", "UNDERSIGNED_SIGN_ADDRESS"),
        dkim_selector=_read_selector(environ.get("UNDERSIGNED_DKIM_SELECTOR", "")),
        web_processes=_read_count(environ.get("UNDERSIGNED_WEB_PROCESSES", "")),
        trusted_proxies=_read_proxies(environ.get("UNDERSIGNED_TRUSTED_PROXIES", "")),
        libretranslate_url=_read_libretranslate(environ.get("UNDERSIGNED_LIBRETRANSLATE_URL", "")),
        libretranslate_key=_read(environ, "UNDERSIGNED_LIBRETRANSLATE_KEY"),
        debug=debug,
    )


def read_backup_passphrase(environ: Mapping[str, str] = os.environ) -> str:
    """What encrypts backups where no recipient is named; empty if the host set none.

    Apart from `read_env`: only who makes backups may be able to read the file. Raises
    SettingRefused.
    """
    return _read(environ, "UNDERSIGNED_BACKUP_PASSPHRASE")


def assume_url(url: str) -> None:
    """Take `url` for the site's address unless the host named one; child processes do too."""
    if not os.environ.get("UNDERSIGNED_URL"):
        os.environ["UNDERSIGNED_URL"] = url


def _read(environ: Mapping[str, str], name: str) -> str:
    """A value, or the contents of the file that `<name>_FILE` points to."""
    path = environ.get(f"{name}_FILE", "")
    if not path:
        return environ.get(name, "")
    if environ.get(name):
        raise SettingRefused(f"Set {name} or {name}_FILE, not both.")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingRefused(
            f"{name}_FILE points to a file that cannot be read: {error.strerror}."
        ) from error
    except UnicodeDecodeError:
        # Without a cause: it holds the file's bytes, a secret.
        raise SettingRefused(f"{name}_FILE points to a file that is not text in UTF-8.") from None


def _read_url(value: str) -> SplitResult:
    url = _split("UNDERSIGNED_URL", value)
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


def _read_service(environ: Mapping[str, str]) -> str:
    name = environ.get("UNDERSIGNED_MAIL_SERVICE", "")
    if not name:
        return ""
    if name not in MAIL_SERVICES:
        raise SettingRefused(
            f"UNDERSIGNED_MAIL_SERVICE must be one of {', '.join(MAIL_SERVICES)}; for any other "
            "service, set UNDERSIGNED_SMTP_URL to its mail server."
        )
    if _read(environ, "UNDERSIGNED_SMTP_URL"):
        raise SettingRefused("Set UNDERSIGNED_SMTP_URL or UNDERSIGNED_MAIL_SERVICE, not both.")
    return name


def _read_service_url(value: str) -> str:
    if not value:
        return ""
    url = _split("UNDERSIGNED_MAIL_SERVICE_URL", value)
    is_safe = url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK_HOSTS)
    if not is_safe or not url.hostname or url.query or url.username:
        raise SettingRefused(
            "UNDERSIGNED_MAIL_SERVICE_URL must be the address of the service's API, such as "
            "https://api.eu.example.org/v3/."
        )
    return value


def _read_webhook_secret(environ: Mapping[str, str]) -> str:
    name = "UNDERSIGNED_MAIL_WEBHOOK_SECRET"
    value = _read(environ, name)
    if value and not _WEBHOOK_SECRET.fullmatch(value):
        raise SettingRefused(
            f"{name} must be a name, a colon and at least 20 letters or digits, such as "
            "service:J4k…; the service's webhook has both in its address."
        )
    return value


def _read_bounce_address(value: str) -> str:
    if value and not _ADDRESS.fullmatch(value):
        raise SettingRefused(
            "UNDERSIGNED_BOUNCE_ADDRESS must be an address with at most 20 letters, digits, dots "
            "or hyphens before the @, such as bounces@example.org."
        )
    return value


def _read_sign_address(value: str) -> str:
    if value and not _SHORT_ADDRESS.fullmatch(value):
        raise SettingRefused(
            "UNDERSIGNED_SIGN_ADDRESS must be an address with at most 8 letters, digits, dots or "
            "hyphens before the @, such as sign@example.org."
        )
    return value.lower()


def _read_imap(environ: Mapping[str, str], name: str, address: str) -> str:
    """The mailbox that mail to an address arrives in; `address` names the setting that has it."""
    value = _read(environ, name)
    if not value:
        return ""
    url = _split(name, value)
    if url.scheme not in _IMAP or not url.hostname:
        raise SettingRefused(f"{name} must start with imaps://, imap+starttls:// or imap://.")
    if url.scheme == "imap" and url.hostname not in LOOPBACK_HOSTS:
        raise SettingRefused(
            f"{name} must start with imaps:// or imap+starttls:// unless the server is on this "
            "machine."
        )
    if not environ.get(address):
        raise SettingRefused(f"{name} needs {address} too: the address whose mail arrives there.")
    return value


def _read_selector(value: str) -> str:
    if value and not _SELECTOR.fullmatch(value):
        raise SettingRefused(
            "UNDERSIGNED_DKIM_SELECTOR must be the name that stands before ._domainkey in the "
            "record of your DKIM key, such as mail2026."
        )
    return value


def _read_per_minute(value: str) -> int:
    if value and (not value.isdecimal() or int(value) < 1):
        raise SettingRefused(
            "UNDERSIGNED_MAIL_PER_MINUTE must be a whole number of 1 or more; leave it empty for "
            "no limit."
        )
    return int(value or 0)


def _read_connections(value: str) -> int:
    if value and not (value.isdecimal() and 1 <= int(value) <= _MOST_CONNECTIONS):
        raise SettingRefused(
            f"UNDERSIGNED_MAIL_CONNECTIONS must be a whole number from 1 to {_MOST_CONNECTIONS}."
        )
    return int(value or 1)


def _read_libretranslate(value: str) -> str:
    if not value:
        return ""
    url = _split("UNDERSIGNED_LIBRETRANSLATE_URL", value)
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


def _split(name: str, value: str) -> SplitResult:
    try:
        url = urlsplit(value)
        _ = url.port  # raises ValueError too
    except ValueError:
        # Without a cause: it may repeat a password.
        raise SettingRefused(
            f"{name} is not an address: check its brackets and its port, and write "
            "special characters of a password with percent signs (%40 for @)."
        ) from None
    return url


def _read_count(value: str) -> int:
    if not value:
        return max(1, min(4, os.cpu_count() or 1))
    if not value.isdecimal() or int(value) < 1:
        raise SettingRefused("UNDERSIGNED_WEB_PROCESSES must be a whole number of 1 or more.")
    return int(value)


def _read_proxies(value: str) -> int:
    if not value:
        return 0
    if not value.isdecimal() or int(value) > _MOST_PROXIES:
        raise SettingRefused(
            f"UNDERSIGNED_TRUSTED_PROXIES must be a whole number from 0 to {_MOST_PROXIES}: "
            "how many proxies of yours a request passes."
        )
    return int(value)
