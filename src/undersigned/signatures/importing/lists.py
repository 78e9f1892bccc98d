"""Reading a list of signatories: of organisations, of individuals, or of both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from undersigned.signatures.importing.brackets import in_two, split_names, trim
from undersigned.signatures.importing.entries import (
    Item,
    Line,
    is_prose,
    sort_lines,
)
from undersigned.signatures.importing.flags import Code, Flag, Swap
from undersigned.signatures.importing.furniture import furniture
from undersigned.signatures.importing.habits import Habits, find_habits
from undersigned.signatures.importing.kinds import clashing_kind, kind_of, likely_kind
from undersigned.signatures.importing.marks import is_and_more
from undersigned.signatures.importing.neighbours import find_split_people, find_surnames_first
from undersigned.signatures.importing.people import read_individual
from undersigned.signatures.importing.proposal import IgnoredLine
from undersigned.signatures.importing.rows import Entry, read_organisation
from undersigned.signatures.importing.signatories import Individual, Kind, Organisation, Row


@dataclass(slots=True)
class Gathered:
    """What the lists of a page have given so far."""

    organisations: list[Organisation] = field(default_factory=list)
    people: list[Individual] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    ignored: list[IgnoredLine] = field(default_factory=list)
    accounts: dict[int, str] = field(default_factory=dict)
    organisation_numbers: "count[int]" = field(default_factory=lambda: count(1))
    person_numbers: "count[int]" = field(default_factory=lambda: count(1))

    def account(self, lines: Iterable[int], read_as: str) -> None:
        """Note what lines were read as."""
        self.accounts.update((line, read_as) for line in lines)

    def ignore(self, line: Line, reason: str) -> None:
        """Leave a line out of the reading, saying why."""
        self.ignored.append(IgnoredLine(line.number, line.text, reason))
        self.accounts[line.number] = "ignored"


def read_list(
    gathered: Gathered,
    lines: Sequence[Line],
    *,
    kind: Kind | None,
    featured: bool = False,
    promised: int | None = None,
) -> None:
    """Read the lines of one list into `gathered`.

    `kind` None: each row is told by its own looks. `promised`: how many rows the heading speaks of.
    """
    outcome = sort_lines(lines, people=_are_people(lines, kind))
    for line, reason in outcome.ignored:
        gathered.ignore(line, reason)
    for group in outcome.groups:
        gathered.account(group.lines, "heading of a group")
    items = _without_more(gathered, outcome.items, kind)
    default = kind or likely_kind([item.entry.text for item in items])
    habits = find_habits([item.entry.text for item in items])
    run = any(item.run for item in items)
    first_person = len(gathered.people)
    doubtful: list[Row] = []
    for item in items:
        own = kind_of(item.entry.text)
        chosen = kind or own or default
        row = _read(
            gathered,
            item,
            chosen,
            habits,
            featured=featured or (run and not item.run),
            few=len(items) <= 3,
        )
        if kind is None and own is None:
            doubtful.append(row)
        elif kind and (other := clashing_kind(item.entry.text, kind)):
            gathered.flags.append(_other_kind(row, other, item.entry, habits))
    if _is_doubtful(items, doubtful):
        _doubt_kinds(gathered, doubtful, habits)
    people = gathered.people[first_person:]
    gathered.flags += find_split_people(people) + find_surnames_first(people)
    for line in outcome.not_signers:
        _leave_out(gathered, Entry(line.text.strip(), (line.number,)), default, habits)
    for entry in outcome.subheadings:
        _leave_out(gathered, entry, default, habits, subheading=True)
    if promised is not None and promised != len(items):
        gathered.flags.append(_count_differs(lines, promised, len(items)))


def _is_doubtful(items: list[Item], doubtful: list[Row]) -> bool:
    """Rows that show nothing go with the others, if these are many and all of one kind."""
    kinds = {kind_of(item.entry.text) for item in items} - {None}
    return len(kinds) != 1 or len(doubtful) * 2 > len(items)


def _are_people(lines: Sequence[Line], kind: Kind | None) -> bool:
    if kind is not None:
        return kind is Kind.INDIVIDUAL
    texts = [line.text for line in lines if line.text.strip()]
    return likely_kind(texts) is Kind.INDIVIDUAL


def _without_more(gathered: Gathered, items: list[Item], kind: Kind | None) -> list[Item]:
    """Take "and 300 others" out of a paragraph, flagged."""
    kept = []
    for item in items:
        if is_and_more(item.entry.text):
            _leave_out(gathered, item.entry, kind or Kind.INDIVIDUAL, Habits())
        elif reason := furniture(item.entry.text):
            for number in item.entry.lines:
                gathered.ignore(Line(number, item.entry.text), reason)
        else:
            kept.append(item)
    return kept


def _read(
    gathered: Gathered, item: Item, kind: Kind, habits: Habits, *, featured: bool, few: bool
) -> Row:
    row: Row
    flags: tuple[Flag, ...]
    if kind is Kind.ORGANISATION:
        row, flags = _organisation(gathered, item.entry, habits)
        gathered.organisations.append(row)
    else:
        row, flags = _individual(gathered, item.entry, featured=featured)
        gathered.people.append(row)
    gathered.flags += flags
    gathered.account(item.entry.lines, kind.value)
    if item.wrapped:
        gathered.flags.append(_wrapped(gathered, row, item, habits))
    if kind is Kind.ORGANISATION and few:
        gathered.flags += _joined_organisations(gathered, row, item.entry, habits)
    if is_prose(item.entry.text):
        gathered.flags.append(_prose(row, kind))
    return row


def _organisation(
    gathered: Gathered, entry: Entry, habits: Habits
) -> tuple[Organisation, tuple[Flag, ...]]:
    name = f"organisation-{next(gathered.organisation_numbers)}"
    return read_organisation(entry, name, habits)


def _individual(
    gathered: Gathered, entry: Entry, *, featured: bool = False
) -> tuple[Individual, tuple[Flag, ...]]:
    name = f"individual-{next(gathered.person_numbers)}"
    return read_individual(entry, name, featured=featured)


def _as(gathered: Gathered, entry: Entry, kind: Kind, habits: Habits) -> Row:
    if kind is Kind.ORGANISATION:
        return _organisation(gathered, entry, habits)[0]
    return _individual(gathered, entry)[0]


def _wrapped(gathered: Gathered, row: Row, item: Item, habits: Habits) -> Flag:
    kind = Kind.ORGANISATION if isinstance(row, Organisation) else Kind.INDIVIDUAL
    apart = tuple(
        _as(gathered, Entry(trim(text), item.entry.lines, item.entry.group), kind, habits)
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


def _joined_organisations(
    gathered: Gathered, row: Row, entry: Entry, habits: Habits
) -> tuple[Flag, ...]:
    """A list of a few rows with many commas may be a paragraph of names."""
    names, unsure = split_names(entry.text)
    names = in_two(names, unsure) if unsure else names
    capitals = all(not name[0].islower() for name in names)
    if len(names) < 4 or row.place or not capitals:
        return ()
    apart = tuple(
        _as(gathered, Entry(name, entry.lines, entry.group), Kind.ORGANISATION, habits)
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


def _prose(row: Row, kind: Kind) -> Flag:
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


def _other_kind(row: Row, own: Kind, entry: Entry, habits: Habits) -> Flag:
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


def _doubt_kinds(gathered: Gathered, doubtful: list[Row], habits: Habits) -> None:
    """Ask once about all the rows that may be either, and were read as what the others are."""
    if not doubtful:
        return
    organisations = isinstance(doubtful[0], Organisation)
    swaps = []
    for row in doubtful:
        entry = Entry(row.source, row.lines)
        kind = Kind.INDIVIDUAL if organisations else Kind.ORGANISATION
        swaps.append(Swap((row.id,), (_as(gathered, entry, kind, habits),)))
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


def _leave_out(
    gathered: Gathered, entry: Entry, kind: Kind, habits: Habits, *, subheading: bool = False
) -> None:
    whole = replace(entry, text=trim(entry.text) or entry.text)
    row = _as(gathered, whole, kind, habits)
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


def _count_differs(lines: Sequence[Line], promised: int, found: int) -> Flag:
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
