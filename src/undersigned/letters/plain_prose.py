"""Markdown to plain text that reads well in a mail: what `prose` is for pages.

Paragraphs are lines of their own; the reader's program wraps them. A link's address stands behind
its words in angle brackets, lists keep their marks, quotations have `> ` before each line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import indent

from markdown_it.tree import SyntaxTreeNode

from undersigned.letters.prose import parse_prose

_RULE = "* * *"


def plain_prose(markdown: str) -> str:
    """The text without Markdown's marks; no line feed at its end."""
    return _blocks(SyntaxTreeNode(parse_prose(markdown)).children)


def _blocks(nodes: Sequence[SyntaxTreeNode], gap: str = "\n\n") -> str:
    return gap.join(_block(node) for node in nodes)


def _block(node: SyntaxTreeNode) -> str:
    if node.type == "blockquote":
        return indent(_blocks(node.children), "> ", lambda _: True)
    if node.type in {"bullet_list", "ordered_list"}:
        return _list(node)
    if node.type == "hr":
        return _RULE
    if node.type in {"fence", "code_block"}:
        return node.content.rstrip("\n")
    return "".join(_words(node))


def _list(node: SyntaxTreeNode) -> str:
    is_tight = all(child.hidden for item in node.children for child in item.children[:1])
    number = int(node.attrs.get("start", 1))
    items = []
    for place, item in enumerate(node.children):
        mark = f"{number + place}. " if node.type == "ordered_list" else "- "
        said = _blocks(item.children, "\n" if is_tight else "\n\n")
        items.append(mark + indent(said, " " * len(mark)).lstrip(" "))
    return ("\n" if is_tight else "\n\n").join(items)


def _words(node: SyntaxTreeNode) -> Iterator[str]:
    """What stands in a block, or in a part of a line."""
    for child in node.children:
        if child.type in {"softbreak", "hardbreak"}:
            yield "\n" if child.type == "hardbreak" else " "
        elif child.type == "link":
            yield _link("".join(_words(child)), str(child.attrs.get("href", "")))
        elif child.children:
            yield from _words(child)
        else:
            yield child.content


def _link(words: str, address: str) -> str:
    bare = address.removeprefix("mailto:")
    return words if words in {address, bare} else f"{words} <{bare}>"
