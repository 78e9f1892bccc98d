"""What changed between two texts, so that a person can read it.

By paragraphs first, then by words within a changed paragraph, in every script. The result is
neutral; templates draw spans as <ins> and <del>.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, zip_longest

from rapidfuzz import fuzz

from undersigned.letters.segments import is_word, paragraphs, words
from undersigned.letters.word_differences import Run, compare_whole, compare_words, steps

# Above these the comparison takes seconds. A longer text, old and new together in characters, is
# compared by paragraphs only,
MOST_CHARACTERS = 1_000_000
# more paragraphs are shown whole where they changed,
MOST_PARAGRAPHS = 2000
# and they are paired in order rather than by likeness: so many pairs, and so many characters of
# the old times those of the new.
MOST_PAIRS = 10_000
MOST_PAIRING = 400_000_000
# Two paragraphs are versions of one if this much of their words is the same, in percent.
LEAST_LIKENESS = 40


class Kind(StrEnum):
    """What became of a block or a span."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"  # of blocks: some of its words
    FOLDED = "folded"  # of blocks: kept paragraphs, far from any change


@dataclass(frozen=True)
class Span:
    """Words that were kept, removed or added together.

    `replaces`: added in the place of those that the span before it removed.
    """

    kind: Kind
    text: str
    replaces: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph; of the kind FOLDED several, a span for each."""

    kind: Kind
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Difference:
    """The whole of a new text against an old one. False if nothing changed.

    `removed` and `added` count words; both are 0 where only spaces or punctuation changed.
    """

    blocks: tuple[Block, ...]
    removed: int
    added: int

    def __bool__(self) -> bool:
        return any(block.kind not in {Kind.KEPT, Kind.FOLDED} for block in self.blocks)


def differences(old: str, new: str, *, around: int = 1) -> Difference:
    """Compare two texts. Kept paragraphs are folded but for `around` on each side of a change."""
    blocks: list[Block] = []
    removed = added = 0
    compare = compare_whole if len(old) + len(new) > MOST_CHARACTERS else compare_words
    for before, after in steps(_paragraphs(old), _paragraphs(new), MOST_PARAGRAPHS):
        if before == after:
            blocks += (Block(Kind.KEPT, (Span(Kind.KEPT, text),)) for text in after)
            continue
        for one, other in _pairs(before, after):
            compared = compare(one, other)
            removed, added = removed + compared.removed, added + compared.added
            blocks += _changed(one, other, compared.runs)
    return Difference(tuple(_fold(blocks, around)), removed, added)


def differences_of_words(
    old: Mapping[str, object], new: Mapping[str, object], *, around: int = 1
) -> dict[str, Difference]:
    """The changed fields of `letters.publishing.Text` (or of a draft), in the order of `new`."""
    compared = {
        name: differences(as_text(old.get(name)), as_text(new.get(name)), around=around)
        for name in dict.fromkeys([*new, *old])
    }
    return {name: difference for name, difference in compared.items() if difference}


def as_text(value: object) -> str:
    """A field's value as paragraphs: of records each text, of a plain list one line."""
    match value:
        case None:
            return ""
        case Mapping():
            return "\n\n".join(filter(None, map(as_text, value.values())))
        case list() | tuple():
            separator = "\n\n" if any(isinstance(item, Mapping) for item in value) else ", "
            return separator.join(filter(None, map(as_text, value)))
        case _:
            return str(value)


def _paragraphs(text: str) -> list[str]:
    return [core for piece in paragraphs(text) if (core := piece.rstrip())]


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Paragraphs that are versions of one another, in order; "" beside one without its like.

    Of all ways to pair them in order the one with the most likeness in sum.
    """
    if len(old) * len(new) > MOST_PAIRS or _length(old) * _length(new) > MOST_PAIRING:
        yield from zip_longest(old, new, fillvalue="")
        return
    likeness = _likeness(old, new)
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for a in reversed(range(len(old))):
        for b in reversed(range(len(new))):
            paired = likeness[a][b] and likeness[a][b] + best[a + 1][b + 1]
            best[a][b] = max(paired, best[a + 1][b], best[a][b + 1])
    a = b = 0
    while a < len(old) and b < len(new):
        if best[a][b] == best[a + 1][b]:
            yield old[a], ""
            a += 1
        elif best[a][b] == best[a][b + 1]:
            yield "", new[b]
            b += 1
        else:
            yield old[a], new[b]
            a, b = a + 1, b + 1
    yield from ((text, "") for text in old[a:])
    yield from (("", text) for text in new[b:])


def _likeness(old: Sequence[str], new: Sequence[str]) -> list[list[float]]:
    """How many of their words each two have in common, in percent; 0 where it is too little."""
    before, after = ([[*filter(is_word, words(text))] for text in side] for side in (old, new))
    return [
        [fuzz.ratio(one, other, score_cutoff=LEAST_LIKENESS) for other in after] for one in before
    ]


def _length(texts: Sequence[str]) -> int:
    return sum(map(len, texts))


def _changed(old: str, new: str, runs: Sequence[Run]) -> Iterator[Block]:
    """A changed paragraph as one block; without a word in common as two."""
    if old and new and any(run.is_kept for run in runs):
        yield Block(Kind.CHANGED, tuple(span for run in runs for span in _spans(run)))
    else:
        yield from (Block(span.kind, (span,)) for span in _spans(Run(old, new)))


def _spans(run: Run) -> Iterator[Span]:
    if run.is_kept:
        yield Span(Kind.KEPT, run.new)
        return
    if run.old:
        yield Span(Kind.REMOVED, run.old)
    if run.new:
        yield Span(Kind.ADDED, run.new, replaces=bool(run.old))


def _fold(blocks: Sequence[Block], around: int) -> Iterator[Block]:
    """Blocks with those put together that are kept and stand far from every change."""
    changed = [at for at, block in enumerate(blocks) if block.kind is not Kind.KEPT]
    near = {at + step for at in changed for step in range(-around, around + 1)}
    for is_near, group in groupby(enumerate(blocks), lambda numbered: numbered[0] in near):
        members = [block for _, block in group]
        if is_near or len(members) == 1:
            yield from members
        else:
            yield Block(Kind.FOLDED, tuple(span for block in members for span in block.spans))
