"""Public keys of those who are handed files: read, named on the telephone, encrypted to."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Callable, Iterator

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.panicking import LOW_ORDER, ZERO, panic
from undersigned.vault.panics import Panicked
from undersigned.vault.recipients import (
    KeyIsForSsh,
    KeyIsPrivate,
    RecipientRefused,
    encrypt_to,
    fingerprint,
    read_recipient,
)

IDENTITY = pyrage.x25519.Identity.generate()
RECIPIENT = str(IDENTITY.to_public())


def test_a_key_is_read_with_blanks_around_it() -> None:
    assert read_recipient(f" \n{RECIPIENT}\t") == RECIPIENT


@pytest.mark.parametrize(
    "shown",
    [str(IDENTITY), f" {IDENTITY}".lower(), "-----BEGIN OPENSSH PRIVATE KEY-----"],
    ids=["age", "age in small letters", "ssh"],
)
def test_a_private_key_is_known_as_one(shown: str) -> None:
    with pytest.raises(KeyIsPrivate) as refused:
        read_recipient(shown)
    assert str(refused.value) == ""


@pytest.mark.parametrize(
    "typed", ["ssh-ed25519 AAAAC3Nza ana@example.org", "ecdsa-sha2-nistp256 A"]
)
def test_a_key_of_ssh_is_refused(typed: str) -> None:
    with pytest.raises(KeyIsForSsh):
        read_recipient(typed)


@pytest.mark.parametrize(
    "typed", ["", "age1", RECIPIENT[:-1], f"{RECIPIENT} {RECIPIENT}", "é"], ids=range(5)
)
def test_what_is_no_key_is_refused(typed: str) -> None:
    with pytest.raises(RecipientRefused):
        read_recipient(typed)


@pytest.mark.parametrize("typed", LOW_ORDER, ids=["zero", "one", "p"])
def test_a_key_that_breaks_the_library_is_refused(typed: str) -> None:
    with pytest.raises(RecipientRefused) as refused:
        read_recipient(typed)
    assert (str(refused.value), refused.value.__cause__) == ("", None)


@given(st.text())
def test_whatever_is_typed_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(RecipientRefused) as refused:
        read_recipient(typed)
    assert str(refused.value) == ""


def test_a_fingerprint_is_what_sha256sum_says_in_groups() -> None:
    shown = fingerprint(RECIPIENT)
    assert [len(group) for group in shown.split(" ")] == [4] * 8
    whole = hashlib.sha256(RECIPIENT.encode()).hexdigest()
    assert whole.startswith(shown.replace(" ", ""))


def pieces(*parts: bytes) -> Iterator[bytes]:
    yield from parts


def test_only_the_recipient_opens_the_file() -> None:
    file = io.BytesIO()
    encrypt_to(RECIPIENT, pieces(b"one ", b"", b"two" * 50_000), file)
    assert b"two" not in file.getvalue()
    assert pyrage.decrypt(file.getvalue(), [IDENTITY]) == b"one " + b"two" * 50_000
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(file.getvalue(), [pyrage.x25519.Identity.generate()])


def test_the_error_of_a_piece_comes_out_as_it_is() -> None:
    def broken() -> Iterator[bytes]:
        yield b"one"
        raise KeyError

    with pytest.raises(KeyError):
        encrypt_to(RECIPIENT, broken(), io.BytesIO())


class FullDisk(io.BytesIO):
    def write(self, part: object, /) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_reported_as_one() -> None:
    with pytest.raises(OSError, match="No space left"):
        encrypt_to(RECIPIENT, pieces(b"one"), FullDisk())


@pytest.mark.parametrize("key", ["age1broken", ZERO])
def test_a_key_that_broke_meanwhile_writes_nothing(key: str) -> None:
    file, asked = io.BytesIO(), pieces(b"one")
    with pytest.raises(RecipientRefused):
        encrypt_to(key, asked, file)
    assert (file.getvalue(), next(asked)) == (b"", b"one")


def test_a_library_that_gives_up_under_way_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyrage, "encrypt_io", panic)
    with pytest.raises(Panicked):
        encrypt_to(RECIPIENT, pieces(b"one"), io.BytesIO())


@pytest.mark.parametrize(
    ("stop", "raised"), [(panic, Panicked), (sys.exit, SystemExit)], ids=["panic", "exit"]
)
def test_what_ends_the_pieces_never_ends_the_file_quietly(
    stop: Callable[[], object], raised: type[BaseException]
) -> None:
    def broken() -> Iterator[bytes]:
        yield b"one"
        stop()

    with pytest.raises(raised):
        encrypt_to(RECIPIENT, broken(), io.BytesIO())


def test_a_fault_of_the_library_itself_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise pyrage.EncryptError("no")

    monkeypatch.setattr(pyrage, "encrypt_io", refuse)
    with pytest.raises(pyrage.EncryptError):
        encrypt_to(RECIPIENT, pieces(b"one"), io.BytesIO())
