"""What a person sees or hears of a page, as short texts."""

from __future__ import annotations

from html.parser import HTMLParser

_HEARD = ("alt", "aria-label", "placeholder", "title")
_UNSEEN = {"script", "style"}


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self.found += [value for name, value in attrs if name in _HEARD and value]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data)


def texts_of(page: str) -> set[str]:
    """The texts between tags, and those of attributes that are shown or read aloud."""
    parser = _Texts()
    parser.feed(page)
    parser.close()
    return {" ".join(text.split()) for text in parser.found if any(map(str.isalpha, text))}
