"""The forms of a page as it comes, for a browser that runs no scripts."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

type Attributes = list[tuple[str, str | None]]


@dataclass
class Form:
    """`opening`: its tag, as written; `has_button`: one that sends it, and is seen."""

    opening: str
    id: str = ""
    has_button: bool = False


def forms_in(page: str) -> list[Form]:
    """Those that are sent to us: no dialogues, and no passkeys, which need a script to be read."""
    reader = _Reader()
    reader.feed(page)
    for name in reader.buttons_elsewhere:
        for form in reader.forms:
            form.has_button |= form.id == name
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.buttons_elsewhere: list[str] = []
        self._current: Form | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        values = dict(attrs)
        if tag == "form":
            self._current = Form(self.get_starttag_text() or "", values.get("id") or "")
            if values.get("method") != "dialog" and "data-passkey" not in values:
                self.forms.append(self._current)
        elif tag == "button" and values.get("type", "submit") == "submit":
            if "hidden" in values or "disabled" in values:
                return
            if "form" in values:
                self.buttons_elsewhere.append(values["form"] or "")
            elif self._current is not None:
                self._current.has_button = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._current = None
