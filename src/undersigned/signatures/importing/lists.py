"""Reading a list of signatories: of organisations, of individuals, or of both."""

from collections.abc import Sequence

from undersigned.signatures.importing.entries import Item, Line, sort_lines
from undersigned.signatures.importing.flags import Flag
from undersigned.signatures.importing.furniture import furniture
from undersigned.signatures.importing.gathering import (
    Gathered,
    individual_row,
    organisation_row,
)
from undersigned.signatures.importing.habits import Habits, find_habits
from undersigned.signatures.importing.kinds import clashing_kind, kind_of, likely_kind
from undersigned.signatures.importing.list_doubts import (
    count_differs,
    doubt_kinds,
    joined_organisations,
    leave_out,
    other_kind,
    prose,
    wrapped,
)
from undersigned.signatures.importing.marks import is_and_more
from undersigned.signatures.importing.neighbours import (
    find_capital_surnames,
    find_split_people,
    find_surnames_first,
)
from undersigned.signatures.importing.prose import is_prose
from undersigned.signatures.importing.rows import Entry
from undersigned.signatures.importing.signatories import Kind, Row
from undersigned.signatures.importing.table_rows import read_table


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
    lines, read = read_table(gathered, lines, kind, featured=featured)
    outcome = sort_lines(lines, people=_are_people(lines, kind), mixed=kind is None)
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
            gathered.flags.append(other_kind(row, other, item.entry, habits))
    if _is_doubtful(gathered, items, doubtful):
        doubt_kinds(gathered, doubtful, habits)
    people = gathered.people[first_person:]
    gathered.flags += find_split_people(people) + find_surnames_first(people)
    gathered.flags += find_capital_surnames(people)
    for line in outcome.not_signers:
        leave_out(gathered, Entry(line.text.strip(), (line.number,)), default, habits)
    for entry in outcome.subheadings:
        leave_out(gathered, entry, default, habits, subheading=True)
    # A count above headings of their own is the sum of what stands under these
    if promised is not None and promised != len(items) + read and (items or read or kind):
        gathered.flags.append(count_differs(lines, promised, len(items) + read))


def _is_doubtful(gathered: Gathered, items: list[Item], doubtful: list[Row]) -> bool:
    """Rows that show nothing go with the others, if these are many and all of one kind."""
    kinds = {kind_of(item.entry.text) for item in items} - {None}
    if gathered.only_organisations and kinds == {Kind.ORGANISATION}:
        return False
    return len(kinds) != 1 or len(doubtful) * 3 > len(items)


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
            leave_out(gathered, item.entry, kind or Kind.INDIVIDUAL, Habits())
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
        row, flags = organisation_row(gathered, item.entry, habits)
        gathered.organisations.append(row)
    else:
        row, flags = individual_row(gathered, item.entry, featured=featured)
        gathered.people.append(row)
    gathered.flags += flags
    gathered.account(item.entry.lines, kind.value)
    if item.wrapped:
        gathered.flags.append(wrapped(gathered, row, item, habits))
    if kind is Kind.ORGANISATION:
        gathered.flags += joined_organisations(gathered, row, item.entry, habits, few=few)
    if is_prose(item.entry.text):
        gathered.flags.append(prose(row, kind))
    return row
