"""Save some columns of many signatures at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from undersigned.signatures.journal import note_appearance
from undersigned.signatures.models import Signature


def save_columns(signatures: Sequence[Signature], names: Sequence[str]) -> None:
    """Update the named fields of each row to what they are in memory.

    How they appear from now on is noted for the journal. To be called in a transaction.

    One prepared statement for all rows: `bulk_update` builds an expression for every value, which
    takes ten times as long.
    """
    by_name = {field.name: field for field in Signature._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    update = f"UPDATE {quote(Signature._meta.db_table)} SET {columns} WHERE id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(
            update,
            [
                [
                    field.get_db_prep_save(getattr(signature, field.attname), connection)
                    for field in (*fields, by_name["id"])
                ]
                for signature in signatures
            ],
        )
    # Who confirms appears for the first time, and `changes.record` notes whose state changes.
    if "visibility" in names and "state" not in names:
        note_appearance(signatures)
