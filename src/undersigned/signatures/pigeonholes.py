"""Many values under many keys, most keys with one value: half the memory of a list for each."""

from __future__ import annotations

from collections.abc import Hashable, Sequence


class Pigeonholes[Key: Hashable, Value: Hashable]:
    """Values by key, in the order in which they were put in."""

    def __init__(self) -> None:
        self._first: dict[Key, Value] = {}
        self._more: dict[Key, list[Value]] = {}

    def put(self, key: Key, value: Value) -> None:
        """A value that stands first under the key already is passed over."""
        first = self._first.setdefault(key, value)
        if first != value:
            self._more.setdefault(key, []).append(value)

    def at(self, key: Key) -> Sequence[Value]:
        """All values under a key; none if it is not known."""
        if key not in self._first:
            return ()
        return (self._first[key], *self._more.get(key, ()))
