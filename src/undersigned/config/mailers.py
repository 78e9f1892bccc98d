"""What the host named for mail to leave by, as Django's MAILERS."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from undersigned.config.mail_env import MailEnv


def mailers(mail: MailEnv, outbox: Path) -> dict[str, Any]:
    """A service, a server, or the folder `outbox` that mail is kept in if there is neither."""
    if mail.service:
        return _mailer(
            "undersigned.mail.hosted.ServiceBackend",
            service=mail.service,
            key=mail.service_key,
            url=mail.service_url,
        )
    if mail.smtp_url:
        url = urlsplit(mail.smtp_url)
        return _mailer(
            "undersigned.mail.smtp.PipeliningBackend",
            host=url.hostname or "localhost",
            port=url.port,
            username=unquote(url.username or ""),
            password=unquote(url.password or ""),
            use_tls=url.scheme == "smtp+starttls",
            use_ssl=url.scheme == "smtps",
            timeout=20,
        )
    return _mailer("undersigned.mail.kept.KeepingBackend", folder=outbox)


def _mailer(backend: str, **options: Any) -> dict[str, Any]:
    return {"default": {"BACKEND": backend, "OPTIONS": options}}
