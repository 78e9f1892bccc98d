"""What was translated before, in this letter and in the public ones of the same team."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from undersigned.letters.models import PUBLIC_STATES, Letter, Wording, WordingOrigin
from undersigned.letters.translating.blocks import Block
from undersigned.letters.translating.matching import NEAR, near_matches

# The newest so many are looked through for each block of a page.
MOST_REMEMBERED = 1000
# Two texts of which one is longer than so many times the other are never as alike as NEAR.
_LONGER = 200 / NEAR - 1


@dataclass(frozen=True)
class Remembered:
    """Words that somebody found. `wording`: the id of the row; `likeness`: in per cent."""

    wording: int
    source: str
    text: str
    likeness: int

    @property
    def is_exact(self) -> bool:
        return self.likeness == 100


class Memory:
    """What may be offered to whoever translates one letter into one language.

    Of other letters only what was let through of public ones: whoever translates one letter may
    not be told of another before its time.
    """

    def __init__(self, letter: Letter, language: str) -> None:
        rows = (
            known_to(letter, language)
            .exclude(letter=letter, origin=WordingOrigin.MACHINE)
            .order_by("-at", "-pk")
            .values_list("pk", "source", "text", "approved", "letter")[:MOST_REMEMBERED]
        )
        found: dict[str, tuple[str, int]] = {}
        for pk, source, text, approved, of in rows:
            found.setdefault(source, (text if of == letter.pk else approved, pk))
        self._found = found
        self._sources = sorted(found, key=len)

    def near(self, block: Block, *, besides: Iterable[int] = ()) -> list[Remembered]:
        """What is close to a block, the closest first; `besides`: ids of what is there already."""
        known = frozenset(besides)
        length = len(block.text)
        first = bisect_left(self._sources, length / _LONGER, key=len)
        end = bisect_right(self._sources, length * _LONGER, key=len)
        candidates = [
            (source, self._found[source][0])
            for source in self._sources[first:end]
            if self._found[source][1] not in known
        ]
        return [
            Remembered(self._found[one.source][1], one.source, one.text, one.likeness)
            for one in near_matches(block, candidates)
        ]


def remembered_text(letter: Letter, language: str, wording: int) -> str | None:
    """The words of one row, if they may be seen there."""
    row = known_to(letter, language).filter(pk=wording).first()
    if row is None:
        return None
    return row.text if row.letter_id == letter.pk else row.approved


def known_to(letter: Letter, language: str) -> QuerySet[Wording]:
    """Words in a language that a translator of a letter may see."""
    own = Q(letter=letter) & ~Q(text="")
    if letter.team_id is None:
        return Wording.objects.filter(own, language=language)
    others = Q(letter__team=letter.team_id, letter__state__in=PUBLIC_STATES) & ~Q(approved="")
    return Wording.objects.filter(own | (others & ~Q(letter=letter)), language=language)
