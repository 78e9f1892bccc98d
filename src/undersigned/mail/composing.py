"""The message as it goes over the wire."""

from __future__ import annotations

import email.policy
import uuid
from email.headerregistry import BaseHeader, HeaderRegistry
from email.policy import Policy
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from undersigned.mail.outbox import Mail
from undersigned.mail.right_to_left import marked, page_of, runs_from_the_right

# What holds addresses of pages. Python would encode a long one, so that nobody could read it.
_ONE_LINE = frozenset({"list-id", "list-unsubscribe", "list-unsubscribe-post"})
_LONGEST_UNFOLDED = 78  # RFC 5322, 2.1.1


def compose(message_id: uuid.UUID, mail: Mail, sender: str = "") -> ComposedMail:
    """The same Message-ID at every try. Plain text, and beside it HTML if there is any.

    `sender`: the envelope's, if it is not the letter's (envelopes.py).
    """
    text, page = mail.text, mail.html
    if runs_from_the_right(mail.language):
        page, text = page or page_of(text, mail.language), marked(text)
    message = ComposedMail(
        subject=" ".join(mail.subject.split()),
        body=text,
        from_email=sender or None,
        to=[mail.to],
        headers={
            "Message-ID": _Written(f"<{message_id}@{message_host()}>"),
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
            **mail.headers,
            **({"From": settings.DEFAULT_FROM_EMAIL} if sender else {}),
        },
    )
    if page:
        message.attach_alternative(page, "text/html")
    return message


def message_host() -> str:
    """What stands behind the @ of a Message-ID."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">") or "localhost"


class _Written(str):
    """A Message-ID of ours: as it stands, where Python would parse it and fold it."""

    __slots__ = ()
    name = "Message-ID"

    def fold(self, *, policy: Policy[Any]) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Header(BaseHeader):
    """A header that remembers how it is written, with which ends of lines."""

    _written: tuple[str, str] = ("", "")

    def fold(self, *, policy: Policy[Any]) -> str:
        line = f"{self.name}: {self}"
        is_plain = line.isascii() and line.isprintable() and "=?" not in line
        if self.name.lower() in _ONE_LINE or (is_plain and len(line) <= _LONGEST_UNFOLDED):
            return line + policy.linesep
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


class Printed(Protocol):
    """A message that was composed before, with what is only this one's filled in."""

    def __call__(self, *, takes_8bit: bool) -> bytes: ...


class ComposedMail(EmailMultiAlternatives):
    """`printed`: a quicker way to its bytes, if there is one (printing.py).

    `token`: what names it to strangers, if something does (envelopes.py).
    """

    printed: Printed | None = None
    token = ""

    def message(self, **options: Any) -> Any:
        policy = options.get("policy", email.policy.default)
        message = super().message(policy=policy.clone(header_factory=_headers))
        if message.is_multipart():
            # One that stands in no text: looking for such a one takes Python long.
            message.set_boundary(f"part-{uuid.uuid4().hex}")
        return message
