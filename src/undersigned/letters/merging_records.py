"""Bring together what two people changed in a whole form at once: texts, lists, choices.

Texts are merged by their words (`letters.merging`). In a list, items that either of the two added
are all kept; an item that one took out goes, unless the other changed it, which is a conflict.
Anything else (a number, a day, a choice) is taken from whoever changed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

from undersigned.letters.merging import Conflict, Version, merge

type Conflicts = list[Conflict[Any]]


@dataclass(frozen=True)
class MergedRecord:
    """Merged values by field, and what both changed in each. Fields without conflicts are absent.

    The conflict of a text inside a list's item stands under the list's field.
    """

    values: dict[str, Any]
    conflicts: dict[str, tuple[Conflict[Any], ...]] = field(default_factory=dict)


def merge_records(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    *,
    keep: Version = "base",
) -> MergedRecord:
    """Merge two changes of one set of fields; `keep` as in `letters.merging.merge`."""
    values: dict[str, Any] = {}
    conflicts: dict[str, tuple[Conflict[Any], ...]] = {}
    for name in dict.fromkeys(chain(base, mine, theirs)):
        found: Conflicts = []
        versions = (side.get(name, _ABSENT) for side in (base, mine, theirs))
        value = _merge_values(keep, found, *versions)
        if value is not _ABSENT:
            values[name] = value
        if found:
            conflicts[name] = tuple(found)
    return MergedRecord(values, conflicts)


# What a record without the field, or a list without the item, has there.
_ABSENT = object()


def _merge_values(keep: Version, found: Conflicts, base: Any, mine: Any, theirs: Any) -> Any:
    """One value out of three. Conflicts are added to `found`."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if isinstance(mine, str) and isinstance(theirs, str):
        merged = merge(base if isinstance(base, str) else "", mine, theirs, keep=keep)
        found += merged.conflicts
        return merged.text
    if _are_lists(mine, theirs):
        return [*_merge_lists(base if _are_lists(base) else [], mine, theirs, keep, found)]
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        record = merge_records(base if isinstance(base, Mapping) else {}, mine, theirs, keep=keep)
        found += chain.from_iterable(record.conflicts.values())
        return record.values
    found.append(Conflict(*(None if value is _ABSENT else value for value in (base, mine, theirs))))
    return {"base": base, "mine": mine, "theirs": theirs}[keep]


def _are_lists(*values: Any) -> bool:
    return all(isinstance(value, list | tuple) for value in values)


def _merge_lists(
    base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any], keep: Version, found: Conflicts
) -> Iterator[Any]:
    """The items in the order of whoever changed it (mine if both), each where its writer put it."""
    numbers = count(len(base))
    in_mine, in_theirs = _places(base, mine, numbers), _places(base, theirs, numbers)
    in_theirs = _share_additions(base, mine, in_mine, theirs, in_theirs)
    kept_by_me = [place for place in in_mine if place < len(base)]
    order = (in_theirs, in_mine) if kept_by_me == sorted(kept_by_me) else (in_mine, in_theirs)
    sides = [
        dict(enumerate(base)),
        dict(zip(in_mine, mine, strict=True)),
        dict(zip(in_theirs, theirs, strict=True)),
    ]
    for place in _weave(*order):
        value = _merge_values(keep, found, *(side.get(place, _ABSENT) for side in sides))
        if value is not _ABSENT:
            yield value


def _places(base: Sequence[Any], side: Sequence[Any], numbers: Iterator[int]) -> list[int]:
    """For each item of a side its place in the base, or a number of its own if it is new."""
    left = dict(enumerate(base))
    places: dict[int, int] = {}
    for is_same in (_equal, _akin):
        for at, item in enumerate(side):
            found = (place for place, before in left.items() if is_same(before, item))
            if at not in places and (place := next(found, None)) is not None:
                places[at] = place
                del left[place]
    rewritten = [at for at in range(len(side)) if at not in places]
    if len(rewritten) == len(left) and all(isinstance(side[at], Mapping) for at in rewritten):
        places.update(zip(rewritten, left, strict=True))
    return [places[at] if at in places else next(numbers) for at in range(len(side))]


def _equal(before: Any, item: Any) -> bool:
    return bool(before == item)


def _akin(before: Any, item: Any) -> bool:
    """Whether two records of a list are versions of one: they have a text in common."""
    return (
        isinstance(before, Mapping)
        and isinstance(item, Mapping)
        and any(
            value and isinstance(value, str) and before.get(name) == value
            for name, value in item.items()
        )
    )


def _share_additions(
    base: Sequence[Any],
    mine: Sequence[Any],
    in_mine: list[int],
    theirs: Sequence[Any],
    in_theirs: list[int],
) -> list[int]:
    """Their places, where what both added alike has the same one as mine."""
    added = {place: item for place, item in zip(in_mine, mine, strict=True) if place >= len(base)}
    places = []
    for place, item in zip(in_theirs, theirs, strict=True):
        alike = (mine for mine, other in added.items() if place >= len(base) and other == item)
        shared = next(alike, place)
        added.pop(shared, None)
        places.append(shared)
    return places


def _weave(first: Sequence[int], second: Sequence[int]) -> list[int]:
    """All of the first in its order; what only the second has stands after its neighbour there."""
    woven = [*first]
    at = 0
    for place in second:
        if place not in woven:
            woven.insert(at, place)
        at = woven.index(place) + 1
    return woven
