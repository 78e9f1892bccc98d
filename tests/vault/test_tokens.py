"""A link's secret: random, stored hashed, and able to open the signer's own entry."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.vault.open import CannotOpen
from undersigned.vault.tokens import (
    TOKEN_SHAPE,
    hash_token,
    new_token,
    open_under_token,
    seal_under_token,
)

ROW = UUID("0199c2a0-0000-7000-8000-000000000001")
OTHER_ROW = UUID("0199c2a0-0000-7000-8000-000000000002")
TOKEN = "AAAAAAAAAAAAAAAAAAAAAA"
SEALED = seal_under_token(TOKEN, ROW, "link", b"Ana Example")

tokens = st.from_regex(TOKEN_SHAPE, fullmatch=True)


def test_a_token_has_128_bits_in_characters_that_survive_in_a_link() -> None:
    made = {new_token() for _ in range(200)}

    assert len(made) == 200
    assert all(TOKEN_SHAPE.fullmatch(token) for token in made)


@pytest.mark.parametrize("text", ["", "A" * 21, "A" * 23, "A" * 21 + "=", "A" * 21 + "\n"])
def test_what_is_not_a_token_is_seen_at_once(text: str) -> None:
    assert TOKEN_SHAPE.fullmatch(text) is None


@given(token=tokens)
def test_the_hash_is_not_the_token(token: str) -> None:
    hashed = hash_token(token)

    assert len(hashed) == 32
    assert token.encode() not in hashed
    assert hashed == hash_token(token)


@given(one=tokens, other=tokens)
def test_two_tokens_have_two_hashes(one: str, other: str) -> None:
    assert (hash_token(one) == hash_token(other)) == (one == other)


@given(token=tokens, row=st.uuids(), value=st.binary())
def test_the_link_opens_what_was_sealed_under_it(token: str, row: UUID, value: bytes) -> None:
    sealed = seal_under_token(token, row, "link", value)

    assert open_under_token(token, row, "link", sealed) == value


def test_what_the_server_stores_does_not_open_it() -> None:
    stored = hash_token(TOKEN)

    with pytest.raises(CannotOpen):
        open_under_token(stored.hex()[:22], ROW, "link", SEALED)


@pytest.mark.parametrize(
    ("token", "row", "purpose"),
    [
        ("B" * 22, ROW, "link"),
        (TOKEN, OTHER_ROW, "link"),
        (TOKEN, ROW, "details"),
    ],
)
def test_another_token_row_or_purpose_does_not_open_it(token: str, row: UUID, purpose: str) -> None:
    with pytest.raises(CannotOpen):
        open_under_token(token, row, purpose, SEALED)


@given(place=st.integers(0, len(SEALED) - 1), mask=st.integers(1, 255))
def test_no_altered_byte_goes_unnoticed(place: int, mask: int) -> None:
    altered = bytearray(SEALED)
    altered[place] ^= mask

    with pytest.raises(CannotOpen):
        open_under_token(TOKEN, ROW, "link", bytes(altered))


@given(length=st.integers(0, len(SEALED) - 1))
def test_no_shortened_value_opens(length: int) -> None:
    with pytest.raises(CannotOpen):
        open_under_token(TOKEN, ROW, "link", SEALED[:length])
