"""Values by key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.pigeonholes import Pigeonholes


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers()), unique=True))
def test_each_key_has_its_values_in_order(pairs: list[tuple[str, int]]) -> None:
    holes: Pigeonholes[str, int] = Pigeonholes()
    for key, value in pairs:
        holes.put(key, value)

    for key in "abcd":
        assert list(holes.at(key)) == [value for other, value in pairs if other == key]


def test_the_first_value_is_kept_once() -> None:
    holes: Pigeonholes[str, int] = Pigeonholes()
    for _ in range(3):
        holes.put("a", 1)

    assert list(holes.at("a")) == [1]
