"""SMTP with few round trips: one connection for many messages, commands sent together.

Where the server offers PIPELINING (RFC 2920), a message takes one round trip instead of four: the
next one's MAIL, RCPT and DATA go out right behind the content of the one before. A message's
content is sent only when its recipient was taken, and when the one before was answered and taken
note of: so no more than one can be doubled when we are killed.
"""

from __future__ import annotations

import contextlib
import smtplib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast, override

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from undersigned.mail.printing import is_plain, print_message

# Some services end a connection after a hundred messages; starting anew costs little for so many.
MOST_PER_CONNECTION = 100
# A server may have hung up in the meantime.
ASK_AFTER_SECONDS = 5.0
_GO_AHEAD = 354
_HANGS_UP = 421
_FAULTS = (OSError, smtplib.SMTPException, ValueError)


@dataclass(frozen=True)
class _Letter:
    """A message as the server gets it. `envelope`: told beforehand; empty without pipelining."""

    sender: str
    recipient: str
    options: list[str]
    content: bytes
    envelope: bytes


class PipeliningBackend(EmailBackend):
    """Django's, with its connection kept until `close`. One message has one recipient."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._sent = 0
        self._used_at = 0.0

    @override
    def open(self) -> bool:
        """Connect unless there is a connection that can still be used; whether it was made anew."""
        if self.connection is not None and not self._can_be_used(self.connection):
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self.close()
        made = bool(super().open())
        if made:
            self._sent = 0
        self._used_at = time.monotonic()
        return made

    @override
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Raises smtplib.SMTPException, OSError or ValueError at the first that is not taken."""
        for fault in self.send_each(email_messages):
            if fault is not None:
                raise fault
        return len(email_messages)

    def send_each(self, messages: Iterable[EmailMessage]) -> Iterator[Exception | None]:
        """What became of each message, in order: nothing, or what would be raised for it.

        A message's content is sent when its answer is asked for; the one behind it is taken from
        `messages` before that. Whoever stops asking has to close the connection.
        """
        coming = iter(messages)
        message = next(coming, None)
        told: _Letter | None = None  # its envelope is with the server already
        while message is not None:
            letter, told = told, None
            try:
                letter = letter or self._begin(message)
                _hear(self._server, letter)
            except _FAULTS as fault:
                yield fault
                message = next(coming, None)
                continue
            message = next(coming, None)
            behind = self._prepare_behind(message)
            try:
                _hand_in(self._server, letter, behind)
            except _FAULTS as fault:
                outcome: Exception | None = fault
            else:
                outcome = None
            self._sent += 1
            self._used_at = time.monotonic()
            told = behind if self._server.sock is not None else None
            yield outcome

    @property
    def _server(self) -> smtplib.SMTP:
        return cast("smtplib.SMTP", self.connection)  # open

    def _begin(self, message: EmailMessage) -> _Letter:
        self.open()
        self._server.ehlo_or_helo_if_needed()
        letter = self._prepare(message)
        self._server.send(letter.envelope)
        return letter

    def _prepare_behind(self, message: EmailMessage | None) -> _Letter | None:
        """What can be told already of the next one."""
        if message is None or self._sent + 1 >= MOST_PER_CONNECTION:
            return None
        if not self._server.has_extn("pipelining"):
            return None
        try:
            return self._prepare(message)
        except _FAULTS:
            return None  # when it is its turn, it says so again

    def _can_be_used(self, connection: smtplib.SMTP) -> bool:
        if self._sent >= MOST_PER_CONNECTION or connection.sock is None:
            return False
        if time.monotonic() - self._used_at < ASK_AFTER_SECONDS:
            return True
        try:
            code, _ = connection.noop()
        except (OSError, smtplib.SMTPException):
            return False
        return bool(code == 250)

    def _on_envelope(self, address: str) -> str:
        """An address as it stands if it is plain; else Django looks at it, which takes long."""
        return address if is_plain(address) else self.prep_address(address)

    def _prepare(self, message: EmailMessage) -> _Letter:
        sender = self._on_envelope(message.from_email)
        [recipient] = [self._on_envelope(address) for address in message.recipients()]
        server = self._server
        takes_all = server.has_extn("8bitmime")
        content = print_message(message, takes_8bit=takes_all)
        options = ["BODY=8BITMIME"] if takes_all and not content.isascii() else []
        if server.has_extn("dsn"):
            options.append("RET=HDRS")  # what comes back need not say it all again (RFC 3461)
        if not server.has_extn("pipelining"):
            return _Letter(sender, recipient, options, content, b"")
        if server.has_extn("size"):
            options.append(f"SIZE={len(content)}")
        words = " ".join((f"MAIL FROM:<{sender}>", *options))
        envelope = f"{words}\r\nRCPT TO:<{recipient}>\r\nDATA\r\n".encode("ascii")
        return _Letter(sender, recipient, options, content, envelope)


def _hear(server: smtplib.SMTP, letter: _Letter) -> None:
    """The answers to an envelope; all are read whatever they say. Raises what they amount to."""
    if not letter.envelope:
        return
    mail = server.getreply()
    if mail[0] == _HANGS_UP:
        server.close()
        raise smtplib.SMTPSenderRefused(mail[0], mail[1], letter.sender)
    rcpt = server.getreply()
    if rcpt[0] == _HANGS_UP:
        server.close()
        raise smtplib.SMTPRecipientsRefused({letter.recipient: rcpt})
    data = server.getreply()
    if mail[0] == 250 and rcpt[0] in {250, 251}:
        if data[0] == _GO_AHEAD:
            return
        if data[0] == _HANGS_UP:
            server.close()
        else:
            _start_over(server)
        raise smtplib.SMTPDataError(*data)
    if data[0] == _GO_AHEAD:
        # It would take content for nobody: end it at once (RFC 2920, 3.1).
        server.send(b".\r\n")
        server.getreply()
    _start_over(server)
    if mail[0] != 250:
        raise smtplib.SMTPSenderRefused(mail[0], mail[1], letter.sender)
    raise smtplib.SMTPRecipientsRefused({letter.recipient: rcpt})


def _hand_in(server: smtplib.SMTP, letter: _Letter, behind: _Letter | None) -> None:
    """The content, with the next envelope right behind it; then the answer to the content."""
    if not letter.envelope:
        server.sendmail(letter.sender, [letter.recipient], letter.content, letter.options)
        return
    server.send(_dotted(letter.content) + (behind.envelope if behind else b""))
    answer = server.getreply()
    if answer[0] != 250:
        # The server forgets it (RFC 5321, 4.1.1.4); or it is gone.
        if answer[0] == _HANGS_UP:
            server.close()
        raise smtplib.SMTPDataError(*answer)


def _start_over(server: smtplib.SMTP) -> None:
    """Nothing of this message stays with the server."""
    with contextlib.suppress(smtplib.SMTPServerDisconnected):
        server.rset()


def _dotted(content: bytes) -> bytes:
    """As the wire needs it (RFC 5321, 4.5.2): a line's first dot is doubled, a dot ends it.

    The first line is a header's.
    """
    stuffed = content.replace(b"\r\n.", b"\r\n..")
    return stuffed + (b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n")
