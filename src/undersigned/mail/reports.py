"""What servers report of mail: delivery status notifications and complaints.

Both are `multipart/report` (RFC 6522): notifications (DSN, RFC 3464 and its internationalised form,
RFC 6533) have a part of fields for each recipient; complaints (ARF, RFC 5965) one part of fields.
Written to be handed whatever anybody mails: what is not understood is no report.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Read
from email.parser import HeaderParser
from typing import cast

from undersigned.mail.models import Reason
from undersigned.mail.statuses import read_status, reason_of

# A report says what it has to say in its beginning; the rest is the mail that came back.
MOST_BYTES = 64 * 1024
_STATUS = ("message/delivery-status", "message/global-delivery-status")
_FEEDBACK = "message/feedback-report"
_COMPLAINTS = frozenset({"abuse", "fraud", "opt-out", "opt-out-list"})
# Where the envelope's recipient or sender is written, by servers on either side.
_ENVELOPE = (
    *("Delivered-To", "X-Original-To", "X-Delivered-To", "Envelope-To", "To", "Cc"),
    *("Return-Path", "Original-Mail-From", "X-Envelope-From"),
)


@dataclass(frozen=True)
class Report:
    """One mail did not arrive, or was unwelcome.

    `status`: an enhanced status code, or empty. `addresses`: texts in which our own envelope sender
    should be; most trustworthy first.
    """

    reason: Reason
    status: str
    addresses: tuple[str, ...]


def read_report(raw: bytes) -> Report | None:
    """What a mail reports; None if it is no report, or of something else than a failure.

    Only the first MOST_BYTES are looked at. Never raises for what is in them.
    """
    try:
        return _read(message_from_bytes(raw[:MOST_BYTES]))
    except Exception:  # a parser for strangers' bytes stumbles in many ways (depth is one)
        return None


def _read(mail: Read) -> Report | None:
    if mail.get_content_type() != "multipart/report":
        return None
    for part in mail.walk():
        kind = part.get_content_type()
        if kind in _STATUS:
            return _delivery_status(mail, part)
        if kind == _FEEDBACK:
            return _complaint(mail, part)
    return None


def _delivery_status(mail: Read, part: Read) -> Report | None:
    for fields in _fields(part):
        if _value(fields, "Action").lower() == "failed":
            status = read_status(_value(fields, "Status"))
            if status.startswith("4") or not status:
                # "Gave up after five days", or nothing: what the last server said says more.
                status = read_status(_value(fields, "Diagnostic-Code")) or status
            return Report(reason_of(status), status, tuple(_addresses(mail)))
    return None


def _complaint(mail: Read, part: Read) -> Report | None:
    for fields in _fields(part):
        if _value(fields, "Feedback-Type").lower() in _COMPLAINTS:
            addresses = (*_in_headers(fields), *_addresses(mail))
            return Report(Reason.COMPLAINT, "", addresses)
    return None


def _fields(part: Read) -> Iterator[Read]:
    """The groups of fields of a part, however the parser took it apart."""
    if not part.is_multipart():
        yield from _groups(cast("bytes", part.get_payload(decode=True)).decode("utf-8", "replace"))
        return
    for group in cast("list[Read]", part.get_payload()):
        yield group
        rest = "" if group.is_multipart() else str(group.get_payload())
        yield from _groups(_decoded(part, rest))


def _decoded(part: Read, text: str) -> str:
    """Such parts should not be encoded, and sometimes are."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
        return text
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except ValueError:
        return text


def _groups(text: str) -> Iterator[Read]:
    for group in text.replace("\r\n", "\n").split("\n\n"):
        if group.strip():
            yield HeaderParser().parsestr(group.lstrip("\n"))


def _addresses(mail: Read) -> Iterator[str]:
    """From the report's own headers, then from those of the mail that came back."""
    yield from _in_headers(mail)
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            for inner in cast("list[Read]", part.get_payload()):
                yield from _in_headers(inner)
        elif kind in {"text/rfc822-headers", "message/rfc822-headers"}:
            for fields in _fields(part):
                yield from _in_headers(fields)


def _in_headers(fields: Read) -> Iterator[str]:
    for name in _ENVELOPE:
        for value in fields.get_all(name, []):
            yield str(value)


def _value(fields: Read, name: str) -> str:
    return str(fields.get(name, "")).strip()
