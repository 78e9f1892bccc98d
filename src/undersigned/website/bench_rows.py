"""The rows of the translator's workbench: a block of the source beside its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from undersigned.letters.differences import Difference, differences
from undersigned.letters.models import Letter, WordingVersion
from undersigned.letters.translating.blocks import Block
from undersigned.letters.translating.checking import Fault, faults
from undersigned.letters.translating.markdown_blocks import BlockKind
from undersigned.letters.translating.matching import Match, Standing
from undersigned.letters.translating.memory import Memory, Remembered
from undersigned.website.fault_words import fault_sentences

STANDINGS: dict[Standing, str | Promise] = {
    Standing.DONE: gettext_lazy("Translated"),
    Standing.DRAFT: gettext_lazy("Written by a machine; nobody has read it yet"),
    Standing.OUTDATED: gettext_lazy("Outdated: the original says something else now"),
    Standing.MISSING: gettext_lazy("Not translated yet"),
}
KINDS: dict[BlockKind, str | Promise] = {
    BlockKind.HEADING: gettext_lazy("Heading"),
    BlockKind.ITEM: gettext_lazy("Item of a list"),
    BlockKind.QUOTATION: gettext_lazy("Quotation"),
}


@dataclass(frozen=True)
class Again:
    """What was typed for a block and could not be stored. `theirs`: what somebody else wrote
    meanwhile; `refused`: sentences."""

    text: str
    theirs: str | None = None
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    """Words from memory; `difference`: how that source differed, None where it did not."""

    remembered: Remembered
    difference: Difference | None


@dataclass(frozen=True)
class Row:
    """A block beside its words. `own`: what is stored for it; `older`: words of what it was."""

    name: str
    block: Block
    match: Match
    own: str
    older: str
    text: str
    difference: Difference | None = None
    offers: tuple[Offer, ...] = ()
    again: Again | None = None
    warnings: tuple[str, ...] = ()
    history_url: str = ""

    @property
    def standing(self) -> Standing:
        return self.match.standing

    @property
    def standing_words(self) -> str:
        return str(STANDINGS[self.standing])

    @property
    def kind_words(self) -> str:
        return str(KINDS.get(self.block.kind, ""))

    @property
    def wording(self) -> int:
        """The id of what is stored, of the block itself."""
        return self.match.wording.pk if self.match.wording and not self.older else 0

    @property
    def box(self) -> str:
        """The name of the box that says that the words are right as they are."""
        return f"ok{self.name[1:]}"

    @property
    def is_line(self) -> bool:
        return self.block.kind == BlockKind.LINE

    @property
    def lines(self) -> int:
        """How high its field is where a browser does not grow it."""
        text = max(self.text, self.block.text, key=len)
        return min(14, max(1 if self.is_line else 2, text.count("\n") + 1 + len(text) // 50))


def rows_of(
    letter: Letter,
    language: str,
    named: Mapping[str, Match],
    again: Mapping[str, Again],
    history_url: Callable[[int], str] | None,
) -> list[Row]:
    """Some blocks as they are shown."""
    needs_memory = any(match.standing != Standing.DONE for match in named.values())
    memory = Memory(letter, language) if needs_memory else None
    changed = _changed_before(letter, language) if history_url else frozenset()
    return [
        _row(name, match, memory, again.get(name), changed, history_url)
        for name, match in named.items()
    ]


def _changed_before(letter: Letter, language: str) -> frozenset[int]:
    """The ids of wordings that have a history."""
    versions = WordingVersion.objects.filter(wording__letter=letter, wording__language=language)
    return frozenset(versions.values_list("wording", flat=True))


def _row(
    name: str,
    match: Match,
    memory: Memory | None,
    again: Again | None,
    changed: frozenset[int],
    history_url: Callable[[int], str] | None,
) -> Row:
    stored = match.wording
    words = stored.text if stored else ""
    is_older = match.standing == Standing.OUTDATED
    offers: tuple[Offer, ...] = ()
    if memory is not None and match.standing != Standing.DONE:
        found = memory.near(match.block, besides=[stored.pk] if stored else ())
        offers = tuple(_offer(one, match.block) for one in found)
    return Row(
        name=name,
        block=match.block,
        match=match,
        own="" if is_older else words,
        older=words if is_older else "",
        text=again.text if again else words,
        difference=differences(match.before, match.block.text) if is_older else None,
        offers=offers,
        again=again,
        warnings=() if is_older or again else warnings_of(match.block, words),
        history_url=history_url(stored.pk)
        if history_url and stored and stored.pk in changed
        else "",
    )


@lru_cache(maxsize=4096)
def _doubts(block: Block, text: str) -> tuple[Fault, ...]:
    """Both texts are read as Markdown for it, on every page that shows them."""
    return tuple(fault for fault in faults(block, text) if not fault.is_refusal)


def warnings_of(block: Block, text: str) -> tuple[str, ...]:
    """What may be wrong with words that are stored, in sentences."""
    return fault_sentences(_doubts(block, text)) if text else ()


def _offer(one: Remembered, block: Block) -> Offer:
    return Offer(one, None if one.is_exact else differences(one.source, block.text))
