"""With no mail server configured, mail is kept as files, for the person at this machine to read."""

from __future__ import annotations

import email
import email.policy
import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage as ReadMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

SHOWN = 200


@dataclass(frozen=True)
class KeptMail:
    id: str
    to: str
    subject: str
    text: str
    language: str
    at: datetime


class KeepingBackend(BaseEmailBackend):
    """Instead of sending, write each message to a folder (0600), durably; same id, same file."""

    def __init__(self, *, folder: Path, **options: Any) -> None:
        super().__init__(**options)
        self._folder = folder

    def open(self) -> bool:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return True

    def close(self) -> None:
        """Nothing is held open."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            name = message.extra_headers["Message-ID"].strip("<>").partition("@")[0]
            draft = self._folder / f".{name}.{secrets.token_hex(4)}"
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                file.write(message.message().as_bytes())
                file.flush()
                os.fsync(file.fileno())
            draft.rename(self._folder / f"{name}.eml")
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        return len(email_messages)


def read_kept(folder: Path, limit: int | None = SHOWN) -> list[KeptMail]:
    """Kept mail, newest first."""
    if not folder.is_dir():
        return []
    paths = sorted(
        folder.glob("*.eml"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True
    )
    return list(_parse(paths[:limit]))


def _parse(paths: Sequence[Path]) -> Iterator[KeptMail]:
    for path in paths:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(message, ReadMessage)  # noqa: S101  the policy's class
        yield KeptMail(
            id=path.stem,
            to=str(message["To"]),
            subject=str(message["Subject"]),
            text=_plain_text(message),
            language=str(message["Content-Language"]),
            at=parsedate_to_datetime(str(message["Date"])),
        )


def _plain_text(message: ReadMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None  # noqa: S101  every mail of ours has words
    return str(body.get_content()).rstrip("\n")
