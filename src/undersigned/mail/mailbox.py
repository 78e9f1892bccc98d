"""The mailbox that returned mail arrives in, read over IMAP (RFC 3501).

Reports of ours are deleted: they repeat addresses. Whatever else is there is marked as read and
left to people.
"""

from __future__ import annotations

import imaplib
import logging
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from django.db import DatabaseError

from undersigned.mail.reports import MOST_BYTES

log = logging.getLogger(__name__)

SECONDS = 20
BATCH = 100
_PORT, _TLS_PORT = 143, 993


class MailboxOutOfReach(Exception):
    """The mailbox cannot be read now. The message is a word for the fault and names nobody."""


class Turns(Protocol):
    """In which order mails are looked at, for who has some of them wait."""

    def in_turn(self, uids: Sequence[str], /) -> Iterable[str]:
        """Of the unread ones, oldest first: those to be looked at now."""

    def put_off(self, uid: str, /) -> bool:
        """One has to wait; False if it has waited long enough, and is left to people."""


@dataclass(frozen=True)
class Looked:
    """What a visit found: reports of ours, and other mail that was left."""

    taken: int
    left: int


def read_mailbox(
    url: str,
    take: Callable[[bytes], bool | None],
    most_bytes: int = MOST_BYTES,
    turns: Turns | None = None,
    faults: tuple[type[Exception], ...] = (),
) -> Looked:
    """Hand unread mails to `take`, which says whether one was ours and is done with.

    None stands for later: it stays unread. `turns`: whose turn it is; otherwise the first BATCH.
    A mail that `take` stumbles over is left to people, so that it stops no others; `faults`: what
    is no mail's fault, besides DatabaseError and OSError.

    `url`: `imaps://user:password@host/folder`, or `imap+starttls` or `imap`; the folder is INBOX
    unless it is named. Only the first `most_bytes` of each mail are fetched. A mail is deleted
    after `take` has returned, so that one that was in hand when we were stopped is taken again.
    Raises MailboxOutOfReach, and those faults.
    """
    ours: tuple[type[Exception], ...] = (DatabaseError, OSError, *faults)
    fault: Exception | None = None
    with _visit(url) as server:
        taken: list[str] = []
        others: list[str] = []
        unread = _unread(server)
        try:
            for uid in turns.in_turn(unread) if turns else unread[:BATCH]:
                raw = _fetch(server, uid, most_bytes)
                try:
                    is_done = take(raw)
                except ours as error:
                    fault = error  # raised below: it is not the mailbox's
                    break
                except Exception:
                    log.exception("A mail could not be read; it is left in the mailbox.")
                    is_done = False
                if is_done is None and turns and not turns.put_off(uid):
                    is_done = False
                if is_done is not None:
                    (taken if is_done else others).append(uid)
        finally:
            _flag(server, others, r"\Seen")
            _flag(server, taken, r"\Deleted")
            if taken and _can_expunge_some(server):
                server.uid("EXPUNGE", ",".join(taken))
            elif taken:
                server.expunge()
    if fault is not None:
        raise fault
    return Looked(taken=len(taken), left=len(others))


def count_unread(url: str) -> int:
    """How many mails wait there. Raises MailboxOutOfReach."""
    with _visit(url) as server:
        return len(_unread(server))


@contextmanager
def _visit(url: str) -> Iterator[imaplib.IMAP4]:
    parts = urlsplit(url)
    try:
        server = _connect(parts)
        try:
            server.login(unquote(parts.username or ""), unquote(parts.password or ""))
            folder = unquote(parts.path.strip("/")) or "INBOX"
            _expect_ok(server.select('"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'))
            yield server
        finally:
            server.shutdown()
    except (OSError, UnicodeError, imaplib.IMAP4.error) as error:
        # Without a cause: a server may repeat the name of the user.
        raise MailboxOutOfReach(type(error).__name__) from None


def _connect(parts: SplitResult) -> imaplib.IMAP4:
    host = parts.hostname or ""
    context = ssl.create_default_context()
    if parts.scheme == "imaps":
        port = parts.port or _TLS_PORT
        return imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=SECONDS)
    server = imaplib.IMAP4(host, parts.port or _PORT, timeout=SECONDS)
    if parts.scheme == "imap+starttls":
        try:
            server.starttls(context)
        except BaseException:
            server.shutdown()
            raise
    return server


def _unread(server: imaplib.IMAP4) -> list[str]:
    [found] = _expect_ok(server.uid("SEARCH", "UNSEEN", "UNDELETED"))
    return [uid.decode("ascii") for uid in (found or b"").split() if uid.isdigit()]


def _can_expunge_some(server: imaplib.IMAP4) -> bool:
    """Asked after signing in: servers say more then (RFC 4315)."""
    words = b" ".join(_expect_ok(server.capability()))
    return b"UIDPLUS" in words.upper().split()


def _fetch(server: imaplib.IMAP4, uid: str, most_bytes: int) -> bytes:
    """The beginning of one mail; empty if it is gone."""
    for part in _expect_ok(server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{most_bytes}>)")):
        if isinstance(part, tuple):
            return bytes(part[1])
    return b""


def _flag(server: imaplib.IMAP4, uids: list[str], flag: str) -> None:
    if uids:
        _expect_ok(server.uid("STORE", ",".join(uids), "+FLAGS.SILENT", f"({flag})"))


def _expect_ok(answer: tuple[str, list[Any]]) -> list[Any]:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(status)
    return data
