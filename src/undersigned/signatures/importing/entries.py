"""From the lines of a list to its rows: bullets off, wrapped rows joined, group headings found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from undersigned.signatures.importing.blocks import ListedRow, join_blocks, join_turns
from undersigned.signatures.importing.brackets import at_commas, at_semicolons, is_open, trim
from undersigned.signatures.importing.furniture import furniture
from undersigned.signatures.importing.marks import (
    count_notes,
    is_and_more,
    is_copy_line,
    is_footer,
    strip_marks,
    without_reference,
    without_stars,
)
from undersigned.signatures.importing.names import starts_with_title
from undersigned.signatures.importing.places import find_place
from undersigned.signatures.importing.rows import Entry
from undersigned.signatures.importing.tables import with_gaps
from undersigned.signatures.importing.text import word_set


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page with its number, from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A row to be read.

    `run`: it comes from a paragraph of names run together. `wrapped`: the texts that were joined,
    if joining them is open to doubt. `block`: it is a block of lines, and so are the others.
    """

    entry: Entry
    run: bool = False
    wrapped: tuple[str, ...] = ()
    block: bool = False


@dataclass(slots=True)
class Sorted:
    """The lines of a list, sorted: rows, lines that are none, and group headings."""

    items: list[Item] = field(default_factory=list)
    not_signers: list[Line] = field(default_factory=list)
    ignored: list[tuple[Line, str]] = field(default_factory=list)
    groups: list[Entry] = field(default_factory=list)
    subheadings: list[Entry] = field(default_factory=list)


def sort_lines(lines: Sequence[Line], *, people: bool, mixed: bool = False) -> Sorted:
    """Sort the lines of a list. `people`: they are individuals. `mixed`: some of them may be."""
    outcome = Sorted()
    rows = _find_rows(lines, outcome)
    if people or mixed:
        rows = join_blocks(rows, people=people)
        rows = join_turns(rows, people=people)
    rows = _join_paragraphs(rows)
    rows = _join_wrapped(rows)
    _group(rows, outcome)
    return outcome


_EMPHASIS = re.compile(r"\*\*|__")


def _find_rows(lines: Sequence[Line], outcome: Sorted) -> list[ListedRow]:
    kept: list[tuple[Line, bool]] = []
    blank = True
    for line in lines:
        text = line.text.strip()
        if not text:
            blank = True
            continue
        bare = strip_marks([text])[0][0]
        if is_and_more(text) or is_and_more(bare) or is_footer(text) or is_copy_line(text):
            outcome.not_signers.append(line)
        elif reason := furniture(text):
            outcome.ignored.append((line, reason))
        else:
            kept.append((Line(line.number, text), blank))
            blank = False
    if notes := count_notes([line.text for line, _ in kept]):
        outcome.not_signers += [line for line, _ in kept[-notes:]]
        kept = [
            (Line(line.number, without_reference(line.text)), after)
            for line, after in kept[:-notes]
        ]
    gaps = with_gaps([line.text for line, _ in kept])
    kept = [(Line(line.number, _with_columns(line.text, gaps=gaps)), after) for line, after in kept]
    stripped = strip_marks([without_stars(_EMPHASIS.sub("", line.text)) for line, _ in kept])
    return [
        ListedRow(text, (line.number,), marked, after_blank)
        for (line, after_blank), (text, marked) in zip(kept, stripped, strict=True)
    ]


def _with_columns(text: str, *, gaps: bool) -> str:
    """Write tabs for columns of another sort: gaps, and "Name; Kenya; www.example.org"."""
    if gaps:
        text = re.sub(" {2,}", "\t", text)
    pieces = at_semicolons(text)
    cells = 2 <= len(pieces) <= 5 and not any(at_commas(piece)[1:] for piece in pieces[1:])
    if cells and any(_is_place_or_address(piece) for piece in pieces[1:]):
        return "\t".join(pieces)
    return text


def _is_place_or_address(piece: str) -> bool:
    piece = trim(piece)
    if find_place(piece):
        return True
    return furniture(piece) in {"an e-mail address", "an address of a web page"}


def _is_run(text: str) -> bool:
    """A paragraph of names: two semicolons within it, or one that ends a name far from its end."""
    return len(at_semicolons(text)) > 2 or (len(at_semicolons(text)) == 2 and len(text) > 40)


def _join_paragraphs(rows: list[ListedRow]) -> list[ListedRow]:
    """A run-together paragraph may itself be broken over lines."""
    groups: list[list[ListedRow]] = []
    for row in rows:
        last = groups[-1][-1] if groups else None
        row.paragraph = _is_run(row.text)
        if last and groups[-1][0].paragraph and _goes_on(last, row):
            groups[-1].append(row)
        else:
            groups.append([row])
    for first, *more in groups:
        first.text = " ".join([first.text, *(row.text for row in more)])
        first.lines += tuple(line for row in more for line in row.lines)
    return [group[0] for group in groups]


def _goes_on(last: ListedRow, row: ListedRow) -> bool:
    """The second line of a paragraph: a run itself, or what an open end asks for."""
    if row.marked or row.after_blank or last.text.endswith((".", ";")):
        return False
    return row.paragraph or len(at_semicolons(row.text)) > 1 or _ends_open(last.text)


_CONNECTIVES = word_set(
    """
    of for and the de da do das dos del della di du des la le les los las und für et y e pour
    para by in on von der den die van to with & with au aux zum zur dei delle per en al el at
    """
)
_LEADING_CONNECTIVES = word_set(
    """
    of for and und für et pour para e y to with & del von
    """
)


