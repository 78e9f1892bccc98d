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

from undersigned.signatures.models import PartnerConsent, Signature
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
    # Partners that were ticked, each with the wording that stood beside its box.
    partners: tuple[tuple[uuid.UUID, int], ...] = ()
    via: uuid.UUID | None = None


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
    "via",
)
# The columns, and after them the consents to partners, each as the values of CONSENT_COLUMNS.
Row = tuple[Any, ...]
WIDTH = len(COLUMNS)
CONSENT_COLUMNS = ("signature_id", "partner_id", "wording_id", "given_at")
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
        entry.via,
        *((row, partner, wording, now) for partner, wording in entry.partners),
    )


def store(rows: Sequence[Row]) -> list[None]:
    """Insert prepared rows in one transaction; on return they are on disk."""
    insert, adapters = _insert()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            insert,
            [tuple(a(v) for a, v in zip(adapters, row[:WIDTH], strict=True)) for row in rows],
        )
        if consents := [consent for row in rows for consent in row[WIDTH:]]:
            insert, adapters = _insert_consent()
            cursor.executemany(
                insert, [tuple(a(v) for a, v in zip(adapters, c, strict=True)) for c in consents]
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
    adapters = tuple(_adapter(vendor, _stored_as(field)) for field in fields)
    table = quote(Signature._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ({marks})", adapters  # noqa: S608  our own names


def _stored_as(field: Any) -> str:
    """The kind of a column; of a reference, that of what it refers to."""
    return str((field.target_field if field.is_relation else field).get_internal_type())


def _insert() -> tuple[str, tuple[Any, ...]]:
    return _insert_for(connection.vendor)


@lru_cache(maxsize=4)
def _insert_consent_for(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """As `_insert_for`, for consents to partners."""
    table = connection.ops.quote_name(PartnerConsent._meta.db_table)
    insert = f"INSERT INTO {table} ({', '.join(CONSENT_COLUMNS)}) VALUES (%s, %s, %s, %s)"  # noqa: S608  our own names
    kinds = ("UUIDField", "UUIDField", "BigIntegerField", "DateTimeField")
    return insert, tuple(_adapter(vendor, kind) for kind in kinds)


def _insert_consent() -> tuple[str, tuple[Any, ...]]:
    return _insert_consent_for(connection.vendor)


def _adapter(vendor: str, kind: str) -> Any:
    if vendor == "sqlite":
        if kind == "UUIDField":
            return lambda value: value and value.hex
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
