"""Sealing binds a value to its row, its column and its letter's key."""

from __future__ import annotations

from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from undersigned.vault import seal
from undersigned.vault.open import CannotOpen, Opener
from undersigned.vault.seal import NONCE, VERSION, WRAPPED, Sealer, SealingKeyMissing

KEY = X25519PrivateKey.generate()
PUBLIC = KEY.public_key().public_bytes_raw()
ROW = UUID("0199c2a0-0000-7000-8000-000000000001")
OTHER_ROW = UUID("0199c2a0-0000-7000-8000-000000000002")


@given(row=st.uuids(), purpose=st.sampled_from(["address", "details", "mail"]), value=st.binary())
def test_what_was_sealed_opens_again(row: UUID, purpose: str, value: bytes) -> None:
    assert Opener(KEY).open(row, purpose, Sealer(PUBLIC).seal(row, purpose, value)) == value


def test_a_sealed_value_has_the_documented_length() -> None:
    sealed = Sealer(PUBLIC).seal(ROW, "address", b"ana@example.org")

    assert sealed[:1] == VERSION
    assert len(sealed) == 1 + WRAPPED + NONCE + len(b"ana@example.org") + 16


def test_the_value_is_not_in_what_is_stored() -> None:
    assert b"ana@example.org" not in Sealer(PUBLIC).seal(ROW, "address", b"ana@example.org")


def test_the_same_value_is_never_sealed_alike() -> None:
    sealer = Sealer(PUBLIC)

    assert sealer.seal(ROW, "address", b"ana") != sealer.seal(ROW, "address", b"ana")


def test_a_value_moved_to_another_row_does_not_open() -> None:
    sealed = Sealer(PUBLIC).seal(ROW, "address", b"ana@example.org")

    with pytest.raises(CannotOpen):
        Opener(KEY).open(OTHER_ROW, "address", sealed)


def test_a_value_moved_to_another_column_does_not_open() -> None:
    sealed = Sealer(PUBLIC).seal(ROW, "address", b"ana@example.org")

    with pytest.raises(CannotOpen):
        Opener(KEY).open(ROW, "details", sealed)


def test_another_letters_key_does_not_open_it() -> None:
    sealed = Sealer(PUBLIC).seal(ROW, "address", b"ana@example.org")

    with pytest.raises(CannotOpen):
        Opener(X25519PrivateKey.generate()).open(ROW, "address", sealed)


SEALED = Sealer(PUBLIC).seal(ROW, "address", b"ana@example.org")


@given(place=st.integers(0, len(SEALED) - 1), mask=st.integers(1, 255))
def test_no_altered_byte_goes_unnoticed(place: int, mask: int) -> None:
    altered = bytearray(SEALED)
    altered[place] ^= mask

    with pytest.raises(CannotOpen):
        Opener(KEY).open(ROW, "address", bytes(altered))


@given(length=st.integers(0, len(SEALED) - 1))
def test_no_shortened_value_opens(length: int) -> None:
    with pytest.raises(CannotOpen):
        Opener(KEY).open(ROW, "address", SEALED[:length])


@given(noise=st.binary(max_size=300))
def test_noise_does_not_open(noise: bytes) -> None:
    with pytest.raises(CannotOpen):
        Opener(KEY).open(ROW, "address", noise)


def test_a_refusal_says_nothing_about_the_value() -> None:
    sealed = Sealer(PUBLIC).seal(ROW, "address", b"ana@example.org")

    with pytest.raises(CannotOpen) as refusal:
        Opener(KEY).open(ROW, "details", sealed)

    assert refusal.value.args == ()
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__ is True


@pytest.mark.parametrize("public_key", [None, b"", b"short", bytes(33)])
def test_without_a_usable_key_nothing_is_sealed(public_key: bytes | None) -> None:
    with pytest.raises(SealingKeyMissing):
        Sealer(public_key)


def test_the_data_key_changes_after_some_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(seal.time, "monotonic", lambda: clock[0])
    sealer = Sealer(PUBLIC)

    def data_key() -> bytes:
        return sealer.seal(ROW, "address", b"x")[: 1 + WRAPPED]

    first = data_key()
    clock[0] += seal.DATA_KEY_SECONDS - 1
    still = data_key()
    clock[0] += 1
    changed = data_key()

    assert still == first
    assert changed != first
