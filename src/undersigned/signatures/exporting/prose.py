"""A letter's Markdown as a small tree of blocks, free of any markup language.

The PDF's template is handed these as data, so that nothing that anybody wrote is ever code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

# As on the page (letters/prose.py).
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable("smartquotes")
_SCHEMES = ("https://", "http://", "mailto:")
LONGEST_LINK = 2_000
LINE_BREAK = "\n"
EVERYTHING_STANDS: Mapping[int, bool] = {}
_MARK = "behind"


@dataclass(frozen=True)
class Run:
    """Words in one style; LINE_BREAK as `text` is a line's end. `link`: an address, or empty."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True)
class Mark:
    """That a block does not say what the letter says now. `language`: of a block that stands
    there untranslated, or empty."""

    language: str = ""


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    mark: Mark | None = None


@dataclass(frozen=True)
class Heading:
    """`level` is 2 or 3: below the letter's title, and none is left out."""

    level: int
    runs: tuple[Run, ...]
    mark: Mark | None = None


@dataclass(frozen=True)
class Items:
    """A list; `start` is the first number of an ordered one."""

    ordered: bool
    start: int
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Quotation:
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Rule:
    """A break between parts."""


type Block = Paragraph | Heading | Items | Quotation | Rule


def read_prose(
    markdown: str, behind: Mapping[int, bool] = EVERYTHING_STANDS, language: str = ""
) -> tuple[Block, ...]:
    """The blocks of a text. Pictures are left out, as on the page; code becomes plain words.

    `behind`: the numbers of blocks that a translation has behind, each with whether it is missing
    and stands there in `language` (letters/translating/markdown_blocks.py counts them).
    """
    root = SyntaxTreeNode(_MARKDOWN.parse(markdown))
    words = [node for node in root.walk() if node.type == "inline" and node.content.strip()]
    for number, node in enumerate(words):
        if number in behind and node.parent is not None:
            node.parent.meta[_MARK] = Mark(language if behind[number] else "")
    return _without_skipped_levels(_blocks(root.children))


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
    return tuple(block for node in nodes for block in _block(node))


def _block(node: SyntaxTreeNode) -> Iterator[Block]:
    match node.type:
        case "paragraph" | "heading":
            runs = tuple(_runs(node.children, Run("")))
            if not any(run.text.strip() for run in runs):
                return
            mark = node.meta.get(_MARK)
            if node.type == "paragraph":
                yield Paragraph(runs, mark)
            else:
                yield Heading(3 if int(node.tag[1:]) > 3 else 2, runs, mark)
        case "bullet_list" | "ordered_list":
            yield Items(
                ordered=node.type == "ordered_list",
                start=cast("int", node.attrs.get("start", 1)),
                items=tuple(_inner(item.children) for item in node.children),
            )
        case "blockquote":
            yield Quotation(_inner(node.children))
        case "hr":
            yield Rule()
        case _:  # code, fenced or by four spaces: the page keeps its words, too
            if node.content.strip():
                yield Paragraph((Run(node.content.strip()),))


def _inner(nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
    """Headings inside a quotation or a list head no part of the letter: they become bold lines."""
    return tuple(
        Paragraph(tuple(replace(run, strong=True) for run in block.runs), block.mark)
        if isinstance(block, Heading)
        else block
        for block in _blocks(nodes)
    )


def _runs(nodes: Sequence[SyntaxTreeNode], style: Run) -> Iterator[Run]:
    for node in nodes:
        match node.type:
            case "inline":
                yield from _runs(node.children, style)
            case "strong":
                yield from _runs(node.children, replace(style, strong=True))
            case "em":
                yield from _runs(node.children, replace(style, emphasis=True))
            case "link":
                yield from _runs(node.children, replace(style, link=_address(node)))
            case "softbreak":
                yield replace(style, text=" ")
            case "hardbreak":
                yield Run(LINE_BREAK)
            case "text" | "code_inline":
                yield replace(style, text=node.content)
            case _:  # a picture
                pass


def _address(node: SyntaxTreeNode) -> str:
    address = str(node.attrs.get("href", ""))
    fits = address.startswith(_SCHEMES) and len(address) <= LONGEST_LINK
    return address if fits else ""


def _without_skipped_levels(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Who moves from heading to heading by ear must not wonder what was missed (PDF/UA asks it)."""
    is_below_another = False
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            is_below_another = is_below_another or block.level == 2
            result.append(block if is_below_another else replace(block, level=2))
        else:
            result.append(block)
    return tuple(result)
