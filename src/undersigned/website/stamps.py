"""The form's stamp: proof that a form was fetched here, not long ago, for this letter.

`<seconds since 1970 in base 36>.<22 characters of HMAC-SHA-256>`; it names nobody.
"""

from __future__ import annotations

import base64
import hmac
import time
import uuid
from enum import Enum

from django.conf import settings

MIN_AGE = 3
MAX_AGE = 2 * 60 * 60


class Stamp(Enum):
    GOOD = "good"
    STALE = "stale"
    TOO_QUICK = "too quick"
    FORGED = "forged"


def make_stamp(letter: uuid.UUID, *, waited: bool = False, now: float | None = None) -> str:
    """A stamp for a form that is shown now.

    `waited`: the form is shown again to somebody who has filled it in, and may send it at once.
    """
    at = int(time.time() if now is None else now) - (MIN_AGE if waited else 0)
    return f"{_base36(at)}.{_sign(letter, at)}"


def check_stamp(letter: uuid.UUID, stamp: str, *, now: float | None = None) -> Stamp:
    """How a stamp looks that came back with a form."""
    time_part, _, signature = stamp.partition(".")
    if not time_part.isascii() or not time_part.isalnum() or len(time_part) > 10:
        return Stamp.FORGED
    at = int(time_part, 36)
    if not hmac.compare_digest(_sign(letter, at).encode(), signature.encode()):
        return Stamp.FORGED
    age = (time.time() if now is None else now) - at
    if age > MAX_AGE:
        return Stamp.STALE
    return Stamp.GOOD if age >= MIN_AGE else Stamp.TOO_QUICK


def _sign(letter: uuid.UUID, at: int) -> str:
    message = b"undersigned stamp v1|%s|%d" % (letter.bytes, at)
    digest = hmac.digest(settings.SECRET_KEY.encode(), message, "sha256")
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"
