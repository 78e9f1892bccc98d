"""The message as it goes over the wire."""

from __future__ import annotations

import email.policy
import uuid
from email.headerregistry import BaseHeader, HeaderRegistry
from email.policy import Policy
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from undersigned.mail.outbox import Mail


def compose(message_id: uuid.UUID, mail: Mail) -> EmailMessage:
    """The same Message-ID at every try."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">") or "localhost"
    return _Message(
        subject=" ".join(mail.subject.split()),
        body=mail.text,
        to=[mail.to],
        headers={
            "Message-ID": f"<{message_id}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
            **mail.headers,
        },
    )


class _Header(BaseHeader):
    """A header that remembers how it is written, with which ends of lines."""

    _written: tuple[str, str] = ("", "")

    def fold(self, *, policy: Policy[Any]) -> str:
        line_end, written = self._written
        if line_end != policy.linesep:
            written = super().fold(policy=policy)
            self._written = (policy.linesep, written)
        return written


class _Headers(HeaderRegistry):
    """Python's header classes and headers, each made once and used for every message.

    Python makes a class anew for each header of each message, and parses and folds the same
    subject and sender again, which takes more than half of the time that a message takes.
    """

    def __init__(self) -> None:
        super().__init__(base_class=_Header)
        self._class_of = lru_cache(maxsize=64)(super().__getitem__)
        self._made = lru_cache(maxsize=64)(super().__call__)

    def __getitem__(self, name: str) -> type[BaseHeader]:
        return self._class_of(name)

    def __call__(self, name: str, value: Any) -> BaseHeader:
        if isinstance(value, str):
            return self._made(name, value)
        return super().__call__(name, value)  # a date, or an international domain made ASCII


_headers = _Headers()


class _Message(EmailMessage):
    def message(self, **options: Any) -> Any:
        policy = options.get("policy", email.policy.default)
        return super().message(policy=policy.clone(header_factory=_headers))
