"""Markdown to safe HTML: the only way that organisers' text reaches a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable("smartquotes")
_TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "hr"}


@lru_cache(maxsize=512)
def render_prose(markdown: str) -> SafeString:
    """HTML of a text; what is not on the short list of elements is dropped, its words kept."""
    html = nh3.clean(
        _MARKDOWN.render(markdown),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(html)  # noqa: S308  cleaned on the line above


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
