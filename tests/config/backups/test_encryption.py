"""Who can open a backup, and what is said to everybody else."""

from __future__ import annotations

import errno
import io
import re
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.config.backups.conftest import SECRET, Host, new_host
from tests.panicking import LOW_ORDER, panic
from undersigned.config.backups import passphrase
from undersigned.config.backups.encryption import (
    Key,
    Lock,
    lock_for,
    read_identities,
    read_recipients,
)
from undersigned.config.backups.refusals import (
    CannotOpenBackup,
    IdentityRefused,
    NotEncrypted,
    PassphraseRefused,
    RecipientRefused,
    Refused,
)

CONTENT = bytes(range(256)) * 1024


def encrypted(lock: Lock) -> bytes:
    written = io.BytesIO()
    lock.encrypt(io.BytesIO(CONTENT), written)
    return written.getvalue()


def opened(key: Key, file: bytes) -> bytes:
    written = io.BytesIO()
    key.decrypt(io.BytesIO(file), written, file[:64])
    return written.getvalue()


def refusal(kind: type[Refused], key: Key, file: bytes) -> str:
    with pytest.raises(kind) as caught:
        opened(key, file)
    return str(caught.value)


def test_each_recipient_can_open_it(host: Host) -> None:
    other = new_host()
    file = encrypted(lock_for([host.recipient, other.recipient], "is not used"))
    assert opened(host.key, file) == CONTENT
    assert opened(other.key, file) == CONTENT
    assert pyrage.decrypt(file, host.key.identities) == CONTENT


def test_an_ssh_key_will_do(tmp_path: Path) -> None:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    )
    path = tmp_path / "id_ed25519"
    path.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.OpenSSH,
            serialization.NoEncryption(),
        )
    )
    file = encrypted(lock_for([public.decode()], ""))
    assert opened(read_identities(path), file) == CONTENT


def test_a_passphrase_will_do() -> None:
    file = encrypted(lock_for([], SECRET))
    assert opened(Key(passphrase=SECRET), file) == CONTENT


def test_it_is_never_written_unencrypted() -> None:
    with pytest.raises(NotEncrypted, match="never written unencrypted"):
        lock_for([], "")


def test_a_passphrase_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(PassphraseRefused, match="at least 12 characters"):
        lock_for([], "12345678901")


@pytest.mark.parametrize(
    "line",
    ["age1nonsense", "ssh-ed25519 nonsense", "somebody@example.org", *LOW_ORDER],
)
def test_what_is_no_recipient_is_named(line: str) -> None:
    with pytest.raises(RecipientRefused) as caught:
        lock_for([line], "")
    assert str(caught.value) == (
        f"“{line}” is no recipient. It should begin with age1 or ssh-ed25519."
    )


def test_a_private_key_given_as_recipient_is_not_repeated(host: Host) -> None:
    with pytest.raises(RecipientRefused) as caught:
        lock_for([host.identity], "")
    assert "private key" in str(caught.value)
    assert host.identity not in str(caught.value)


def test_recipients_are_read_from_a_file(tmp_path: Path, host: Host) -> None:
    path = tmp_path / "recipients"
    path.write_text(f"# the office\n{host.recipient}\n\n  {host.recipient} \n")
    assert read_recipients(path) == [host.recipient] * 2
    path.write_text("# nobody\n")
    with pytest.raises(RecipientRefused, match="There is no recipient in"):
        read_recipients(path)
    with pytest.raises(RecipientRefused, match="cannot be read"):
        read_recipients(tmp_path / "missing")


def test_identities_are_read_from_a_file(tmp_path: Path, host: Host) -> None:
    path = tmp_path / "key.txt"
    path.write_text(f"# created: today\n# public key: {host.recipient}\n{host.identity}\n")
    assert opened(read_identities(path), encrypted(host.lock)) == CONTENT


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is no private key in"),
        (b"# only a comment\n", "There is no private key in"),
        (b"AGE-SECRET-KEY-1NONSENSE\n", "is not an identity file of age's"),
        (b"-----BEGIN OPENSSH PRIVATE KEY-----\nnonsense\n", "is not an identity file of age's"),
        (b"\xff\xfe", "is not an identity file of age's"),
    ],
)
def test_what_is_no_identity_is_said_and_not_repeated(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "key.txt"
    path.write_bytes(content)
    with pytest.raises(IdentityRefused, match=re.escape(sentence)) as caught:
        read_identities(path)
    assert "NONSENSE" not in str(caught.value).replace(str(path), "")


def test_a_missing_identity_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(IdentityRefused, match="No such file or directory"):
        read_identities(tmp_path / "missing")


def test_somebody_elses_backup_is_said(host: Host) -> None:
    sentence = refusal(CannotOpenBackup, new_host().key, encrypted(host.lock))
    assert sentence == (
        "This backup was encrypted to somebody else: the private key in the identity file does "
        "not open it. Nothing was changed."
    )


def test_a_library_that_gives_up_is_a_damaged_backup(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = encrypted(host.lock)
    monkeypatch.setattr(pyrage, "decrypt_io", panic)
    assert refusal(CannotOpenBackup, host.key, file) == passphrase.DAMAGED


def test_the_wrong_way_to_open_is_said(host: Host) -> None:
    with_passphrase = encrypted(lock_for([], SECRET))
    assert "opened with a passphrase" in refusal(CannotOpenBackup, host.key, with_passphrase)
    with_key = encrypted(host.lock)
    assert "--identity" in refusal(CannotOpenBackup, Key(passphrase=SECRET), with_key)


def test_what_is_no_backup_is_said(host: Host) -> None:
    assert "not a backup of Undersigned's" in refusal(CannotOpenBackup, host.key, b"PK\x03\x04")
    assert "not a backup of Undersigned's" in refusal(CannotOpenBackup, host.key, b"")


@pytest.mark.parametrize("length", [30, 150, 70_000, -1])
def test_a_file_that_was_cut_off_is_said(host: Host, length: int) -> None:
    file = encrypted(host.lock)[:length]
    assert refusal(CannotOpenBackup, host.key, file) == passphrase.DAMAGED


def test_a_changed_byte_is_said(host: Host) -> None:
    file = bytearray(encrypted(host.lock))
    file[100_000] ^= 1
    assert refusal(CannotOpenBackup, host.key, bytes(file)) == passphrase.DAMAGED


class FullDisk(io.BytesIO):
    def write(self, part: object, /) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("with_passphrase", [False, True])
def test_a_full_disk_is_what_it_is(host: Host, with_passphrase: bool) -> None:
    lock, key = (lock_for([], SECRET), Key(passphrase=SECRET)) if with_passphrase else (
        host.lock, host.key,
    )  # fmt: skip
    file = encrypted(lock)
    with pytest.raises(OSError, match="No space left") as caught:
        lock.encrypt(io.BytesIO(CONTENT), FullDisk())
    assert caught.value.errno == errno.ENOSPC
    with pytest.raises(OSError, match="No space left") as caught:
        key.decrypt(io.BytesIO(file), FullDisk(), file[:64])
    assert caught.value.errno == errno.ENOSPC


def test_what_the_source_cannot_give_is_not_hidden(host: Host) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(pyrage.EncryptError, match="Input/output error"):
        host.lock.encrypt(Broken(), io.BytesIO())
