"""A text in Markdown as its blocks, and the same text with other words in them.

A block is what a translator handles at once: a paragraph, a heading, an item of a list. What
stands around the words (the marks of headings, lists and quotations, blank lines, rules, code)
is not for translation and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt

# As letters.prose reads Markdown: HTML is words, not markup.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("html_block")
_UNSAFE_START = re.compile(
    r"#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|(?P<number>\d{1,9})(?=[.)](?:\s|$))|`{3}(?=[^`]*$)|~{3}"
    r"|(?:=+|-+)$|(?:[-*_][ \t]*){3,}$"
)
# `#` at the end of a heading closes it, and is not shown.
_CLOSING = re.compile(r"(?<!\S)(#+)$")
_DEFINITION = re.compile(r"\[[^\]]+\]:")


class BlockKind(StrEnum):
    """What a translator is told that a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTATION = "quotation"
    LINE = "line"  # not Markdown: a title, a name, the words at a tick box


@dataclass(frozen=True)
class MarkdownBlock:
    """`text`: Markdown without the marks around it, which stand in `before`, on its first line.

    `first`, `end`: its lines in the whole.
    """

    kind: BlockKind
    text: str
    before: str
    first: int
    end: int


def cut_markdown(markdown: str) -> list[MarkdownBlock]:
    """The blocks of a text, in order; a text without words has none."""
    lines = markdown.split("\n")
    found: list[MarkdownBlock] = []
    around: list[str] = []
    for token in _MARKDOWN.parse(markdown):
        if token.nesting == 1:
            around.append(token.type)
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline" and token.map and token.content.strip():
            content = token.content.strip()
            before = _marks(lines[token.map[0]], content.split("\n")[0].rstrip(), around)
            found.append(MarkdownBlock(_kind(around), _trimmed(content), before, *token.map))
    return found


def replace_blocks(markdown: str, texts: Mapping[int, str]) -> str:
    """The text with other words in some of its blocks, by their place in `cut_markdown`'s list.

    What is put in stays one block: blank lines in it go, and a line that Markdown would read as
    the beginning of something else is escaped. An empty text leaves the block as it is.
    """
    lines = markdown.split("\n")
    whole: list[str] = []
    at = 0
    for place, block in enumerate(cut_markdown(markdown)):
        whole += lines[at : block.first]
        put_in = one_block(texts.get(place, ""))
        whole += _placed(block, put_in) if put_in else lines[block.first : block.end]
        at = block.end
    return "\n".join(whole + lines[at:])


def one_block(text: str) -> str:
    """A text that Markdown reads as one paragraph."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    lines = [line for line in _trimmed(text).split("\n") if line]
    if lines and _DEFINITION.match(lines[0]):
        # Markdown would take the line for the address of a link, and show nothing.
        lines[0] = f"\\{lines[0]}"
    return "\n".join(map(_harmless, lines))


def _placed(block: MarkdownBlock, text: str) -> list[str]:
    """The new words behind the marks of the old ones; later lines are indented as deep."""
    first, *rest = text.split("\n")
    if block.kind == BlockKind.HEADING:
        # A heading is one line, without a break.
        *some, last = text.split("\n")
        words = " ".join([*(line.removesuffix("\\") for line in some), last])
        return [block.before + _CLOSING.sub(r"\\\1", words)]
    under = re.sub(r"[^>\s]", " ", block.before)
    return [block.before + first, *(under + line for line in rest)]


def _marks(line: str, words: str, around: list[str]) -> str:
    """What stands before the words on their first line; a heading may itself begin with `#`."""
    opened = re.match(r"[^#]*#+", line) if around[-1] == "heading_open" else None
    start = opened.end() if opened and words in line[opened.end() :] else 0
    return line[: start + len(line[start:].partition(words)[0])]


def _kind(around: list[str]) -> BlockKind:
    if "heading_open" in around:
        return BlockKind.HEADING
    if "list_item_open" in around:
        return BlockKind.ITEM
    if "blockquote_open" in around:
        return BlockKind.QUOTATION
    return BlockKind.PARAGRAPH


def _trimmed(text: str) -> str:
    """Lines without the spaces around them; two at the end meant a break, and a backslash does."""
    return "\n".join(_without_end(line).lstrip() for line in text.split("\n"))


def _without_end(line: str) -> str:
    """Not by a regular expression: for long runs of spaces they take as long squared."""
    words = line.rstrip(" \t")
    spaces = line[len(words) :]
    if spaces and (len(words) - len(words.rstrip("\\"))) % 2:
        # A backslash before spaces is itself; at the end of a line it would be a break.
        words += "\\"
    return words + ("\\" if spaces.endswith("  ") else "")


def _harmless(line: str) -> str:
    found = _UNSAFE_START.match(line)
    if found is None:
        return line
    # `1.` is escaped before its full stop, everything else before itself.
    at = found.end("number") if found["number"] else 0
    return f"{line[:at]}\\{line[at:]}"
