"""Markdown to safe HTML: the only way that organisers' text reaches a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable("smartquotes")
_TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "hr"}
_MARKED = ("p", "li", "h3", "h4")


@dataclass(frozen=True)
class Behind:
    """The blocks of a text that do not say what the letter says now.

    `outdated` and `missing`: their numbers (letters/translating/markdown_blocks.py). A missing one
    stands in the letter's own `language`, written in `direction`.
    """

    outdated: frozenset[int]
    missing: frozenset[int]
    language: str
    direction: str


@lru_cache(maxsize=512)
def render_prose(markdown: str, behind: Behind | None = None) -> SafeString:
    """HTML of a text; what is not on the short list of elements is dropped, its words kept.

    Blocks that are `behind` get a class of this name.
    """
    tokens = _MARKDOWN.parse(markdown)
    attributes: dict[str, set[str]] = {"a": {"href"}}
    if behind is not None:
        # No text can bring attributes of its own: they are ours, and those of links.
        attributes |= {tag: {"class", "lang", "dir"} for tag in _MARKED}
        _mark(tokens, behind)
    html = nh3.clean(
        _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}),
        tags=_TAGS,
        attributes=attributes,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(html)  # noqa: S308  cleaned on the line above


def parse_prose(markdown: str) -> list[Token]:
    """What a text is made of, for other forms of it than HTML."""
    return _MARKDOWN.parse(markdown)


def _mark(tokens: Sequence[Token], behind: Behind) -> None:
    """Note on the elements around blocks that they are behind."""
    around: list[Token] = []
    number = 0
    for token in tokens:
        if token.nesting == 1:
            around.append(token)
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline" and token.content.strip():
            if number in behind.outdated | behind.missing:
                # The paragraphs of a tight list are not written out: their item is.
                element = next(one for one in reversed(around) if not one.hidden)
                element.attrSet("class", "behind")
                if number in behind.missing:
                    element.attrSet("lang", behind.language)
                    element.attrSet("dir", behind.direction)
            number += 1


_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|]|^([#+=-]|[0-9]+[.)])", re.MULTILINE)
# Spaces around a line would make it code, or break the line after it.
_AROUND_LINES = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)


def as_markdown(paragraphs: Iterable[str]) -> str:
    """Plain paragraphs as Markdown that renders as exactly these words."""
    return "\n\n".join(
        _SPECIAL.sub(_escape, _AROUND_LINES.sub("", paragraph)) for paragraph in paragraphs
    )


def _escape(match: re.Match[str]) -> str:
    marker = match[0]
    # `1.` is escaped before its full stop, everything else before itself.
    return f"{marker[:-1]}\\{marker[-1]}"
