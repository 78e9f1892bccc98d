"""Which words in another language belong to which block of the source, and which are close.

A block has its own words if it was translated as it stands. If not, the words of the block that it
was before are the next best: they are outdated. Pure functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from undersigned.letters.models import Wording
from undersigned.letters.translating.blocks import LINES, Block

# Of 100, by rapidfuzz's ratio: below it, two texts are not the same block, once changed.
SAME_BLOCK = 50.0
# And below this one, another block's translation is no help.
NEAR = 65.0
MOST_OFFERED = 3


class Standing(StrEnum):
    """Where a block stands in a language."""

    DONE = "done"
    DRAFT = "draft"  # a machine wrote it, and nobody has looked yet
    OUTDATED = "outdated"  # there are words for what it said before
    MISSING = "missing"


@dataclass(frozen=True)
class Match:
    """A block with what there is for it. `wording` is of the block itself or, outdated, of what
    it was before; `before` is then what the source said."""

    block: Block
    standing: Standing
    wording: Wording | None = None

    @property
    def before(self) -> str:
        is_older = self.standing == Standing.OUTDATED and self.wording is not None
        return self.wording.source if is_older and self.wording else ""


def match_blocks(
    blocks: Sequence[Block], wordings: Iterable[Wording], *, approved: bool = False
) -> list[Match]:
    """Each block with its words in one language. `approved`: only what was let through counts.

    Wordings that belong to no present block may be those of a block that was changed: the closest
    one of the same field, each given away once, in the order of the page.
    """
    column = "approved" if approved else "text"
    known = {(one.field, one.digest): one for one in wordings if getattr(one, column).strip()}
    present = {(block.place.field, block.digest) for block in blocks}
    left = [one for key, one in known.items() if key not in present]
    left.sort(key=lambda one: one.at, reverse=True)
    found = []
    for block in blocks:
        own = known.get((block.place.field, block.digest))
        if own is not None:
            is_draft = own.origin == "machine" and not approved
            found.append(Match(block, Standing.DRAFT if is_draft else Standing.DONE, own))
            continue
        older = _what_it_was(block, left)
        if older is None:
            found.append(Match(block, Standing.MISSING))
        else:
            left.remove(older)
            found.append(Match(block, Standing.OUTDATED, older))
    return found


@dataclass(frozen=True)
class Near:
    """Words that somebody found for a block that is alike. `likeness`: per cent, 100 the same."""

    source: str
    text: str
    likeness: int


def near_matches(block: Block, memory: Iterable[tuple[str, str]]) -> list[Near]:
    """What was translated before and is close, the closest first; `memory`: (source, text)."""
    pairs = {source: text for source, text in memory if text.strip()}
    found = process.extract(
        block.text, pairs.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_OFFERED
    )
    return [Near(source, pairs[source], int(score)) for source, score, _ in found]


def _what_it_was(block: Block, left: Sequence[Wording]) -> Wording | None:
    """A field that is one line was changed if it is not the same, however much."""
    candidates = [one for one in left if one.field == block.place.field]
    if not candidates:
        return None
    if block.place.field in LINES:
        return candidates[0]
    best = process.extractOne(
        block.text,
        [one.source for one in candidates],
        scorer=fuzz.ratio,
        score_cutoff=SAME_BLOCK,
    )
    return candidates[best[2]] if best else None
