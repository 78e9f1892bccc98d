"""A circular as it goes over the wire: composed once, then filled in for each reader.

Python takes a millisecond to compose a mail in two parts, and microseconds to fill one in.
"""

from __future__ import annotations

import binascii
import email.policy
import re
import uuid
from email.utils import formatdate
from functools import lru_cache, partial

from django.conf import settings
from django.core.mail import EmailMessage

from undersigned.mail.circulars import Blanks, Copy, read_circular
from undersigned.mail.composing import ComposedMail, compose, message_host

# Written by us below.
_OURS = frozenset(
    {"content-type", "content-transfer-encoding", "mime-version", "to", "date", "message-id"}
)
_MOST_BLANKS = 10
# Longer ones must not be sent as they are (RFC 5321, 4.5.3.1.6).
_LONGEST_LINE = 998
_LONGEST_QUOTED = 76  # its `=` included (RFC 2045, 6.7)
_END = b"\r\n"
_PLAIN = re.compile(r"[\w+-]+(\.[\w+-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)


def is_plain(address: str) -> bool:
    """Whether an address may be written as it stands, wherever."""
    return _PLAIN.fullmatch(address) is not None


def compose_copy(message_id: uuid.UUID, copy: Copy, sender: str = "") -> ComposedMail:
    """As `compose`, and ready to be printed."""
    message = compose(message_id, copy.mail(), sender)
    if is_plain(copy.to):
        message.printed = partial(_print_copy, message_id, copy)
    return message


def print_message(message: EmailMessage, *, takes_8bit: bool) -> bytes:
    """What goes over the wire, with ends of lines as it needs them."""
    if isinstance(message, ComposedMail) and message.printed is not None:
        return message.printed(takes_8bit=takes_8bit)
    policy = email.policy.SMTP if takes_8bit else email.policy.SMTP.clone(cte_type="7bit")
    return bytes(message.message(policy=policy).as_bytes())


def _print_copy(message: uuid.UUID, copy: Copy, *, takes_8bit: bool) -> bytes:
    """One reader's mail. Their address must be plain."""
    form = _form(copy.circular, settings.DEFAULT_FROM_EMAIL, takes_8bit=takes_8bit)
    head = (
        f"MIME-Version: 1.0\r\nTo: {copy.to}\r\nDate: {formatdate()}\r\n"
        f"Message-ID: <{message}@{message_host()}>\r\n"
    )
    values = [value.encode("ascii") for value in copy.blanks]
    pieces = [piece if isinstance(piece, bytes) else values[piece] for piece in form]
    return head.encode("ascii") + b"".join(pieces)


@lru_cache(maxsize=128)
def _form(circular: uuid.UUID, sender: str, *, takes_8bit: bool) -> tuple[bytes | int, ...]:
    """All but what _print_copy puts before it, in pieces as circulars.Pieces are."""
    # New ones: nothing in the words can be taken for one of them.
    blanks = Blanks()
    words = read_circular(circular).mail("", [blanks.blank(n) for n in range(_MOST_BLANKS)])
    composed = compose(circular, words, sender)
    written = composed.message(policy=email.policy.SMTP)
    head = b"".join(
        written.policy.fold_binary(name, value)
        for name, value in written.raw_items()
        if name.lower() not in _OURS
    )
    body = _part("plain", str(composed.body), blanks, takes_8bit=takes_8bit)
    for alternative in composed.alternatives:
        page = _part("html", str(alternative[0]), blanks, takes_8bit=takes_8bit)
        mark = f"part-{uuid.uuid4().hex}".encode()
        head += b'Content-Type: multipart/alternative; boundary="%b"\r\n\r\n' % mark
        body = b"--%b\r\n%b\r\n--%b\r\n%b\r\n--%b--\r\n" % (mark, body, mark, page, mark)
    return blanks.split_bytes(head + body)


def _part(kind: str, text: str, blanks: Blanks, *, takes_8bit: bool) -> bytes:
    lines = text.encode().splitlines()
    is_short = all(len(line) <= _LONGEST_LINE for line in lines)
    content = _END.join(lines) + _END
    if is_short and content.isascii():
        encoding = b"7bit"
    elif is_short and takes_8bit:
        encoding = b"8bit"
    else:
        encoding = b"quoted-printable"
        content = _quoted(content, blanks)
    return b"Content-Type: text/%b; charset=utf-8\r\nContent-Transfer-Encoding: %b\r\n\r\n%b" % (
        kind.encode(),
        encoding,
        content,
    )


def _quoted(content: bytes, blanks: Blanks) -> bytes:
    """Quoted-printable (RFC 2045, 6.7), with each blank on a line of its own."""
    return b"".join(
        # It ends lines as the first of a piece ends, and there may be none.
        _leave_room(binascii.b2a_qp(piece).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        if isinstance(piece, bytes)
        else b"=\r\n" + blanks.blank(piece).encode() + b"=\r\n"
        for piece in blanks.split_bytes(content)
    )


def _leave_room(quoted: bytes) -> bytes:
    """So that the `=` that may follow its last line still stands within that line."""
    line = quoted[quoted.rfind(b"\n") + 1 :]
    if len(line) < _LONGEST_QUOTED:
        return quoted
    cut = -3 if line[-3:-2] == b"=" else -1  # nothing that is quoted (=E2) is torn
    return quoted[:cut] + b"=\r\n" + quoted[cut:]
