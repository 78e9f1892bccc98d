"""A mail that came, read with care: whose it says it is, to whom it is, and its text.

Strangers send it. What a mail program and the check of its signature could understand differently
(a header twice, a line that is no header, a bare carriage return) is refused whole: RFC 5322 allows
none of it, and people's programs write none of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message as Read
from email.utils import getaddresses, parsedate_to_datetime
from typing import cast

from undersigned.signatures.addresses import AddressRefused, clean_address
from undersigned.signatures.receiving.html_text import html_text

# A prepared message is a kilobyte; what mail programs add to it is seldom fifty.
MOST_BYTES = 256 * 1024
# Before and after our clock; a signed mail that somebody kept is good for no longer.
OLDEST = timedelta(days=7)
FASTEST_CLOCK = timedelta(hours=12)
_MOST_TEXT = 50_000
_MOST_PARTS = 50
_LONGEST_HEADER = 20_000  # of those that are read
_HEADER = re.compile(rb"([\x21-\x39\x3b-\x7e]+):(.*)", re.DOTALL)
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
_NEW_HEADER = re.compile(rb"\r?\n(?![ \t])")
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_ONCE = frozenset(
    {
        *("from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id"),
        *("mime-version", "content-type", "content-transfer-encoding", "auto-submitted"),
        *("in-reply-to", "references", "precedence"),
    }
)
_NEEDED = ("from", "date", "message-id")
# Written by machines and lists; whoever answers these starts a loop (RFC 3834, RFC 2919).
_MACHINES = frozenset(
    {
        *("x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-auto-reply-from"),
        *("list-id", "list-post", "list-unsubscribe", "list-help", "mailing-list", "x-loop"),
        *("x-failed-recipients", "feedback-id", "x-mailer-daemon"),
    }
)
_OUR_NUMBER = re.compile(r"<[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@([^>\s]+)>")
_PRECEDENCE = frozenset({"bulk", "list", "junk", "auto_reply"})
_NOBODY = re.compile(r"(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+-].*)?")
# Codecs of Python that are no charsets of mail stay out: some take very long.
_CHARSET = re.compile(
    r"utf-?8|utf-?16(le|be)?|iso-8859-\d{1,2}|windows-\d{3,4}|cp\d{3,4}|koi8-[rut]|gb18030|big5"
    r"|big5-?hkscs|euc-(jp|kr)|shift[_-]jis|iso-2022-(jp|kr)|tis-620|macintosh"
)
# As mail programs understand them.
_MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "us-ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "tis-620",
}


class LeftAlone(Exception):
    """Nothing follows from this mail. The message is a word for the reason and names nobody."""


@dataclass(frozen=True)
class Received:
    """A mail that a person may have written. `sender`: the clean address of its one author.

    `headers`: names in lower case with raw values, in order. `to`: addresses of To and Cc, in
    lower case.
    """

    headers: tuple[tuple[str, str], ...]
    sender: str
    shown_name: str
    to: tuple[str, ...]
    message_id: str
    at: datetime
    text: str

    @property
    def domain(self) -> str:
        """The author's."""
        return self.sender.rpartition("@")[2].lower()

    def value(self, name: str) -> str:
        """Of a header that is there once at most; empty if it is not."""
        return next((value for header, value in self.headers if header == name), "")


def read_mail(raw: bytes, now: datetime, ours: Collection[str] = ()) -> Received:
    """Read a mail as it arrived. `ours`: addresses that we send from, in lower case.

    Raises LeftAlone for what is no message of a person to us.
    """
    if len(raw) > MOST_BYTES:
        raise LeftAlone("too large")
    headers = _headers(raw)
    counted = Counter(name for name, _ in headers)
    if any(counted[name] > 1 for name in _ONCE) or not all(counted[one] for one in _NEEDED):
        raise LeftAlone("malformed")
    first = dict(headers)
    if any(len(first.get(name, "")) > _LONGEST_HEADER for name in _ONCE):
        raise LeftAlone("malformed")
    _refuse_machines(headers, first)
    if _answers_us(first, ours):
        raise LeftAlone("answer")
    sender, shown_name = _author(first["from"])
    if sender.lower() in ours or _NOBODY.fullmatch(sender.partition("@")[0].lower()):
        raise LeftAlone("ours" if sender.lower() in ours else "machine")
    return Received(
        headers=tuple(headers),
        sender=sender,
        shown_name=shown_name,
        to=tuple(_addresses([first.get("to", ""), first.get("cc", "")])),
        message_id=first["message-id"].strip(),
        at=_date(first["date"], now),
        text=_text(raw, len(headers)),
    )


