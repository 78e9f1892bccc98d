"""The same address can be found again within its letter, and nowhere else."""

from __future__ import annotations

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from undersigned.vault.index import keyed_index

KEY = bytes(range(32))


def test_it_is_the_documented_construction() -> None:
    expected = hmac.new(KEY, b"\x00\x06letterana@example.org", hashlib.sha256).digest()

    assert keyed_index(KEY, b"letter", "ana@example.org") == expected


def test_the_same_address_in_two_letters_has_unrelated_indexes() -> None:
    one = keyed_index(KEY, b"1" * 16, "ana@example.org")
    two = keyed_index(KEY, b"2" * 16, "ana@example.org")

    assert one != two
    assert one == keyed_index(KEY, b"1" * 16, "ana@example.org")


def test_without_the_key_guessing_an_address_does_not_help() -> None:
    stolen = keyed_index(KEY, b"1" * 16, "ana@example.org")

    guesses = [
        hashlib.sha256(b"ana@example.org").digest(),
        hashlib.sha256(b"1" * 16 + b"ana@example.org").digest(),
        keyed_index(bytes(32), b"1" * 16, "ana@example.org"),
    ]
    assert stolen not in guesses


@given(scopes=st.lists(st.binary(max_size=20), min_size=2, max_size=2), address=st.text())
def test_a_scope_cannot_be_continued_by_an_address(scopes: list[bytes], address: str) -> None:
    one, two = scopes
    assert (keyed_index(KEY, one, address) == keyed_index(KEY, two, address)) == (one == two)


def test_bytes_cannot_wander_from_scope_to_address() -> None:
    assert keyed_index(KEY, b"ab", "c") != keyed_index(KEY, b"a", "bc")
