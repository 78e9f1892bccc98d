"""What a host can set about mail: how it leaves, how fast, and where it arrives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from undersigned.config.env_values import (
    LOOPBACK_HOSTS,
    SettingRefused,
    read_number,
    read_secret,
    split_address,
)

MAIL_SERVICES = ("brevo", "postmark", "resend", "sparkpost")
_SMTP = frozenset({"smtp", "smtps", "smtp+starttls"})
_IMAP = frozenset({"imap", "imaps", "imap+starttls"})
# 64 characters may stand before an @ (RFC 5321, 4.5.3.1.1): these leave room for a token
# (mail/envelopes.py) and for a letter's name (signatures/receiving/addressing.py).
_BOUNCE_ADDRESS = re.compile(r"[A-Za-z0-9._-]{1,20}@[A-Za-z0-9.-]+")
_SIGN_ADDRESS = re.compile(r"[A-Za-z0-9._-]{1,8}@[A-Za-z0-9.-]+")
_SELECTOR = re.compile(r"[A-Za-z0-9._-]{1,100}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]+:[A-Za-z0-9_-]{20,}")


@dataclass(frozen=True)
class MailEnv:
    """The installation's settings of mail; empty texts for what the host does not use."""

    smtp_url: str
    service: str
    service_key: str
    service_url: str
    webhook_secret: str
    sender: str
    per_minute: int
    """The most mails that leave in a minute, as in an hour and a day; 0 for no limit."""
    per_hour: int
    per_day: int
    connections: int
    bounce_address: str
    bounce_imap_url: str
    sign_address: str
    sign_imap_url: str
    dkim_selector: str

    @property
    def is_delivered(self) -> bool:
        return bool(self.smtp_url or self.service)


def read_mail_env(environ: Mapping[str, str], site: str) -> MailEnv:
    """Read and check all settings of mail; `site` is the host name that mail comes from.

    Raises SettingRefused.
    """
    smtp_url = _read_smtp(environ)
    service = environ.get("UNDERSIGNED_MAIL_SERVICE", "")
    _check_service(service, smtp_url)
    return MailEnv(
        smtp_url=smtp_url,
        service=service,
        service_key=read_secret(environ, "UNDERSIGNED_MAIL_SERVICE_KEY"),
        service_url=_read_service_url(environ.get("UNDERSIGNED_MAIL_SERVICE_URL", "")),
        webhook_secret=_read_webhook_secret(environ),
        sender=environ.get("UNDERSIGNED_MAIL_FROM", "") or f"letters@{site}",
        per_minute=_read_limit(environ, "UNDERSIGNED_MAIL_PER_MINUTE"),
        per_hour=_read_limit(environ, "UNDERSIGNED_MAIL_PER_HOUR"),
        per_day=_read_limit(environ, "UNDERSIGNED_MAIL_PER_DAY"),
        connections=read_number(environ, "UNDERSIGNED_MAIL_CONNECTIONS", default=1, most=16),
        bounce_address=_read_bounce_address(environ.get("UNDERSIGNED_BOUNCE_ADDRESS", "")),
        bounce_imap_url=_read_imap(
            environ, "UNDERSIGNED_BOUNCE_IMAP_URL", "UNDERSIGNED_BOUNCE_ADDRESS"
        ),
        sign_address=_read_sign_address(environ.get("UNDERSIGNED_SIGN_ADDRESS", "")),
        sign_imap_url=_read_imap(environ, "UNDERSIGNED_SIGN_IMAP_URL", "UNDERSIGNED_SIGN_ADDRESS"),
        dkim_selector=_read_selector(environ.get("UNDERSIGNED_DKIM_SELECTOR", "")),
    )


def _read_smtp(environ: Mapping[str, str]) -> str:
    value = read_secret(environ, "UNDERSIGNED_SMTP_URL")
    if value and split_address("UNDERSIGNED_SMTP_URL", value).scheme not in _SMTP:
        raise SettingRefused(
            "UNDERSIGNED_SMTP_URL must start with smtp://, smtp+starttls:// or smtps://."
        )
    return value


def _check_service(name: str, smtp_url: str) -> None:
    if not name:
        return
    if name not in MAIL_SERVICES:
        raise SettingRefused(
            f"UNDERSIGNED_MAIL_SERVICE must be one of {', '.join(MAIL_SERVICES)}; for any other "
            "service, set UNDERSIGNED_SMTP_URL to its mail server."
        )
    if smtp_url:
        raise SettingRefused("Set UNDERSIGNED_SMTP_URL or UNDERSIGNED_MAIL_SERVICE, not both.")


def _read_service_url(value: str) -> str:
    if not value:
        return ""
    url = split_address("UNDERSIGNED_MAIL_SERVICE_URL", value)
    is_safe = url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK_HOSTS)
    if not is_safe or not url.hostname or url.query or url.username:
        raise SettingRefused(
            "UNDERSIGNED_MAIL_SERVICE_URL must be the address of the service's API, such as "
            "https://api.eu.example.org/v3/."
        )
    return value


def _read_webhook_secret(environ: Mapping[str, str]) -> str:
    value = read_secret(environ, "UNDERSIGNED_MAIL_WEBHOOK_SECRET")
    if value and not _WEBHOOK_SECRET.fullmatch(value):
        raise SettingRefused(
            "UNDERSIGNED_MAIL_WEBHOOK_SECRET must be a name, a colon and at least 20 letters or "
            "digits, such as service:J4k…; the service's webhook has both in its address."
        )
    return value


def _read_limit(environ: Mapping[str, str], name: str) -> int:
    return read_number(environ, name, default=0, hint="; leave it empty for no limit")


def _read_bounce_address(value: str) -> str:
    if value and not _BOUNCE_ADDRESS.fullmatch(value):
        raise SettingRefused(
            "UNDERSIGNED_BOUNCE_ADDRESS must be an address with at most 20 letters, digits, dots "
            "or hyphens before the @, such as bounces@example.org."
        )
    return value


def _read_sign_address(value: str) -> str:
    if value and not _SIGN_ADDRESS.fullmatch(value):
        raise SettingRefused(
            "UNDERSIGNED_SIGN_ADDRESS must be an address with at most 8 letters, digits, dots or "
            "hyphens before the @, such as sign@example.org."
        )
    return value.lower()


def _read_imap(environ: Mapping[str, str], name: str, address: str) -> str:
    """The mailbox that mail to an address arrives in; `address` names the setting that has it."""
    value = read_secret(environ, name)
    if not value:
        return ""
    url = split_address(name, value)
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
