"""Sign: seal what was typed and store it, pending. The only way in from the web.

No network, no look-up by address, no other table: the same work for known and unknown addresses,
and little enough of it for thousands a second.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

from undersigned.signatures.models import Signature
from undersigned.signatures.rules import Details
from undersigned.vault.seal import Sealer


class SigningClosed(Exception):
    """The letter takes no signatures: not open, or past its deadline."""


@dataclass(frozen=True)
class Entry:
    """A filled form, cleaned."""

    kind: str
    address: str
    details: Details
    visibility: str
    language: str
    country: str
    consent_publication: bool
    consent_updates: bool


@dataclass(frozen=True)
class Desk:
    """What signing needs to know of a letter, small enough to be kept in memory."""

    letter: uuid.UUID
    edition: int
    is_open: bool
    deadline: datetime | None
    sealer: Sealer


# The columns that signing sets, in the order of `prepare`; the database's defaults are the rest.
COLUMNS = (
    "id",
    "letter",
    "edition",
    "kind",
    "visibility",
    "language",
    "country",
    "consent_publication",
    "consent_updates",
    "created_at",
    "sealed_address",
    "sealed_details",
    "doubt",
)
Row = tuple[Any, ...]
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def prepare(desk: Desk, entry: Entry, doubt: str = "") -> Row:
    """Seal an entry into a row for `store`; raises SigningClosed.

    `doubt`: what the web noticed about its coming, such as `burst`; for a person to see.
    """
    now = datetime.now(UTC)
    if not desk.is_open or (desk.deadline is not None and now >= desk.deadline):
        raise SigningClosed
    row = time_ordered_id()
    details = _JSON.encode(vars(entry.details))
    return (
        row,
        desk.letter,
        desk.edition,
        entry.kind,
        entry.visibility,
        entry.language,
        entry.country,
        entry.consent_publication,
        entry.consent_updates,
        now,
        desk.sealer.seal(row, "address", entry.address.encode()),
        desk.sealer.seal(row, "details", details.encode()),
        doubt,
    )


def store(rows: Sequence[Row]) -> list[None]:
    """Insert prepared rows in one transaction; on return they are on disk."""
    insert, adapters = _insert()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            insert, [tuple(a(v) for a, v in zip(adapters, row, strict=True)) for row in rows]
        )
    return [None] * len(rows)


@lru_cache(maxsize=4)
def _insert_for(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The INSERT and a function for each value: what the ORM does, worked out once."""
    by_name = {field.name: field for field in Signature._meta.concrete_fields}
    fields = [by_name[name] for name in COLUMNS]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    adapters = tuple(_adapter(vendor, field.get_internal_type(), field.name) for field in fields)
    table = quote(Signature._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ({marks})", adapters  # noqa: S608  our own names


def _insert() -> tuple[str, tuple[Any, ...]]:
    return _insert_for(connection.vendor)


def _adapter(vendor: str, kind: str, name: str) -> Any:
    if vendor == "sqlite":
        if name in {"id", "letter"}:
            return lambda value: value.hex
        if kind == "DateTimeField":
            return lambda value: value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return lambda value: value


def time_ordered_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): milliseconds first, so that inserts stay together on disk."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return uuid.UUID(int=value)
