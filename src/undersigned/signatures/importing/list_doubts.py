"""Doubts about whole rows of a list: their kind, their length, whether they are rows at all."""

from collections.abc import Sequence
from dataclasses import replace

from undersigned.signatures.importing.brackets import at_commas, in_two, split_names, trim
from undersigned.signatures.importing.entries import Item, Line
from undersigned.signatures.importing.flags import Code, Flag, Swap
from undersigned.signatures.importing.gathering import Gathered, as_row
from undersigned.signatures.importing.habits import Habits
from undersigned.signatures.importing.people import read_individual
from undersigned.signatures.importing.rows import Entry, read_organisation
from undersigned.signatures.importing.signatories import Kind, Organisation, Row
from undersigned.signatures.importing.vocabulary import names_organisation


def wrapped(gathered: Gathered, row: Row, item: Item, habits: Habits) -> Flag:
    """Return the doubt about a row that stands on several lines."""
    kind = Kind.ORGANISATION if isinstance(row, Organisation) else Kind.INDIVIDUAL
    apart = tuple(
        as_row(gathered, Entry(trim(text), item.entry.lines, item.entry.group), kind, habits)
        for text in item.wrapped
    )
    return Flag(
        id=f"{Code.ROW_WRAPPED}:blocks" if item.block else f"{Code.ROW_WRAPPED}:{row.id}",
        code=Code.ROW_WRAPPED,
        where=f"{kind.value}s",
        reason=f"‘{item.entry.text}’ stands on {len(item.wrapped)} lines.",
        suggestion="Read them as one row?",
        rows=(row.id,),
        lines=item.entry.lines,
        otherwise=(Swap((row.id,), apart),),
    )


def joined_organisations(
    gathered: Gathered, row: Row, entry: Entry, habits: Habits, *, few: bool
) -> tuple[Flag, ...]:
    """A list of a `few` rows with many commas may be a paragraph of names."""
    names, unsure = split_names(entry.text)
    names = in_two(names, unsure) if unsure else names
    capitals = all(not name[0].islower() for name in names)
    group = entry.group
    if row.place and entry.text.startswith(row.place) and ":" in entry.text:
        names, group = at_commas(row.name), row.place  # "Kenya: Example Society, Sample Group"
        enough = len(names) > 1 and all(map(names_organisation, names))
    else:
        enough = few and len(names) >= 4 and not row.place
    if not enough or not capitals:
        return ()
    apart = tuple(
        as_row(gathered, Entry(name, entry.lines, group), Kind.ORGANISATION, habits)
        for name in names
    )
    flag = Flag(
        id=f"{Code.ROWS_JOINED}:{row.id}",
        code=Code.ROWS_JOINED,
        where="organisations",
        reason=f"One row seems to name {len(names)} organisations, from ‘{names[0]}’ to "
        f"‘{names[-1]}’.",
        suggestion=f"Read them as {len(names)} organisations?",
        rows=(row.id,),
        lines=entry.lines,
        changes=(Swap((row.id,), apart),),
    )
    return (flag,)


def prose(row: Row, kind: Kind) -> Flag:
    """Return the doubt about a row that is a sentence."""
    return Flag(
        id=f"{Code.ROW_IS_PROSE}:{row.id}",
        code=Code.ROW_IS_PROSE,
        where=f"{kind.value}s",
        reason=f"‘{row.source[:60]}…’ reads like a sentence, not like a signatory.",
        suggestion="Leave it out?",
        rows=(row.id,),
        lines=row.lines,
        changes=(Swap((row.id,), ()),),
    )


def other_kind(row: Row, own: Kind, entry: Entry, habits: Habits) -> Flag:
    """Return the doubt about a row that stands in the wrong list."""
    other: Row
    if own is Kind.ORGANISATION:
        other = read_organisation(entry, f"{row.id}-as-organisation", habits)[0]
        suggestion = "List it among the organisations?"
        reason = f"‘{row.name}’ stands among individuals and looks like an organisation."
    else:
        other = read_individual(entry, f"{row.id}-as-individual")[0]
        suggestion = "List them among the individuals?"
        reason = f"‘{row.name}’ stands among organisations and looks like a person."
    return Flag(
        id=f"{Code.KIND_UNSURE}:{row.id}",
        code=Code.KIND_UNSURE,
        where="individuals" if own is Kind.ORGANISATION else "organisations",
        reason=reason,
        suggestion=suggestion,
        rows=(row.id,),
        lines=row.lines,
        changes=(Swap((row.id,), (other,)),),
    )


