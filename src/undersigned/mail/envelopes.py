"""An envelope sender for each message (VERP), so that what comes back says which one it was.

    bounces+<token>@example.org

The token is base32 (RFC 4648, lower case, 42 characters) of the message's id (16 bytes) and 10
bytes of HMAC-SHA-256 over it under the worker's key. A report that carries no token of ours does
nothing: only servers on the message's way, and who received it, ever saw one. It says nothing of
the address, and stays readable where servers change upper and lower case.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeGuard

_ID = 16
_PROOF = 10
_SHAPE = re.compile(r"[a-z2-7]{42}")
_TOKEN = re.compile(r"\+([a-z2-7]{42})@", re.IGNORECASE)


def is_token(text: object) -> TypeGuard[str]:
    """Whether it looks like a token; only the worker can tell whether it is one."""
    return isinstance(text, str) and _SHAPE.fullmatch(text) is not None


@dataclass(frozen=True)
class Envelopes:
    """What delivery writes on envelopes, and what reads it when one comes back.

    `address`: where returned mail goes, such as `bounces@example.org`; empty for nowhere.
    `key`: 32 bytes, the worker's. `mark_of`: the keyed index of an address (suppression.py).
    """

    address: str
    key: bytes
    mark_of: Callable[[str], bytes]

    def sender(self, message: uuid.UUID) -> str:
        """The envelope sender of one message; empty if returned mail goes nowhere."""
        if not self.address:
            return ""
        local, _, domain = self.address.rpartition("@")
        return f"{local}+{self.token(message)}@{domain}"

    def token(self, message: uuid.UUID) -> str:
        """What names a message to strangers, and that nobody else can make."""
        return base64.b32encode(message.bytes + self._proof(message)).decode().lower().rstrip("=")

    def read_token(self, token: str) -> uuid.UUID | None:
        """The message that a token names; None unless we made it."""
        try:
            raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
        except (binascii.Error, ValueError):
            return None
        if len(raw) != _ID + _PROOF:
            return None
        message = uuid.UUID(bytes=raw[:_ID])
        return message if hmac.compare_digest(raw[_ID:], self._proof(message)) else None

    def find(self, text: str) -> uuid.UUID | None:
        """The first message named by an address of ours in a text, such as a header's."""
        for token in _TOKEN.findall(text):
            message = self.read_token(token)
            if message is not None:
                return message
        return None

    def mask(self, message: uuid.UUID, mark: bytes) -> bytes:
        """A mark as its row keeps it; the same again unmasks it.

        Without the worker's key, two messages to one address show nothing in common.
        """
        pad = hmac.digest(self.key, b"recipient|" + message.bytes, "sha256")
        return bytes(a ^ b for a, b in zip(mark, pad, strict=True))

    def _proof(self, message: uuid.UUID) -> bytes:
        return hmac.digest(self.key, b"envelope|" + message.bytes, "sha256")[:_PROOF]
