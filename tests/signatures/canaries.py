"""Look for what should not be there: every value of every row, as text."""

from __future__ import annotations

from django.db import connection


def everything_stored() -> str:
    """All rows of all tables, case folded; bytes as far as they can be read, and in hex."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                found += [_text(value) for value in row]
    return "\n".join(found).casefold()


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        plain = bytes(value)
        return f"{plain.decode('utf-8', 'replace')} {plain.hex()}"
    return str(value)
