"""Encrypt to public keys of age's or under a passphrase, and open again, in a stream."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyrage  # type: ignore[import-untyped,unused-ignore]

from undersigned.config.backups import passphrase
from undersigned.config.backups.refusals import (
    CannotOpenBackup,
    IdentityRefused,
    NotEncrypted,
    PassphraseRefused,
    RecipientRefused,
)
from undersigned.vault.panics import Panicked, panics_as_faults

SHORTEST_PASSPHRASE = 12
LARGEST_KEY_FILE = 1024 * 1024
_NO_RECIPIENT = (
    "A backup is never written unencrypted. Name who can open it with --recipient age1…, "
    "or set UNDERSIGNED_BACKUP_PASSPHRASE_FILE."
)


@dataclass(frozen=True)
class Lock:
    """Who can open a backup: `recipients` are pyrage's, or there is a passphrase."""

    recipients: tuple[Any, ...] = ()
    passphrase: str = ""

    def encrypt(self, reader: BinaryIO, writer: BinaryIO) -> None:
        """Encrypt everything that `reader` gives."""
        if not self.recipients:
            passphrase.encrypt(reader, writer, self.passphrase)
            return
        into = _Noticing(writer)
        try:
            pyrage.encrypt_io(reader, into, self.recipients)
        except pyrage.EncryptError as error:
            raise into.fault or error from None


@dataclass(frozen=True)
class Key:
    """What opens a backup: `identities` are pyrage's, or there is a passphrase."""

    identities: tuple[Any, ...] = ()
    passphrase: str = ""

    def decrypt(self, reader: BinaryIO, writer: BinaryIO, start: bytes) -> None:
        """Open a file of age's that begins with `start`. Raises CannotOpenBackup.

        What was written to `writer` counts only if nothing was raised.
        """
        if not start.startswith(passphrase.INTRODUCTION):
            raise CannotOpenBackup(
                "This is not a backup of Undersigned's, or its beginning is damaged. "
                "Nothing was changed."
            )
        if passphrase.wants_passphrase(start):
            if not self.passphrase:
                raise CannotOpenBackup(
                    "This backup is opened with a passphrase: leave --identity out, and set "
                    "UNDERSIGNED_BACKUP_PASSPHRASE_FILE or type it at a terminal."
                )
            passphrase.decrypt(reader, writer, self.passphrase)
            return
        if not self.identities:
            raise CannotOpenBackup(
                "This backup is opened with a private key: name the file with --identity."
            )
        into = _Noticing(writer)
        try:
            with panics_as_faults():
                pyrage.decrypt_io(reader, into, self.identities)
        except (pyrage.DecryptError, OSError, Panicked) as error:
            raise into.fault or CannotOpenBackup(_explain(error)) from None


class _Noticing:
    """A file to write to that keeps its error: pyrage reports another one in its place."""

    def __init__(self, writer: BinaryIO) -> None:
        self._writer = writer
        self.fault: OSError | None = None

    def write(self, part: bytes) -> int:
        try:
            return self._writer.write(part)
        except OSError as fault:
            self.fault = fault
            raise

    def flush(self) -> None:
        """Whoever opened the file flushes it."""


def lock_for(recipients: Sequence[str], secret: str) -> Lock:
    """Encrypt to `recipients` (`age1…`, `ssh-ed25519 …`), or else under a passphrase.

    Raises RecipientRefused, PassphraseRefused, NotEncrypted.
    """
    if recipients:
        return Lock(recipients=tuple(map(_read_recipient, recipients)))
    if not secret:
        raise NotEncrypted(_NO_RECIPIENT)
    if len(secret) < SHORTEST_PASSPHRASE:
        raise PassphraseRefused(
            f"A passphrase for backups needs at least {SHORTEST_PASSPHRASE} characters: "
            "whoever finds the file can try as many as they like."
        )
    return Lock(passphrase=secret)


def read_recipients(path: Path) -> list[str]:
    """The recipients in a file, one a line; `#` begins a comment. Raises RecipientRefused."""
    try:
        lines = _lines(path)
    except (OSError, UnicodeDecodeError):
        raise RecipientRefused(f"The file {path} with recipients cannot be read.") from None
    if not lines:
        raise RecipientRefused(f"There is no recipient in {path}.")
    return lines


def read_identities(path: Path) -> Key:
    """The private keys in a file of `age-keygen` or `ssh-keygen`. Raises IdentityRefused."""
    try:
        content = path.read_bytes()[:LARGEST_KEY_FILE]
    except OSError as error:
        raise IdentityRefused(
            f"The identity file {path} cannot be read ({error.strerror})."
        ) from None
    try:
        if content.startswith(b"-----BEGIN"):
            return Key(identities=(pyrage.ssh.Identity.from_buffer(content),))
        lines = _lines(path)
        if not lines:
            raise IdentityRefused(f"There is no private key in {path}.")
        return Key(identities=tuple(map(pyrage.x25519.Identity.from_str, lines)))
    except (pyrage.IdentityError, UnicodeDecodeError):
        # Without a cause: it may repeat the key.
        raise IdentityRefused(
            f"{path} is not an identity file of age's: it should have lines that begin with "
            "AGE-SECRET-KEY-1, or be a private key of SSH's without a passphrase."
        ) from None


def _read_recipient(line: str) -> Any:
    kind = pyrage.ssh if line.startswith("ssh-") else pyrage.x25519
    try:
        with panics_as_faults():
            recipient = kind.Recipient.from_str(line)
            pyrage.encrypt(b"", [recipient])  # a point of low order breaks here
    except (pyrage.RecipientError, Panicked):
        advice = "It should begin with age1 or ssh-ed25519."
        if line.upper().startswith("AGE-SECRET-KEY"):
            # Not repeated: it would stand in the terminal's history once more.
            raise RecipientRefused(f"This is a private key, not a recipient. {advice}") from None
        raise RecipientRefused(f"“{line[:80]}” is no recipient. {advice}") from None
    return recipient


def _lines(path: Path) -> list[str]:
    return list(_without_comments(path.read_text(encoding="utf-8").splitlines()))


def _without_comments(lines: Iterable[str]) -> Iterable[str]:
    stripped = (line.strip() for line in lines)
    return (line for line in stripped if line and not line.startswith("#"))


def _explain(error: Exception) -> str:
    if "No matching keys" in str(error):
        return (
            "This backup was encrypted to somebody else: the private key in the identity file "
            "does not open it. Nothing was changed."
        )
    return passphrase.DAMAGED
