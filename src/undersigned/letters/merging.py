"""Bring together what two people wrote at once, and lose nothing of either.

First by paragraphs, then by sentences within a changed paragraph, then by words within a changed
sentence. What only one of the two changed is taken over. Where both changed the same words, the
whole sentence is a `Conflict` that holds both versions: a sentence that neither of them wrote
would be worse than a question.

Three-way merging is diff3's: two differences against the common base, aligned where all three
agree (`merge3`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from merge3 import Merge3

from undersigned.letters.segments import paragraphs, spaced_sentences, spaced_words

# Above this many pieces of one kind comparing takes seconds; the text around is compared whole.
MOST_PIECES = 2000

type Version = Literal["base", "mine", "theirs"]


@dataclass(frozen=True)
class Conflict[Value]:
    """One place that both changed. None stands for what is absent: a list's item taken out."""

    base: Value
    mine: Value
    theirs: Value

    def version(self, which: Version) -> Value:
        value: Value = getattr(self, which)
        return value


@dataclass(frozen=True)
class Merged:
    """A merged text. At each conflict, in order, it has the version that was asked for."""

    text: str
    conflicts: tuple[Conflict[str], ...] = ()


def merge(base: str, mine: str, theirs: str, *, keep: Version = "base") -> Merged:
    """Merge two changes of one text, whose line ends are line feeds.

    `keep` says what stands in the text where both changed the same words: unless told otherwise
    what was there before, so that neither is taken silently.
    """
    if mine == theirs or base in (mine, theirs):
        return Merged(pick(base, mine, theirs))
    core = _merge_by(_CUTS, base.strip(), mine.strip(), theirs.strip())
    before = pick(_space_before(base), _space_before(mine), _space_before(theirs))
    after = pick(_space_after(base), _space_after(mine), _space_after(theirs))
    conflicts = tuple(part.words for part in core if isinstance(part.words, Conflict))
    return Merged(before + _join(core, keep) + after, conflicts)


def pick[Value](base: Value, mine: Value, theirs: Value) -> Value:
    """The changed one of two; mine where both changed, each in another way."""
    return theirs if mine == base else mine


class _Piece(NamedTuple):
    """A piece of one of the three texts, and the space up to the next one: None after the last."""

    core: str
    gap: str | None


@dataclass(frozen=True)
class _Part:
    """A piece of the merged text, and the space up to the next one."""

    words: str | Conflict[str]
    gap: str


def _merge_by(cuts: Sequence[_Cut], base: str, mine: str, theirs: str) -> list[_Part]:
    """Merge texts without space around them, cut first in one way and then in the others."""
    conflict = [_Part(Conflict(base, mine, theirs), "")]
    if not cuts:
        return conflict
    sides = [_pieces(cuts[0](text)) for text in (base, mine, theirs)]
    if max(map(len, sides)) > MOST_PIECES:
        return conflict
    parts: list[_Part] = []
    a = b = c = 0
    for a_from, a_to, b_from, b_to, c_from, c_to in _agreements(*sides):
        changed = (sides[0][a:a_from], sides[1][b:b_from], sides[2][c:c_from])
        agreed = (sides[0][a_from:a_to], sides[1][b_from:b_to], sides[2][c_from:c_to])
        parts += _merge_changed(cuts, *changed)
        parts += [
            _Part(piece.core, _gap(piece.gap, one.gap, other.gap))
            for piece, one, other in zip(*agreed, strict=True)
        ]
        a, b, c = a_to, b_to, c_to
    is_torn = len(cuts) == 1 and any(isinstance(part.words, Conflict) for part in parts)
    return conflict if is_torn else parts


def _merge_changed(
    cuts: Sequence[_Cut], base: list[_Piece], mine: list[_Piece], theirs: list[_Piece]
) -> list[_Part]:
    """Merge what lies between two places where all three agree."""
    was, ours, others = (_cores(side) for side in (base, mine, theirs))
    if others in (was, ours):
        return [_Part(piece.core, piece.gap or "") for piece in mine]
    if ours == was:
        return [_Part(piece.core, piece.gap or "") for piece in theirs]
    if len(cuts) > 1 and _stand_in_line(was, ours, others):
        lines = zip(base, mine, theirs, strict=True)
        return [part for one in lines for part in _merge_one(cuts, *([piece] for piece in one))]
    return _merge_one(cuts, base, mine, theirs)


def _stand_in_line(base: list[str], mine: list[str], theirs: list[str]) -> bool:
    """Whether each piece replaces the one in its place, so that neighbours can be told apart."""
    return len(base) == len(mine) == len(theirs) and not any(
        piece != before and piece in base
        for side in (mine, theirs)
        for before, piece in zip(base, side, strict=True)
    )


def _merge_one(
    cuts: Sequence[_Cut], base: list[_Piece], mine: list[_Piece], theirs: list[_Piece]
) -> list[_Part]:
    """Merge pieces by what they consist of; the last part gets the space that follows them all."""
    sides = (base, mine, theirs)
    parts = _merge_by(cuts[1:], *(_text(side) for side in sides))
    gap = _gap(*(side[-1].gap if side else None for side in sides))
    return [*parts[:-1], *(_Part(part.words, gap) for part in parts[-1:])]


def _gap(base: str | None, mine: str | None, theirs: str | None) -> str:
    """The space after pieces that correspond, where something follows them; if in doubt the widest.

    Whoever wrote on after the last piece put space there, and the others have none to compare.
    """
    if base and mine and theirs and base in (mine, theirs):
        return pick(base, mine, theirs)
    return max(base or "", mine or "", theirs or "", key=_width)


def _join(parts: Sequence[_Part], keep: Version) -> str:
    text = gap = ""
    for part in parts:
        chosen = part.words.version(keep) if isinstance(part.words, Conflict) else part.words
        if chosen:
            text += gap + chosen
            gap = part.gap
        elif text:
            gap = max(gap, part.gap, key=_width)
    return text


def _width(gap: str) -> tuple[int, int]:
    return gap.count("\n"), len(gap)


def _agreements(
    base: list[_Piece], mine: list[_Piece], theirs: list[_Piece]
) -> Sequence[tuple[int, int, int, int, int, int]]:
    """From and to in each of the three, where all agree; the last is empty, at the ends."""
    return Merge3(_cores(base), _cores(mine), _cores(theirs)).find_sync_regions()


def _pieces(segments: list[str]) -> list[_Piece]:
    cores = [segment.rstrip() for segment in segments]
    gaps: list[str | None] = [
        segment[len(core) :] for segment, core in zip(segments, cores, strict=True)
    ]
    return [_Piece(core, gap) for core, gap in zip(cores, [*gaps[:-1], None], strict=False)]


def _cores(pieces: Sequence[_Piece]) -> list[str]:
    return [piece.core for piece in pieces]


def _text(pieces: Sequence[_Piece]) -> str:
    return "".join(piece.core + (piece.gap or "") for piece in pieces).rstrip()


def _space_before(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _space_after(text: str) -> str:
    return text[len(text.rstrip()) :]


type _Cut = Callable[[str], list[str]]
_CUTS: tuple[_Cut, ...] = (paragraphs, spaced_sentences, spaced_words)
