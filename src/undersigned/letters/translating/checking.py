"""What may be wrong with the words that somebody wrote for a block. Pure functions.

Some faults refuse: nothing is stored then. All others are told, and a person decides: languages
differ, and so do texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token

from undersigned.letters.translating.blocks import Block, tidied
from undersigned.letters.translating.hidden_characters import hidden_characters
from undersigned.letters.translating.markdown_blocks import BlockKind
from undersigned.letters.translating.numbers_in_text import numbers_lost

LONGEST = 20_000
# Of a title, in what people share; and the columns of an edition (letters.models.Translation).
LONGEST_SHARED = 200
_COLUMNS = {"title": 300, "addressee": 300}
_CONSENTS = ("consent_publication", "consent_updates")
# So many letters are no name that every language writes alike.
_MORE_THAN_A_NAME = 12
# Wide characters (Chinese, Japanese, Korean) say about twice as much.
_TOO_SHORT, _TOO_LONG = 0.3, 3.0
_LONG_ENOUGH_TO_COMPARE = 40
_SHOWN = 60

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_TAG = re.compile(
    r"</?(?P<name>[a-z][a-z0-9-]*)(?:\s[^<>]*)?/?>|<(?P<open>script|style|iframe|svg|img)\b"
    r"|(?P<note><!--|<!doctype|<!\[cdata|<\?[a-z])|(?P<script>(?<!\w)(?:javascript:|vbscript:|data:(?:text|image|application)/)[^\s)]+)",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(
    r"\{\{\s*[\w.]+\s*\}\}|\$?\{[\w.]*\}|%\([\w.]+\)[a-z]|(?<![\w%])%[sd](?!\w)"
)
ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"']+[^\s<>()\[\]\"'.,;:!?。、，؟।]", re.IGNORECASE)
_REFERENCE = re.compile(r"\]\[([^\[\]]+)\]")
# What is left of Markdown that no reader takes for it: stars, and links parted by a space.
_MARK = re.compile(r"\*+|(?<!\w)_|_(?!\w)|\]\s*\(|`")


class FaultCode(StrEnum):
    TOO_LONG = "too long"
    HIDDEN = "hidden characters"
    TAGS = "tags"
    NO_WORDS = "no words"
    LONG_TITLE = "long title"
    PLACEHOLDERS_LOST = "placeholders lost"
    PLACEHOLDERS_MADE_UP = "placeholders made up"
    LINKS_LOST = "links lost"
    LINKS_MADE_UP = "links made up"
    NUMBERS_LOST = "numbers lost"
    EMPHASIS_LOST = "emphasis lost"
    BREAKS_LOST = "breaks lost"
    STRAY_MARKS = "stray marks"
    SAME = "same"
    SHORT = "short"
    LONG = "long"


_REFUSALS = frozenset(
    {FaultCode.TOO_LONG, FaultCode.HIDDEN, FaultCode.TAGS, FaultCode.NO_WORDS},
)


@dataclass(frozen=True)
class Fault:
    """`about`: what was lost, made up or found, as it is written. `limit`: of characters."""

    code: FaultCode
    about: tuple[str, ...] = ()
    limit: int = 0

    @property
    def is_refusal(self) -> bool:
        """Whether the words are not stored at all."""
        return self.code in _REFUSALS


def faults(block: Block, text: str) -> list[Fault]:
    """What may be wrong with a translation of a block, the worst first; nothing with no words."""
    found = refusals(block, text)
    if any(fault.code == FaultCode.TOO_LONG for fault in found):
        return found
    words = tidied(block, text)
    return [*found, *_warnings(block, words)] if words else found


def refusals(block: Block, text: str) -> list[Fault]:
    """Only those faults for which nothing is stored."""
    limit = _COLUMNS.get(block.place.field, LONGEST)
    # Before anything reads it: 5 MB that somebody pasted are not looked through.
    if len(text) > LONGEST or len(text.strip()) > limit:
        return [Fault(FaultCode.TOO_LONG, limit=limit)]
    # As browsers send them.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return [*_refusals(block, text)] if text.strip() else []


def _refusals(block: Block, text: str) -> Iterator[Fault]:
    hidden = hidden_characters(text)
    if hidden:
        yield Fault(FaultCode.HIDDEN, tuple(hidden))
    known = {_name_of(tag) for tag in _TAG.finditer(block.text)}
    tags = [tag[0] for tag in _TAG.finditer(text) if _name_of(tag) not in known]
    if tags:
        yield Fault(FaultCode.TAGS, _some(tags))
    if block.place.field in _CONSENTS and not _letters(text):
        yield Fault(FaultCode.NO_WORDS)


def _warnings(block: Block, text: str) -> Iterator[Fault]:
    source = block.text
    if block.place.field == "title" and len(text) > LONGEST_SHARED:
        yield Fault(FaultCode.LONG_TITLE, limit=LONGEST_SHARED)
    ours, theirs = Counter(PLACEHOLDER.findall(source)), Counter(PLACEHOLDER.findall(text))
    yield from _differing(ours, theirs, FaultCode.PLACEHOLDERS_LOST, FaultCode.PLACEHOLDERS_MADE_UP)
    is_line = block.kind == BlockKind.LINE
    before, after = _Rendered(source, is_line=is_line), _Rendered(text, is_line=is_line)
    yield from _differing(before.links, after.links, FaultCode.LINKS_LOST, FaultCode.LINKS_MADE_UP)
    lost = numbers_lost(before.words, after.words)
    if lost:
        yield Fault(FaultCode.NUMBERS_LOST, _some(lost))
    if after.emphasis < before.emphasis:
        yield Fault(FaultCode.EMPHASIS_LOST)
    if after.breaks < before.breaks:
        yield Fault(FaultCode.BREAKS_LOST)
    if not is_line and len(_MARK.findall(after.words)) > len(_MARK.findall(before.words)):
        yield Fault(FaultCode.STRAY_MARKS, _some(_MARK.findall(after.words)))
    yield from _lengths(source, text)


def _lengths(source: str, text: str) -> Iterator[Fault]:
    if text == source:
        if _letters(source) > _MORE_THAN_A_NAME:
            yield Fault(FaultCode.SAME)
        return
    ours, theirs = _length(source), _length(text)
    if max(ours, theirs) < _LONG_ENOUGH_TO_COMPARE:
        return
    if theirs < _TOO_SHORT * ours:
        yield Fault(FaultCode.SHORT)
    elif theirs > _TOO_LONG * ours:
        yield Fault(FaultCode.LONG)


def _differing(
    ours: Counter[str], theirs: Counter[str], lost: FaultCode, made_up: FaultCode
) -> Iterator[Fault]:
    if ours - theirs:
        yield Fault(lost, _some([*(ours - theirs)]))
    if theirs - ours:
        yield Fault(made_up, _some([*(theirs - ours)]))


class _Rendered:
    """What a reader sees of a block: its words, where its links lead, how much is emphasised."""

    def __init__(self, text: str, *, is_line: bool) -> None:
        self.links: Counter[str] = Counter()
        self.emphasis = self.breaks = 0
        words: list[str] = [text] if is_line else []
        if not is_line:
            for token in _MARKDOWN.parseInline(text)[0].children or ():
                self._read(token, words)
            self.links.update(f"[{label.lower()}]" for label in _REFERENCE.findall(text))
        self.words = ADDRESS.sub(" ", "".join(words))
        for address in ADDRESS.findall("".join(words)):
            # The words of a link may be its own address.
            self.links[address] += address not in self.links

    def _read(self, token: Token, words: list[str]) -> None:
        if token.type in ("link_open", "image"):
            self.links[str(token.attrGet("href") or token.attrGet("src"))] += 1
        elif token.type in ("em_open", "strong_open"):
            self.emphasis += 1
        elif token.type in ("hardbreak", "softbreak"):
            self.breaks += token.type == "hardbreak"
            words.append("\n")
        words.append(token.content)


def _name_of(tag: re.Match[str]) -> str:
    return str(tag["name"] or tag["open"] or tag[0]).lower()


def _letters(text: str) -> int:
    return sum(unicodedata.category(character)[0] == "L" for character in text)


def _length(text: str) -> int:
    """Characters that take room: marks on them do not, wide ones take two."""
    return sum(
        1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
        if unicodedata.category(character)[0] != "M"
    )


def _some(found: list[str]) -> tuple[str, ...]:
    """The first five of what was found, none of them a whole text."""
    shortened = (
        one if len(one) <= _SHOWN else f"{one[: _SHOWN - 1]}…" for one in dict.fromkeys(found)
    )
    return tuple(list(shortened)[:5])
