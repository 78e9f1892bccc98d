"""What changed between two versions of one paragraph, by words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from undersigned.letters.segments import is_word, words

# Above this many words on a side the comparison takes seconds: the paragraph is shown whole.
MOST_WORDS = 3000


@dataclass(frozen=True)
class Run:
    """Text that both have (`old == new`), or what took the place of what."""

    old: str
    new: str

    @property
    def is_kept(self) -> bool:
        return self.old == self.new


@dataclass(frozen=True)
class Comparison:
    """Runs in order, and how many words went and came. Joined, each side is its paragraph."""

    runs: tuple[Run, ...]
    removed: int
    added: int


def compare_words(old: str, new: str) -> Comparison:
    """Compare two versions of a paragraph.

    Short words that happened to stay amid much that changed count as changed in the runs, which
    would be confetti otherwise; the numbers are exact.
    """
    before, after = words(old), words(new)
    removed = added = 0
    runs: list[Run] = []
    for one, other in steps(before, after, MOST_WORDS):
        if one != other:
            removed += sum(map(is_word, one))
            added += sum(map(is_word, other))
        _append(runs, Run("".join(one), "".join(other)))
    return Comparison(tuple(runs), removed, added)


def compare_whole(old: str, new: str) -> Comparison:
    """All of a paragraph in place of all of another; its words are those between spaces."""
    return Comparison((Run(old, new),), len(old.split()), len(new.split()))


def steps(
    old: Sequence[str], new: Sequence[str], most: int
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Stretches of two sequences in order: equal ones, and what took the place of what.

    What both begin and end with is set aside first; if `most` pieces of one or the other are left
    then, they are one stretch.
    """
    shortest = min(len(old), len(new))
    first = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    shortest -= first
    last = next((at for at in range(shortest) if old[-1 - at] != new[-1 - at]), shortest)
    yield old[:first], new[:first]
    before, after = old[first : len(old) - last], new[first : len(new) - last]
    if max(len(before), len(after)) > most:
        yield before, after
    else:
        matcher = SequenceMatcher(str.isspace, before, after)
        for _, a, b, c, d in matcher.get_opcodes():
            yield before[a:b], after[c:d]
    yield old[len(old) - last :], new[len(new) - last :]


def _append(runs: list[Run], run: Run) -> None:
    """Add a run. What was kept between two changes, too slight to tell them apart, joins them."""
    if not run.old and not run.new:
        return
    if not run.is_kept and len(runs) > 1 and _is_slight(runs[-2], runs[-1], run):
        kept, change = runs.pop(), runs.pop()
        run = Run(change.old + kept.old + run.old, change.new + kept.new + run.new)
        _append(runs, run)
        return
    runs.append(run)


def _is_slight(before: Run, kept: Run, after: Run) -> bool:
    """No word at all, or shorter than what changed on either side of it."""
    length = len(kept.old)
    return kept.is_kept and (
        not is_word(kept.old)
        or all(length < max(len(change.old), len(change.new)) for change in (before, after))
    )