def _headers(raw: bytes) -> list[tuple[str, str]]:
    head = _HEAD_ENDS.split(raw, maxsplit=1)[0].removesuffix(b"\n").removesuffix(b"\r")
    if b"\0" in head or b"\r" in head.replace(b"\r\n", b"\n"):
        raise LeftAlone("malformed")
    headers = []
    for line in _NEW_HEADER.split(head):
        found = _HEADER.fullmatch(line)
        if found is None:
            raise LeftAlone("malformed")
        value = found[2].decode("utf-8", "surrogateescape")
        headers.append((found[1].decode("ascii").lower(), _FOLD.sub("", value).strip()))
    return headers


def _refuse_machines(headers: Sequence[tuple[str, str]], first: dict[str, str]) -> None:
    returns = [value for name, value in headers if name == "return-path"]
    if (
        any(name in _MACHINES for name, _ in headers)
        or first.get("auto-submitted", "no").partition(";")[0].strip().lower() not in {"no", ""}
        or first.get("precedence", "").lower() in _PRECEDENCE
        or any(value.replace(" ", "") == "<>" for value in returns)
        or any("mailer-daemon" in value.lower() for value in returns)
        or first.get("content-type", "").lower().startswith(("multipart/report", "message/"))
    ):
        raise LeftAlone("machine")


def _answers_us(first: dict[str, str], ours: Collection[str]) -> bool:
    """Whether it is a reply to a mail of ours, whose numbers are UUIDs at our domain."""
    earlier = f"{first.get('in-reply-to', '')} {first.get('references', '')}".lower()
    domains = {address.rpartition("@")[2] for address in ours}
    return any(domain in domains for domain in _OUR_NUMBER.findall(earlier))


def _author(value: str) -> tuple[str, str]:
    found = getaddresses([value])
    if len(found) != 1:
        raise LeftAlone("malformed")
    [(shown, address)] = found
    try:
        return clean_address(address), _decoded(shown)
    except AddressRefused:
        raise LeftAlone("malformed") from None


def _addresses(values: Sequence[str]) -> Iterator[str]:
    for _, address in getaddresses([value for value in values if value]):
        if address:
            yield address.lower()


def _decoded(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except (ValueError, LookupError, MessageError):
        return ""


def _date(value: str, now: datetime) -> datetime:
    try:
        at = parsedate_to_datetime(value)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        is_ours = now - OLDEST <= at <= now + FASTEST_CLOCK
    except (ValueError, OverflowError, IndexError):
        raise LeftAlone("malformed") from None
    if not is_ours:
        raise LeftAlone("old")
    return at


def _text(raw: bytes, headers: int) -> str:
    try:
        mail = message_from_bytes(raw)
        text, seen = _text_of(mail), len(mail.keys())
    except Exception:  # a parser for strangers' bytes stumbles in many ways (depth is one)
        raise LeftAlone("malformed") from None
    if seen != headers:
        raise LeftAlone("malformed")
    return text


def _text_of(mail: Read) -> str:
    """Of the first part in plain text, else of the first page; attachments are not looked at."""
    pages = []
    for part in _parts(mail):
        kind = part.get_content_type()
        if kind not in {"text/plain", "text/html"} or part.get_content_disposition() not in {
            None,
            "inline",
        }:
            continue
        data = cast("bytes", part.get_payload(decode=True))
        text = decode_text(data, str(part.get_content_charset() or ""))[:_MOST_TEXT]
        if kind == "text/plain" and text.strip():
            return text
        pages.append(html_text(text) if kind == "text/html" else "")
    return next((text for text in pages if text.strip()), "")


def _parts(mail: Read) -> Iterator[Read]:
    """The leaves, without mails inside the mail."""
    waiting, seen = [mail], 0
    while waiting and seen < _MOST_PARTS:
        part, seen = waiting.pop(), seen + 1
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting.extend(reversed(cast("list[Read]", part.get_payload())))
        elif not part.is_multipart():
            yield part


def decode_text(data: bytes, charset: str) -> str:
    """Bytes in the charset that they claim; what is none in it becomes U+FFFD."""
    name = _MEANT.get(charset, charset)
    if not _CHARSET.fullmatch(name):
        name = "utf-8"
    try:
        return data.decode(name, "replace")
    except (LookupError, UnicodeError):
        return data.decode("utf-8", "replace")
