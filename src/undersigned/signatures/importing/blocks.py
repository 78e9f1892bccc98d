"""Signatories that stand on several lines each: a name, then a title, then an affiliation."""

from collections.abc import Sequence
from dataclasses import dataclass

from undersigned.signatures.importing.brackets import at_commas
from undersigned.signatures.importing.names import (
    is_suffix,
    looks_like_a_name,
    looks_like_a_title,
    starts_with_title,
)
from undersigned.signatures.importing.text import fold
from undersigned.signatures.importing.vocabulary import ORGANISATION_WORDS


@dataclass(slots=True)
class ListedRow:
    """A line of a list, or several that were joined: `joined` are their texts, if in doubt."""

    text: str
    lines: tuple[int, ...]
    marked: bool
    after_blank: bool
    joined: tuple[str, ...] = ()
    paragraph: bool = False
    block: bool = False


def join_blocks(rows: list[ListedRow], *, people: bool) -> list[ListedRow]:
    """Join what stands between empty lines, if most of it are two to four lines.

    Unless the rows are known to be `people`, their blocks must also look like people.
    """
    blocks: list[list[ListedRow]] = []
    for row in rows:
        if row.after_blank or not blocks:
            blocks.append([])
        blocks[-1].append(row)
    usual = [block for block in blocks if 2 <= len(block) <= 4]
    if len(usual) < 2 or len(usual) * 3 < len(blocks) * 2 or any(row.marked for row in rows[1:]):
        return rows
    if not people and not _are_people(usual):
        return rows
    return [row for block in blocks for row in ([_join(block)] if len(block) <= 4 else block)]


def join_turns(rows: list[ListedRow], *, people: bool) -> list[ListedRow]:
    """Join names, titles and affiliations that stand on lines in turn, with nothing between."""
    if any(row.marked or row.joined for row in rows) or len(rows) < 4:
        return rows
    for size in (2, 3, 4):
        blocks = [rows[start : start + size] for start in range(0, len(rows), size)]
        if len(rows) % size == 0 and len(blocks) > 1 and _take_turns(blocks, people=people):
            return [_join(block) for block in blocks]
    blocks = _at_names(rows)
    longest = max(len(block) for block in blocks)
    told = sum(_says_role(row.text) for row in rows)
    if told > 1 and told * 4 >= len(rows) and longest <= 4 and _are_people(blocks):
        return [_join(block) for block in blocks]
    return rows


def _take_turns(blocks: Sequence[Sequence[ListedRow]], *, people: bool) -> bool:
    """Every block begins with a name, and most have a title or an organisation under it."""
    named = sum(_is_bare_name(block[0].text) for block in blocks)
    described = sum(any(_describes(row.text) for row in block[1:]) for block in blocks)
    told = sum(any(_says_role(row.text) for row in block[1:]) for block in blocks)
    enough = people or (told > 1 and told * 3 >= len(blocks))
    return named * 10 >= len(blocks) * 9 and described * 5 >= len(blocks) * 3 and enough


def _at_names(rows: Sequence[ListedRow]) -> list[list[ListedRow]]:
    """Begin a block at each name that a title or an organisation stands under."""
    blocks: list[list[ListedRow]] = [[]]
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        begins = below is not None and _describes(below.text) and _is_bare_name(row.text)
        if begins and blocks[-1]:
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def _are_people(blocks: Sequence[Sequence[ListedRow]]) -> bool:
    people = sum(
        _is_bare_name(block[0].text) and any(_describes(row.text) for row in block[1:])
        for block in blocks
    )
    told = sum(_says_role(row.text) for block in blocks for row in block[1:])
    return people * 3 >= len(blocks) * 2 and told * 2 >= len(blocks)


def _is_bare_name(text: str) -> bool:
    name, *rest = at_commas(text) or [""]
    return looks_like_a_name(name) and all(is_suffix(part) for part in rest)


def _says_role(text: str) -> bool:
    return starts_with_title(text) or looks_like_a_title((at_commas(text) or [""])[0])


def _describes(text: str) -> bool:
    return _says_role(text) or any(word in ORGANISATION_WORDS for word in fold(text).split())


def _join(rows: Sequence[ListedRow]) -> ListedRow:
    *first, last = (row.text for row in rows)
    return ListedRow(
        ", ".join([*(text.rstrip(" ,;") for text in first), last]),
        tuple(number for row in rows for number in row.lines),
        rows[0].marked,
        rows[0].after_blank,
        tuple(row.text for row in rows) if first else (),
        block=bool(first),
    )
