"""The translator's workbench: the source and a translation side by side, block by block.

    bench = workbench(letter, language, chosen_source(letter, of=""))
    render(request, "page_of_yours.html", {"bench": bench})   with {% include "_workbench.html" %}

Both frames use it, the studio's and that of a volunteer's link; addresses are passed in. What is
sent back: see `bench_forms`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import ngettext

from undersigned.letters.field_names import field_name
from undersigned.letters.models import Letter
from undersigned.letters.publishing import Text
from undersigned.letters.translating.blocks import Block, cut
from undersigned.letters.translating.matching import Match, Standing, match_blocks
from undersigned.letters.translating.working import drafted_source, source_text, wordings_of
from undersigned.website.bench_rows import Again, Row, rows_of
from undersigned.website.languages import direction, own_name

# Two fields each, of the thousand that a form may have; and a page of them takes 0.15 s.
MOST_ROWS = 200
DRAFT = "draft"


@dataclass(frozen=True)
class Source:
    """What is translated from. `has_draft`: whether another edition is being written."""

    text: Text
    is_draft: bool
    has_draft: bool

    @property
    def of(self) -> str:
        """Its name in addresses."""
        return DRAFT if self.is_draft else ""


@dataclass(frozen=True)
class Group:
    """A part of the letter."""

    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Progress:
    """How many blocks there are, and how many are in each standing."""

    total: int
    done: int
    outdated: int
    drafts: int

    @property
    def sentence(self) -> str:
        said = ngettext(
            "%(done)d of %(total)d block is translated.",
            "%(done)d of %(total)d blocks are translated.",
            self.total,
        ) % {"done": self.done, "total": self.total}
        if self.outdated:
            said += " " + ngettext(
                "%(n)d block is outdated.", "%(n)d blocks are outdated.", self.outdated
            ) % {"n": self.outdated}
        return said


@dataclass(frozen=True)
class Workbench:
    """Everything that `_workbench.html` shows."""

    language: str
    source: Source
    source_language: str
    groups: tuple[Group, ...]
    page: Page[Any]
    progress: Progress
    only_left: bool
    unknown: tuple[str, ...] = ()

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def source_direction(self) -> str:
        return direction(self.source_language)

    @property
    def name(self) -> str:
        return own_name(self.language)

    @property
    def source_name(self) -> str:
        return own_name(self.source_language)

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def waits(self) -> list[Row]:
        """Blocks that somebody has to decide about."""
        return [row for row in self.rows if row.again]

    @property
    def began(self) -> str:
        """What the form begins with, as JSON: `own` and `older` words by the names of blocks."""
        own = {row.name: row.own for row in self.rows if row.own}
        older = {row.name: row.older for row in self.rows if row.older}
        return json.dumps({"own": own, "older": older}, ensure_ascii=False, separators=(",", ":"))


def chosen_source(letter: Letter, of: str) -> Source:
    """The published text, or `of` `draft` the one that will follow it, if there is one."""
    drafted = drafted_source(letter)
    if drafted is not None and of == DRAFT:
        return Source(drafted, is_draft=True, has_draft=True)
    return Source(source_text(letter), is_draft=False, has_draft=drafted is not None)


def name_of(block: Block) -> str:
    """A block's name in forms and addresses: of its words, so that it may move meanwhile."""
    return f"w-{block.place.field.replace('.', '_')}-{block.digest[:16]}"


def named_blocks(source: Text) -> dict[str, Block]:
    """Every block by its name. What stands twice in a field is translated once."""
    named: dict[str, Block] = {}
    for block in cut(source):
        named.setdefault(name_of(block), block)
    return named


def workbench(
    letter: Letter,
    language: str,
    source: Source,
    *,
    only_left: bool = False,
    page: str | int | None = 1,
    again: Mapping[str, Again] | None = None,
    unknown: Sequence[str] = (),
    history_url: Callable[[int], str] | None = None,
) -> Workbench:
    """`only_left`: leave out what is translated. `page`: of a very long letter.

    `again`, `unknown`: see `bench_forms.Outcome`. `history_url`: of a wording's id.
    """
    again = again or {}
    named = matched(letter, language, source.text)
    shown = [
        (name, match)
        for name, match in named.items()
        if not only_left or match.standing != Standing.DONE or name in again
    ]
    at = Paginator(shown, MOST_ROWS).get_page(page)
    rows = rows_of(letter, language, dict(at.object_list), again, history_url)
    return Workbench(
        language=language,
        source=source,
        source_language=letter.source_language,
        groups=tuple(
            Group(field_name(name), tuple(members)) for name, members in groupby(rows, key=_part)
        ),
        page=at,
        progress=progress_of(named.values()),
        only_left=only_left,
        unknown=tuple(unknown),
    )


def matched(letter: Letter, language: str, source: Text) -> dict[str, Match]:
    """Every block by its name, with what is being worked on."""
    named = named_blocks(source)
    matches = match_blocks(list(named.values()), wordings_of(letter, language))
    return dict(zip(named, matches, strict=True))


def progress_of(matches: Sequence[Match] | Any) -> Progress:
    standings = [match.standing for match in matches]
    return Progress(
        total=len(standings),
        done=standings.count(Standing.DONE),
        outdated=standings.count(Standing.OUTDATED),
        drafts=standings.count(Standing.DRAFT),
    )


def _part(row: Row) -> str:
    return row.block.place.field.partition(".")[0]
