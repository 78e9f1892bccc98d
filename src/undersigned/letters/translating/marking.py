"""A block's words as a machine gets them, and what came back as words of the block.

A machine knows no Markdown. What is emphasised or linked becomes an HTML element with a number;
addresses, placeholders, code and everything else that is no language stay here, and an empty-handed
element with a number stands in their place. What comes back is put together again from what stayed
here: markup is never taken from the answer.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from undersigned.letters.translating.blocks import Block
from undersigned.letters.translating.checking import ADDRESS, PLACEHOLDER, FaultCode, faults
from undersigned.letters.translating.markdown_blocks import BlockKind

# Without `text_join`, what was escaped stays apart from what was not.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("text_join")
_MAILBOX = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_TAG = r"</?[a-zA-Z!?][^<>]*>"
_NO_LANGUAGE = rf"{PLACEHOLDER.pattern}|(?i:{ADDRESS.pattern})|{_MAILBOX}|{_TAG}"
_IN_LINES = re.compile(f"({_NO_LANGUAGE})")
# Brackets may be a link whose address stands elsewhere in the text.
_IN_MARKDOWN = re.compile(rf"({_NO_LANGUAGE}|\[[^\[\]]*\])")
_REFERENCE = re.compile(r"\]\[([^\[\]]+)\]")
_SPACES = re.compile(r"[ \t\r\n]+")
_AROUND_BREAKS = re.compile(r" *\\\n *")
_SPECIAL = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
# Machines carry figures over as they are. These stand for what stayed here.
_FIRST_FIGURE = 9001
_SPOILT = frozenset(
    {
        FaultCode.TOO_LONG, FaultCode.HIDDEN, FaultCode.TAGS, FaultCode.NO_WORDS,
        FaultCode.PLACEHOLDERS_LOST, FaultCode.PLACEHOLDERS_MADE_UP,
        FaultCode.LINKS_LOST, FaultCode.LINKS_MADE_UP,
        FaultCode.EMPHASIS_LOST, FaultCode.BREAKS_LOST, FaultCode.STRAY_MARKS, FaultCode.SAME,
    }
)  # fmt: skip


class Spoilt(Exception):
    """A link, a placeholder or a mark did not come back whole, or there are no other words."""


@dataclass(frozen=True)
class Piece:
    """What an element of the HTML stands for: marks around words, or something whole."""

    tag: str
    before: str
    after: str = ""


@dataclass(frozen=True)
class Marked:
    """What is sent for a block. `pieces`: by the ids of elements, what stayed here."""

    block: Block
    words: str
    pieces: Mapping[str, Piece]

    @property
    def is_html(self) -> bool:
        return bool(self.pieces)


def marked(block: Block) -> Marked:
    """A block as it is sent: plain words, or HTML if something in it must come back as it is."""
    writing = _Writing(_IN_LINES if block.kind == BlockKind.LINE else _IN_MARKDOWN)
    if block.kind == BlockKind.LINE:
        writing.say(block.text)
    else:
        writing.write(block.text)
    words = "".join(writing.as_html if writing.pieces else writing.as_text)
    return Marked(block, words, writing.pieces)


def unmarked(sent: Marked, answer: str) -> str:
    """The words of the block in the other language; raises Spoilt."""
    is_line = sent.block.kind == BlockKind.LINE
    if sent.is_html:
        reading = _Reading(sent.pieces, is_line=is_line)
        reading.feed(answer)
        reading.close()
        words = reading.whole()
    else:
        words = _said(answer, is_line=is_line)
    words = _AROUND_BREAKS.sub("\\\\\n", words.strip())
    if not words or any(fault.code in _SPOILT for fault in faults(sent.block, words)):
        raise Spoilt
    return words


class _Writing:
    """Markdown, as it becomes HTML; and as plain words, in case that nothing in it is marked."""

    def __init__(self, no_language: re.Pattern[str]) -> None:
        self.as_html: list[str] = []
        self.as_text: list[str] = []
        self.pieces: dict[str, Piece] = {}
        self._no_language = no_language
        self._open: list[str] = []

    def write(self, markdown: str) -> None:
        labels = {f"#{place}": label for place, label in enumerate(_REFERENCE.findall(markdown))}
        # So that they are read as the links that they are in the whole text.
        known = {normalizeReference(one): {"href": at, "title": ""} for at, one in labels.items()}
        tokens = _MARKDOWN.parseInline(markdown, {"references": known})[0].children or []
        self._write(tokens, labels)

    def say(self, words: str) -> None:
        """Words to translate, and among them what is no language."""
        for place, some in enumerate(self._no_language.split(words)):
            if place % 2:
                self._keep(some)
            else:
                self._words(some)

    def _write(self, tokens: Sequence[Token], labels: Mapping[str, str]) -> None:
        is_address = False
        for token in tokens:
            if token.info == "auto":
                if token.nesting == 1:
                    self._keep(f"<{str(token.attrGet('href')).removeprefix('mailto:')}>")
                is_address = token.nesting == 1
            elif not is_address:
                self._write_token(token, labels)

    def _write_token(self, token: Token, labels: Mapping[str, str]) -> None:
        match token.type:
            case "text":
                self.say(token.content)
            case "softbreak":
                self._words(" ")
            case "hardbreak":
                number = self._piece(Piece("br", "\\\n"))
                self.as_html.append(f'<br id="{number}">')
            case "code_inline":
                self._keep(_as_code(token))
            case "image":
                self._keep(f"![{token.content}]{_target(token, 'src')}")
            case "link_open":
                label = labels.get(str(token.attrGet("href")))
                after = f"[{label}]" if label else _target(token, "href")
                self._begin("a", Piece("a", "[", f"]{after}"))
            case "em_open" | "strong_open":
                mark = "*" if token.type == "em_open" else "**"
                self._begin(token.tag, Piece(token.tag, mark, mark))
            case "link_close" | "em_close" | "strong_close":
                self.as_html.append(self._open.pop())
            case _:  # what was escaped, or written as an entity
                self._words(token.content)

    def _words(self, words: str) -> None:
        self.as_text.append(words)
        self.as_html.append(html.escape(words, quote=False))

    def _keep(self, verbatim: str) -> None:
        figure = _FIRST_FIGURE + len(self.pieces)
        number = self._piece(Piece("span", verbatim))
        self.as_html.append(f'<span id="{number}" translate="no">{figure}</span>')

    def _begin(self, tag: str, piece: Piece) -> None:
        self.as_html.append(f'<{tag} id="{self._piece(piece)}">')
        self._open.append(f"</{tag}>")

    def _piece(self, piece: Piece) -> str:
        number = str(len(self.pieces) + 1)
        self.pieces[number] = piece
        return number


@dataclass
class _Element:
    piece: Piece
    parts: list[str] = field(default_factory=list)


class _Reading(HTMLParser):
    """What came back, put together from the pieces; raises Spoilt."""

    def __init__(self, pieces: Mapping[str, Piece], *, is_line: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._left = dict(pieces)
        self._is_line = is_line
        self._whole = _Element(Piece("", ""))
        self._open = [self._whole]

    def whole(self) -> str:
        if self._left or len(self._open) > 1:
            raise Spoilt
        return "".join(self._whole.parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        piece = self._left.pop(dict(attrs).get("id") or "", None)
        if piece is None or piece.tag != tag:
            raise Spoilt
        if tag == "br":
            self._open[-1].parts.append(piece.before)
        else:
            self._open.append(_Element(piece))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Only `<br/>` is whole like this; anything else is never closed, and so spoilt."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "br":
            return
        element = self._open.pop()
        if element.piece.tag != tag:
            raise Spoilt
        self._open[-1].parts.append(_closed(element))

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(_said(data, is_line=self._is_line))

    def handle_comment(self, data: str) -> None:
        raise Spoilt

    handle_pi = unknown_decl = handle_comment

    def handle_decl(self, decl: str) -> None:
        raise Spoilt


def _closed(element: _Element) -> str:
    """Marks hold only where they touch a word."""
    piece = element.piece
    if piece.tag == "span":
        return piece.before
    words = "".join(element.parts)
    core = words.strip(" ")
    if not core:
        raise Spoilt
    start = words.index(core)
    return f"{words[:start]}{piece.before}{core}{piece.after}{words[start + len(core) :]}"


def _said(words: str, *, is_line: bool) -> str:
    words = _SPACES.sub(" ", words)
    return words if is_line else _SPECIAL.sub(r"\\\g<0>", words)


def _as_code(token: Token) -> str:
    touches = token.content.strip() and (token.content[0] in "` " or token.content[-1] in "` ")
    space = " " if touches else ""
    return f"{token.markup}{space}{token.content}{space}{token.markup}"


def _target(token: Token, name: str) -> str:
    """Where a link leads, as Markdown; spaces and angles in it are written in per cents."""
    address, title = str(token.attrGet(name)), str(token.attrGet("title") or "")
    around = f"<{address}>" if "(" in address or ")" in address or not address else address
    escaped = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'({around} "{escaped}")' if title else f"({around})"
