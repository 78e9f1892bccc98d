"""Hosted mail services, by their web addresses instead of SMTP: django-anymail speaks to them.

A message carries its token (envelopes.py) as metadata, and a service that reports on it says the
token, so that no address is needed to know what came back.
"""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, override

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string

from undersigned.mail.composing import ComposedMail
from undersigned.mail.service_reports import METADATA

_DENIED = frozenset({401, 403})
_SLOW_DOWN = 429
_AFTER_US = 500


@dataclass(frozen=True)
class Service:
    """`key`: what its backend calls the host's key. `tracks`: unless it is told not to."""

    name: str
    key: str = "api_key"
    tracks: bool = False


SERVICES = {
    "brevo": Service("Brevo"),
    "postmark": Service("Postmark", key="server_token", tracks=True),
    "resend": Service("Resend"),
    "sparkpost": Service("SparkPost", tracks=True),
}


class ServiceBackend(BaseEmailBackend):
    """One of the services. Its refusals are raised as those of an SMTP server would be.

    Never with the service's own words: they repeat the message.
    """

    def __init__(self, *, service: str, key: str, url: str = "", **options: Any) -> None:
        super().__init__(**options)
        self._service = SERVICES[service]
        backend = import_string(f"anymail.backends.{service}.EmailBackend")
        place = {"api_url": url.rstrip("/") + "/"} if url else {}
        self._backend = backend(**{self._service.key: key}, **place, **options)

    @override
    def open(self) -> bool:
        return bool(self._backend.open())

    @override
    def close(self) -> None:
        self._backend.close()

    @override
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self._prepare(message)
            fault = self._send(message)
            if fault is not None:
                raise fault
        return len(email_messages)

    def _prepare(self, message: EmailMessage) -> None:
        message.from_email = settings.DEFAULT_FROM_EMAIL  # the envelope is the service's
        headers = dict(message.extra_headers)
        headers.pop("From", None)
        message.extra_headers = headers
        # What anymail looks for on a message.
        if isinstance(message, ComposedMail) and message.token:
            message.metadata = {METADATA: message.token}  # type: ignore[attr-defined]
        if self._service.tracks:
            message.track_opens = message.track_clicks = False  # type: ignore[attr-defined]

    def _send(self, message: EmailMessage) -> Exception | None:
        to = message.to[0]
        try:
            self._backend.send_messages([message])
        except AnymailRecipientsRefused:
            return smtplib.SMTPRecipientsRefused({to: (550, b"refused by the mail service")})
        except AnymailError as error:
            return _fault(error.status_code)
        return None


def _fault(status: int | None) -> Exception:
    """What an answer (HTTP) means in mail's own words; None for no answer."""
    if status is None or status >= _AFTER_US:
        return ConnectionError("The mail service does not answer as it should.")
    if status in _DENIED:
        return smtplib.SMTPAuthenticationError(535, "The mail service does not know the key.")
    if status == _SLOW_DOWN:
        return smtplib.SMTPResponseException(450, "The mail service wants less at once.")
    # It may be our settings, and the same for every message: not for good.
    return smtplib.SMTPDataError(451, b"refused by the mail service")
