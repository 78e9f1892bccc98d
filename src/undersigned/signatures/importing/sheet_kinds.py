"""Telling people from organisations among the rows of a sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from undersigned.signatures.importing.flags import Code, Flag, Swap
from undersigned.signatures.importing.kinds import kind_of, likely_kind
from undersigned.signatures.importing.sheet_cells import Told
from undersigned.signatures.importing.sheet_columns import Holds, Mapping
from undersigned.signatures.importing.sheet_values import read_kind
from undersigned.signatures.importing.signatories import Kind, Row


def find_kinds(told: list[Told], mapping: Mapping, kind: Kind | None) -> list[tuple[Kind, bool]]:
    """The kind of each row, and whether it is sure."""
    found = [
        read_kind(row.cells.get(Holds.KIND, "")) or kind or _by_cells(row, mapping) for row in told
    ]
    names = [row.name for row, own in zip(told, found, strict=True) if own is None]
    known = Counter(own for own in found if own)
    default = likely_kind(names) if not known else known.most_common(1)[0][0]
    return [(own or default, own is not None) for own in found]


_OF_PEOPLE = (Holds.TITLE, Holds.AFFILIATION, Holds.GIVEN, Holds.SURNAME)


def _by_cells(row: Told, mapping: Mapping) -> Kind | None:
    """What the filled columns say: of names and organisations, the column that leads signs."""
    cells = row.cells
    if Holds.NAME not in cells:
        return Kind.ORGANISATION
    if Holds.ORGANISATION in cells:
        names = {Holds.NAME, Holds.GIVEN, Holds.SURNAME, Holds.ORGANISATION}
        leading = next(holds for holds in mapping if holds in names)
        return Kind.ORGANISATION if leading is Holds.ORGANISATION else Kind.INDIVIDUAL
    if any(holds in cells for holds in _OF_PEOPLE):
        return Kind.INDIVIDUAL
    return kind_of(cells[Holds.NAME])


def other_kind(kind: Kind) -> Kind:
    """The one that it is not."""
    return Kind.INDIVIDUAL if kind is Kind.ORGANISATION else Kind.ORGANISATION


def doubtful_kinds(kinds: list[tuple[Kind, bool]]) -> list[int]:
    """Return which rows to ask about: a few go with the others, if these are all of one kind."""
    sure = {kind for kind, is_sure in kinds if is_sure}
    doubtful = [index for index, (_, is_sure) in enumerate(kinds) if not is_sure]
    return [] if len(sure) == 1 and len(doubtful) * 3 <= len(kinds) else doubtful


def kinds_flag(rows: Sequence[Row], kind: Kind, swaps: Sequence[Swap]) -> Flag:
    """Return the doubt about `rows`, which were read as `kind`."""
    first = rows[0]
    return Flag(
        id=f"{Code.KIND_UNSURE}:{first.id}",
        code=Code.KIND_UNSURE,
        where=f"{kind.value}s",
        reason=(
            f"‘{first.name}’ and {len(rows) - 1} more rows do not show whether they are "
            "people or organisations."
            if len(rows) > 1
            else f"‘{first.name}’ may be a person or an organisation."
        ),
        suggestion=f"List {'them' if len(rows) > 1 else 'it'} among the {kind.value}s?",
        rows=tuple(row.id for row in rows),
        lines=tuple(row.lines[0] for row in rows),
        otherwise=tuple(swaps),
    )
