"""Rows of an import that may be on the letter's list already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from undersigned.signatures.folding import fold
from undersigned.signatures.importing.duplicates import find_duplicates
from undersigned.signatures.importing.flags import Code, Flag, Swap
from undersigned.signatures.importing.names import sorting_name
from undersigned.signatures.importing.signatories import Organisation, Row

_MARK = "listed:"


def find_listed(rows: Sequence[Row], listed: Sequence[Row]) -> list[Flag]:
    """Return a flag for each of `rows` that may be one of `listed`. All are of one kind."""
    told = {word for row in rows for word in _words(row)}
    # Of a long list, only those that share a word or its beginning can be the same.
    near = [
        _marked(row, f"{_MARK}{number}")
        for number, row in enumerate(listed)
        if not told.isdisjoint(_words(row))
    ]
    if not near:
        return []
    by_id = {row.id: row for row in (*near, *rows)}
    flags = []
    for flag in find_duplicates([*near, *rows]):
        earlier, later = (by_id[row] for row in flag.rows)
        if earlier.id.startswith(_MARK) and not later.id.startswith(_MARK):
            flags.append(_flag(earlier, later))
    return flags


def _marked(row: Row, mark: str) -> Row:
    if isinstance(row, Organisation):
        return replace(row, id=mark, lines=())
    return replace(row, id=mark, lines=(), sorting_name=row.sorting_name or sorting_name(row.name))


def _words(row: Row) -> set[str]:
    """Beginnings of words: an organisation's name may be in another language."""
    return {word[:4] for word in fold(row.name).split()}


def _flag(listed: Row, row: Row) -> Flag:
    same = listed.name == row.name
    return Flag(
        id=f"{Code.POSSIBLE_DUPLICATE}:listed:{row.id}",
        code=Code.POSSIBLE_DUPLICATE,
        where="organisations" if isinstance(row, Organisation) else "individuals",
        reason=(
            f"‘{row.name}’ is on the list already."
            if same
            else f"‘{row.name}’ may be on the list already, as ‘{listed.name}’."
        ),
        suggestion="Leave it out?",
        rows=(row.id,),
        lines=row.lines,
        changes=(Swap((row.id,), ()),),
    )
