"""Files of age's under a passphrase: the same as other programs write and read."""

from __future__ import annotations

import io
import re

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.config.backups.conftest import SECRET
from undersigned.config.backups import passphrase
from undersigned.config.backups.passphrase import CHUNK, DAMAGED, DOES_NOT_OPEN, decrypt, encrypt
from undersigned.config.backups.refusals import CannotOpenBackup

LENGTHS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7]


def encrypted(content: bytes, secret: str = SECRET) -> bytes:
    written = io.BytesIO()
    encrypt(io.BytesIO(content), written, secret)
    return written.getvalue()


def decrypted(content: bytes, secret: str = SECRET) -> bytes:
    written = io.BytesIO()
    decrypt(io.BytesIO(content), written, secret)
    return written.getvalue()


def content_of(length: int) -> bytes:
    return bytes(range(256)) * (length // 256) + bytes(length % 256)


@pytest.mark.parametrize("length", LENGTHS)
def test_another_program_reads_what_we_write(length: int) -> None:
    content = content_of(length)
    assert pyrage.passphrase.decrypt(encrypted(content), SECRET) == content


@pytest.mark.long  # it makes each guess cost a second or more
@pytest.mark.parametrize("length", [0, 2 * CHUNK])
def test_we_read_what_another_program_writes(length: int) -> None:
    content = content_of(length)
    assert decrypted(pyrage.passphrase.encrypt(content, SECRET)) == content


@given(length=st.integers(0, 2 * CHUNK + 1))
def test_what_was_written_is_read(length: int) -> None:
    assert decrypted(encrypted(content_of(length))) == content_of(length)


def test_a_pipe_that_gives_little_at_a_time_is_no_end() -> None:
    class Trickle(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(1000, size or 0))

    content = content_of(CHUNK + 5)
    written = io.BytesIO()
    encrypt(Trickle(content), written, SECRET)
    assert pyrage.passphrase.decrypt(written.getvalue(), SECRET) == content


def test_a_wrong_passphrase_is_said() -> None:
    with pytest.raises(CannotOpenBackup, match=re.escape(DOES_NOT_OPEN)):
        decrypted(encrypted(b"secret"), "another one")


def cheap_file() -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrase, "WORK", 4)
        return encrypted(content_of(CHUNK + 100))


FILE = cheap_file()
HEADER = FILE.index(b"---") + 4 + 43 + 1


@given(st.data())
def test_no_changed_byte_goes_unnoticed(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(FILE) - 1))
    if FILE[:place].count(b"\n") == 1 and FILE[place : place + 2] in {b"4\n", b" 4"}:
        return  # the cost of guessing: another number only takes longer
    changed = FILE[:place] + bytes([FILE[place] ^ 1]) + FILE[place + 1 :]
    with pytest.raises(CannotOpenBackup):
        decrypted(changed)


@given(st.integers(0, len(FILE) - 1))
def test_no_missing_end_goes_unnoticed(length: int) -> None:
    with pytest.raises(CannotOpenBackup):
        decrypted(FILE[:length])


def test_nothing_may_follow() -> None:
    with pytest.raises(CannotOpenBackup, match=re.escape(DAMAGED)):
        decrypted(FILE + b"more")


def test_a_last_chunk_without_content_is_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The format forbids it: else a file could be made longer."""
    file_key, nonce = bytes(16), bytes(16)
    cipher = passphrase._payload_cipher(file_key, nonce)
    body = cipher.encrypt(passphrase._nonce(0, last=False), bytes(CHUNK), None)
    body += cipher.encrypt(passphrase._nonce(1, last=True), b"", None)
    monkeypatch.setattr(passphrase, "_read_header", lambda reader, secret: file_key)
    with pytest.raises(CannotOpenBackup, match=re.escape(DAMAGED)):
        decrypted(nonce + body)


def test_the_header_cannot_be_exchanged() -> None:
    """Its seal is under the file's key."""
    line = FILE[FILE.index(b"---") : HEADER]
    other = line[:4] + (b"A" if line[4:5] != b"A" else b"B") + line[5:]
    with pytest.raises(CannotOpenBackup, match=re.escape(DAMAGED)):
        decrypted(FILE.replace(line, other))


def test_it_asks_for_no_more_memory_than_a_careful_writer() -> None:
    with pytest.raises(CannotOpenBackup, match=re.escape(DAMAGED)):
        decrypted(FILE.replace(b" 4\n", b" 30\n"))


def test_it_is_known_by_its_beginning() -> None:
    assert passphrase.wants_passphrase(FILE[:64])
    identity = pyrage.x25519.Identity.generate()
    assert not passphrase.wants_passphrase(pyrage.encrypt(b"", [identity.to_public()])[:64])
