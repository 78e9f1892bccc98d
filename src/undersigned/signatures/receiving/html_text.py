"""The text of a mail that was written as a page only."""

from __future__ import annotations

from lxml import etree

_LINES = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "hr", "table", "ul"})
# What others wrote, and what is not for reading.
_LEFT_OUT = frozenset({"blockquote", "script", "style", "head", "title", "template"})


class _Text:
    """What lxml hands the parts of a page to."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._inside = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._inside += tag in _LEFT_OUT
        self._parts.append("\n" if tag in _LINES else "")

    def end(self, tag: str) -> None:
        self._inside -= tag in _LEFT_OUT
        self._parts.append("\n" if tag in _LINES else "")

    def data(self, data: str) -> None:
        if not self._inside:
            # Lines of the source are no lines of the page.
            self._parts.append(" ".join(data.splitlines()))

    def close(self) -> str:
        return "".join(self._parts)


def html_text(page: str) -> str:
    """Its lines as they are read, without what is quoted."""
    parser = etree.HTMLParser(target=_Text(), encoding="utf-8")
    return str(etree.fromstring(page.encode("utf-8", "replace"), parser))