def doubt_kinds(gathered: Gathered, doubtful: list[Row], habits: Habits) -> None:
    """Ask once about all the rows that may be either, and were read as what the others are."""
    if not doubtful:
        return
    organisations = isinstance(doubtful[0], Organisation)
    swaps = []
    for row in doubtful:
        entry = Entry(row.source, row.lines)
        kind = Kind.INDIVIDUAL if organisations else Kind.ORGANISATION
        swaps.append(Swap((row.id,), (as_row(gathered, entry, kind, habits),)))
    read_as = "organisations" if organisations else "individuals"
    gathered.flags.append(
        Flag(
            id=f"{Code.KIND_UNSURE}:{doubtful[0].id}",
            code=Code.KIND_UNSURE,
            where=read_as,
            reason=(
                f"‘{doubtful[0].name}’ and {len(doubtful) - 1} more rows do not show whether they "
                "are people or organisations."
                if len(doubtful) > 1
                else f"‘{doubtful[0].name}’ may be a person or an organisation."
            ),
            suggestion=f"List {'them' if len(doubtful) > 1 else 'it'} among the {read_as}?",
            rows=tuple(row.id for row in doubtful),
            lines=tuple(line for row in doubtful for line in row.lines),
            otherwise=tuple(swaps),
        )
    )


def leave_out(
    gathered: Gathered, entry: Entry, kind: Kind, habits: Habits, *, subheading: bool = False
) -> None:
    """Leave an entry out of the list, flagged; declining brings it in."""
    whole = replace(entry, text=trim(entry.text) or entry.text)
    row = as_row(gathered, whole, kind, habits)
    code = Code.SUBHEADING if subheading else Code.NOT_A_SIGNER
    for number in entry.lines:
        reason = "a heading in the list" if subheading else "not a signatory"
        gathered.ignore(Line(number, entry.text), reason)
    gathered.flags.append(
        Flag(
            id=f"{code}:{row.id}",
            code=code,
            where=f"{kind.value}s",
            reason=(
                f"‘{entry.text}’ looks like a heading in the list."
                if subheading
                else f"‘{entry.text}’ is not a signatory."
            ),
            suggestion="Leave it out?",
            lines=entry.lines,
            otherwise=(Swap((), (row,)),),
        )
    )


def count_differs(lines: Sequence[Line], promised: int, found: int) -> Flag:
    """Return the doubt about a list shorter or longer than its heading says."""
    first = lines[0].number if lines else 0
    return Flag(
        id=f"{Code.COUNT_DIFFERS}:{first}",
        code=Code.COUNT_DIFFERS,
        where="signatories",
        reason=f"The heading speaks of {promised} signatories; {found} were found under it.",
        suggestion=f"Go on with the {found} that were found?",
        lines=(first,) if first else (),
    )


def flag_missing_places(rows: Sequence[Organisation]) -> list[Flag]:
    """Return one flag for the rows without a place in a list where nearly all have one."""
    missing = [row for row in rows if not row.place]
    if len(rows) < 5 or not missing or len(missing) * 5 > len(rows):
        return []
    return [
        Flag(
            id=f"{Code.PLACE_MISSING}:{missing[0].id}",
            code=Code.PLACE_MISSING,
            where="organisations",
            reason=(
                f"‘{missing[0].name}’ has no place, and nearly all others have one."
                if len(missing) == 1
                else f"{len(missing)} rows have no place, and nearly all others have one."
            ),
            suggestion="Leave the place empty?",
            rows=tuple(row.id for row in missing),
            lines=tuple(line for row in missing for line in row.lines),
        )
    ]