def _ends_open(text: str) -> bool:
    words = text.split()
    return text.endswith((",", "-", "–", "&", "/")) or words[-1] in _CONNECTIVES or is_open(text)


def _join_wrapped(rows: list[ListedRow]) -> list[ListedRow]:
    marked = sum(row.marked for row in rows)
    marked_list = marked >= 2 and marked * 5 >= len(rows) * 2
    commas = sum(row.text.endswith(",") for row in rows)
    comma_ends = commas * 3 > len(rows)
    joined: list[ListedRow] = []
    for row in rows:
        last = joined[-1] if joined else None
        if last is None or row.marked or row.paragraph or last.paragraph or row.joined:
            joined.append(row)
            continue
        sure = _surely_continues(last, row, marked_list=marked_list, comma_ends=comma_ends)
        if sure or (marked_list and last.marked and _may_continue(last, row)):
            last.joined = (
                () if sure and not last.joined else (*(last.joined or (last.text,)), row.text)
            )
            glue = "" if last.text.endswith(("-", "/")) and row.text[0].islower() else " "
            last.text = f"{last.text}{glue}{row.text}"
            last.lines += row.lines
            continue
        joined.append(row)
    return joined


def _surely_continues(
    last: ListedRow, row: ListedRow, *, marked_list: bool, comma_ends: bool
) -> bool:
    words = row.text.split()
    if len(last.text) > 400 or row.after_blank or _AND_LAST.search(last.text):
        return False
    if is_open(last.text) and not is_open(f"{last.text} {row.text}"):
        return True
    if re.fullmatch(r"[(\[（][^()]{2,60}[)\]）][.;,]?", row.text):
        return True
    if words[0] in _LEADING_CONNECTIVES and len(words) > 1 and not last.text.endswith((")", ";")):
        return True
    if last.text.endswith(","):
        return marked_list or not comma_ends
    return _ends_open(last.text) or (marked_list and row.text[0].islower() and last.marked)


def _may_continue(last: ListedRow, row: ListedRow) -> bool:
    """In a list with bullets, a line without one, right under a row, may be its second half."""
    heading = row.text.endswith(":") or row.text.startswith("#") or _place_of_group(row.text)
    ended = last.text.endswith((")", ".", ";")) or len(last.text) > 400
    return not row.after_blank and not heading and not ended


def _group(rows: list[ListedRow], outcome: Sorted) -> None:
    """Give rows the place of the heading above them, or of the line below each of them."""
    marked = sum(row.marked for row in rows)
    places = [
        _place_of_group(row.text) if not row.marked or marked == len(rows) else "" for row in rows
    ]
    if _places_below(places):
        for row, below in zip(rows[::2], rows[1::2], strict=True):
            entry = Entry(trim(row.text), row.lines + below.lines, trim(below.text))
            outcome.items.append(Item(entry))
        return
    group = ""
    for index, row in enumerate(rows):
        if places[index] and any(not place for place in places[index + 1 :][:1]):
            group = places[index]
            outcome.groups.append(Entry(row.text, row.lines))
        elif _is_subheading(row, marked, len(rows)):
            group = ""
            outcome.subheadings.append(Entry(row.text, row.lines))
        else:
            outcome.items += _items(row, group)


def _places_below(places: list[str]) -> bool:
    pairs = len(places) // 2
    return (
        pairs >= 2
        and len(places) % 2 == 0
        and all(not name for name in places[::2])
        and all(places[1::2])
    )


_COUNT = re.compile(r"\s*(?:[(\[]\s*\d{1,5}\s*[)\]]|[–-]\s*\d{1,5})\s*$")


def _place_of_group(text: str) -> str:
    """Return the place that `text` names if it names nothing else, or ""."""
    if len(text) > 60:
        return ""
    label = text.strip("#*=_ ").rstrip(":： ")
    label = _COUNT.sub("", label).rstrip(":： ").strip("*_ ")
    return label if find_place(label) else ""


def _is_subheading(row: ListedRow, marked: int, total: int) -> bool:
    if row.marked or len(row.text) > 80:
        return False
    if row.text.startswith(("#", "**")) or row.text.rstrip().endswith((":", "：")):
        return True
    return row.after_blank and marked >= 3 and marked * 5 >= total * 4 and "," not in row.text


def _items(row: ListedRow, group: str) -> list[Item]:
    if not row.paragraph:
        text = trim(_without_and(row.text))
        return (
            [Item(Entry(text, row.lines, group), wrapped=row.joined, block=row.block)]
            if text
            else []
        )
    pieces: list[str] = []
    for part in at_semicolons(row.text):
        piece = trim(_without_and(part))
        if pieces and starts_with_title(piece):  # "Director of Foo; Professor at Bar"
            pieces[-1] = f"{pieces[-1]}, {piece}"
        elif piece:
            pieces.append(piece)
    run = len(pieces) > 2
    return [Item(Entry(piece, row.lines, group), run=run) for piece in pieces]


_AND_FIRST = re.compile(r"^(?:and|et|und|y|e)\s+(?=[^\W\d_])")
_AND_LAST = re.compile(r"[;,]\s*(?:and|et|und|y|e|&)\s*[;,]?\s*$")


def _without_and(text: str) -> str:
    """The "and" before or after the last row but one."""
    text = _AND_LAST.sub("", text)
    found = _AND_FIRST.match(text)
    return text[found.end() :] if found and text[found.end()].isupper() else text
