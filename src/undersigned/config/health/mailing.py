"""Whether the mail server answers: connect and say hello, nothing more."""

from __future__ import annotations

import smtplib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 10


def mail_server_answers() -> str | None:
    """Empty if it does, else a word for the fault that names nobody; None without a server."""
    if settings.MAIL_SERVICE:
        return None
    options: dict[str, Any] = settings.MAILERS["default"].get("OPTIONS", {})
    connect = smtplib.SMTP_SSL if options["use_ssl"] else smtplib.SMTP
    # Named, so that nobody is asked for this machine's name.
    name = urlsplit(settings.SITE_URL).hostname
    try:
        with connect(options["host"], options["port"] or 0, name, timeout=SECONDS) as server:
            code, _ = server.ehlo()
    except smtplib.SMTPResponseException as error:
        return f"SMTP {error.smtp_code}"
    except (OSError, smtplib.SMTPException) as error:
        return type(error).__name__
    return "" if code == 250 else f"SMTP {code}"


def mail_is_encrypted() -> bool:
    """Whether mail leaves under TLS, or not to another machine."""
    options: dict[str, Any] = settings.MAILERS["default"].get("OPTIONS", {})
    return bool(
        options.get("use_tls")
        or options.get("use_ssl")
        or options.get("host", "localhost") in {"localhost", "127.0.0.1", "::1"}
    )
