"""Every block of a letter's text: what a translator goes through, from the title to the last."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from undersigned.letters.publishing import Text
from undersigned.letters.translating.markdown_blocks import (
    BlockKind,
    cut_markdown,
    one_block,
    replace_blocks,
)

# In the order of the page. Their words are Markdown, or a line each, or a list of records.
MARKDOWN = ("introduction", "body", "call", "facilitator_note")
LINES = ("title", "addressee", "consent_publication", "consent_updates")
RECORDS: Mapping[str, Mapping[str, bool]] = {  # which of a record's words are Markdown
    "ways_to_help": {"heading": False, "text": True},
    "related_campaigns": {"title": False, "text": True},
}
TAGS = "related_campaigns.tags"  # a list of lines in each record
ORDER = (
    *("title", "addressee", "introduction", "body", "call"),
    *("consent_publication", "consent_updates", "ways_to_help"),
    *("related_campaigns", "facilitator_note"),
)


@dataclass(frozen=True)
class Place:
    """Where a block stands. `field`: as `body` or `ways_to_help.text`, the context of its words.

    `item`: which record, 0 for a field that is not a list. `number`: which block in it.
    """

    field: str
    item: int
    number: int

    @property
    def key(self) -> str:
        """`body-0-3`: its name in forms and files."""
        return f"{self.field}-{self.item}-{self.number}"


@dataclass(frozen=True)
class Block:
    """What is translated at once."""

    place: Place
    kind: BlockKind
    text: str

    @property
    def digest(self) -> str:
        return digest_of(self.text)


def digest_of(source: str) -> str:
    """128 bits of BLAKE2b over a block's words, in hexadecimal."""
    return hashlib.blake2b(source.encode(), digest_size=16).hexdigest()


def cut(text: Text) -> list[Block]:
    """The blocks of a text in the order of the page; fields without words have none."""
    return [block for name in ORDER for block in _cut_field(name, getattr(text, name))]


def put_together(source: Text, language: str, texts: Mapping[Place, str]) -> Text:
    """The source with other words in its blocks, in another language.

    Blocks that are left out, or empty, keep the words of the source. Addresses of related
    campaigns stay as they are; credits do not.
    """
    words = {name: _put_in(name, getattr(source, name), texts) for name in ORDER}
    return replace(source, language=language, credits="", **words)


def _cut_field(name: str, value: Any) -> Iterator[Block]:
    if name not in RECORDS:
        yield from _cut_words(name, 0, value, is_markdown=name in MARKDOWN)
        return
    for item, record in enumerate(value):
        for key, is_markdown in RECORDS[name].items():
            yield from _cut_words(
                f"{name}.{key}", item, str(record.get(key, "")), is_markdown=is_markdown
            )
        for number, tag in enumerate(_tags(record)):
            yield Block(Place(TAGS, item, number), BlockKind.LINE, tag)


def _tags(record: Mapping[str, Any]) -> list[str]:
    return [tag.strip() for tag in record.get("tags", ()) if tag.strip()]


def _cut_words(field: str, item: int, words: str, *, is_markdown: bool) -> Iterator[Block]:
    if is_markdown:
        for number, block in enumerate(cut_markdown(words)):
            yield Block(Place(field, item, number), block.kind, block.text)
    elif words.strip():
        yield Block(Place(field, item, 0), BlockKind.LINE, words.strip())


def _put_in(name: str, value: Any, texts: Mapping[Place, str]) -> Any:
    if name not in RECORDS:
        return _put_words(name, 0, value, texts, is_markdown=name in MARKDOWN)
    return [_put_in_record(name, item, record, texts) for item, record in enumerate(value)]


def _put_in_record(
    name: str, item: int, record: Mapping[str, Any], texts: Mapping[Place, str]
) -> dict[str, Any]:
    words: dict[str, Any] = {
        key: _put_words(f"{name}.{key}", item, str(record[key]), texts, is_markdown=is_markdown)
        for key, is_markdown in RECORDS[name].items()
        if key in record
    }
    if "tags" in record:
        words["tags"] = [
            one_line(texts.get(Place(TAGS, item, number), "")) or tag
            for number, tag in enumerate(_tags(record))
        ]
    return {**record, **words}


def _put_words(
    field: str, item: int, words: str, texts: Mapping[Place, str], *, is_markdown: bool
) -> str:
    if not is_markdown:
        line = one_line(texts.get(Place(field, item, 0), ""))
        return line if line and words.strip() else words
    placed = {
        place.number: text
        for place, text in texts.items()
        if place.field == field and place.item == item
    }
    return replace_blocks(words, placed)


def one_line(text: str) -> str:
    return " ".join(text.split())


def tidied(block: Block, text: str) -> str:
    """A translation as it is kept: one line, or one block of Markdown."""
    return one_line(text) if block.kind == BlockKind.LINE else one_block(text)
