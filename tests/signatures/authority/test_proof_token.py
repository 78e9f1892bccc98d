"""A token is good for one signature under one letter at one domain."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.authority.proof_token import is_token, proof_token

KEY = b"k" * 32
LETTER = uuid.UUID(int=1)
SIGNATURE = uuid.UUID(int=2)
TOKEN = proof_token(KEY, LETTER, SIGNATURE, "example.org")


def test_it_is_short_enough_to_copy_and_always_the_same() -> None:
    assert len(TOKEN) == 32
    assert TOKEN.lower() == TOKEN
    assert proof_token(KEY, LETTER, SIGNATURE, "example.org") == TOKEN


def test_anything_else_has_another_token() -> None:
    others = {
        proof_token(b"other key", LETTER, SIGNATURE, "example.org"),
        proof_token(KEY, SIGNATURE, LETTER, "example.org"),
        proof_token(KEY, LETTER, LETTER, "example.org"),
        proof_token(KEY, LETTER, SIGNATURE, "example.com"),
        TOKEN,
    }

    assert len(others) == 5


@pytest.mark.parametrize("found", [TOKEN, TOKEN.upper(), f"  {TOKEN}\n"])
def test_it_is_recognised_as_people_copy_it(found: str) -> None:
    assert is_token(found, TOKEN)


@given(st.text(max_size=50))
def test_nothing_else_is_recognised(found: str) -> None:
    assert not is_token(found, TOKEN)
