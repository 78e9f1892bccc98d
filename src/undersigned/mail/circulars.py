"""A mail to many: its words are kept and composed once, each reader's row holds what is theirs.

Words are kept in pieces, and between them stands which of a reader's values comes there. While they
are written, blanks stand for values: random ones, made anew each time and kept nowhere, so that
nobody can write one into a text.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache

from undersigned.mail.models import Circular
from undersigned.mail.outbox import Mail

# Text, and every second one the number of a value; the first and the last are texts.
Pieces = tuple[str | int, ...]


class CannotFill(ValueError):
    """There is no such circular, or a copy's values do not fit it. Nothing was written."""


@dataclass(frozen=True)
class Blanks:
    """What stands for values in words that are being written, made after whatever is in them."""

    _mark: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)

    def blank(self, number: int) -> str:
        """What stands for the value of this number (0 to 9); fit for addresses of pages."""
        return f"b{self._mark}n{number}e"

    @property
    def _shape(self) -> str:
        return f"b{self._mark}n([0-9])e"

    def split(self, text: str) -> Pieces:
        """The text between blanks, and their numbers."""
        pieces = re.split(self._shape, text)
        return tuple(int(piece) if place % 2 else piece for place, piece in enumerate(pieces))

    def split_bytes(self, data: bytes) -> tuple[bytes | int, ...]:
        """The same, of bytes."""
        pieces = re.split(self._shape.encode(), data)
        return tuple(int(piece) if place % 2 else piece for place, piece in enumerate(pieces))


@dataclass(frozen=True)
class Words:
    """What a circular says, in pieces."""

    subject: str
    language: str
    text: Pieces
    html: Pieces
    headers: dict[str, Pieces]

    @classmethod
    def of(cls, mail: Mail, blanks: Blanks) -> Words:
        """Of a mail to nobody, with blanks in it."""
        return cls(
            subject=mail.subject,
            language=mail.language,
            text=blanks.split(mail.text),
            html=blanks.split(mail.html),
            headers={name: blanks.split(value) for name, value in mail.headers.items()},
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Words:
        kept = json.loads(data)
        return cls(
            subject=kept["subject"],
            language=kept["language"],
            text=tuple(kept["text"]),
            html=tuple(kept["html"]),
            headers={name: tuple(pieces) for name, pieces in kept["headers"].items()},
        )

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    def mail(self, to: str, values: Sequence[str]) -> Mail:
        """Filled in; raises CannotFill."""
        return Mail(
            to=to,
            subject=self.subject,
            language=self.language,
            text=_fill(self.text, values),
            html=_fill(self.html, values),
            headers={name: _fill(pieces, values) for name, pieces in self.headers.items()},
        )


@dataclass(frozen=True)
class Copy:
    """One reader's: to whom, of which circular, and what goes into its blanks, ASCII."""

    to: str
    circular: uuid.UUID
    blanks: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """What is sealed; the circular stands beside it."""
        return json.dumps([self.to, *self.blanks]).encode()

    @classmethod
    def from_bytes(cls, circular: uuid.UUID, data: bytes) -> Copy:
        """Raises CannotFill: here, and not when the mail is half written."""
        to, *blanks = json.loads(data)
        copy = cls(to, circular, tuple(blanks))
        if not all(value.isascii() and value.isprintable() for value in blanks):
            raise CannotFill
        copy.mail()
        return copy

    def mail(self) -> Mail:
        """The whole mail, for whoever takes it as such; raises CannotFill."""
        return read_circular(self.circular).mail(self.to, self.blanks)


def keep_circular(words: Words) -> uuid.UUID:
    """Save words; returns their id. The same words are one circular."""
    content = words.to_bytes()
    number = uuid.UUID(bytes=hashlib.sha256(content).digest()[:16])
    Circular.objects.bulk_create([Circular(id=number, content=content)], ignore_conflicts=True)
    return number


@lru_cache(maxsize=64)
def read_circular(number: uuid.UUID) -> Words:
    """The words; raises CannotFill. They never change."""
    try:
        return Words.from_bytes(bytes(Circular.objects.get(pk=number).content))
    except Circular.DoesNotExist:
        raise CannotFill from None


def _fill(pieces: Pieces, values: Sequence[str]) -> str:
    try:
        return "".join(piece if isinstance(piece, str) else values[piece] for piece in pieces)
    except IndexError:
        raise CannotFill from None
