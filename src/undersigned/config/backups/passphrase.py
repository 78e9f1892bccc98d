"""Files of age's that a passphrase opens, written and read in a stream.

pyrage does this in memory only, which a large database does not fit into. The format is
https://c2sp.org/age: a header whose one stanza wraps the file's key under scrypt, then the STREAM
construction over chunks of 64 KiB with ChaCha20-Poly1305. The tests read with pyrage what is
written here, and the other way round.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from undersigned.config.backups.refusals import CannotOpenBackup

INTRODUCTION = b"age-encryption.org/v1\n"
STANZA = b"-> scrypt "
CHUNK = 64 * 1024
TAG = 16
# log2 of scrypt's N: 256 MiB and about a second for each guess, as age itself chooses.
WORK = 18
# More than this is an attack on our memory, not a careful writer.
MOST_WORK = 22
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n"
    rb"([A-Za-z0-9+/]{43})\n---"
)
_LONGEST_LINE = 128

DOES_NOT_OPEN = "This passphrase does not open the file. Nothing was changed."
DAMAGED = "The file is damaged or incomplete. Nothing was changed; use another backup."


def encrypt(reader: BinaryIO, writer: BinaryIO, passphrase: str) -> None:
    """Write everything that `reader` gives as an age file that the passphrase opens."""
    file_key, salt = secrets.token_bytes(16), secrets.token_bytes(16)
    wrapped = ChaCha20Poly1305(_wrapping_key(passphrase, salt, WORK)).encrypt(
        bytes(12), file_key, None
    )
    header = (
        INTRODUCTION + STANZA + _encode(salt) + f" {WORK}\n".encode() + _encode(wrapped) + b"\n---"
    )
    nonce = secrets.token_bytes(16)
    writer.write(header + b" " + _encode(_authenticate(file_key, header)) + b"\n" + nonce)
    cipher = _payload_cipher(file_key, nonce)
    number, chunk = 0, _read_fully(reader, CHUNK)
    while True:
        following = _read_fully(reader, CHUNK) if len(chunk) == CHUNK else b""
        writer.write(cipher.encrypt(_nonce(number, last=not following), chunk, None))
        if not following:
            return
        number, chunk = number + 1, following


def decrypt(reader: BinaryIO, writer: BinaryIO, passphrase: str) -> None:
    """Write what an age file holds. Raises CannotOpenBackup, perhaps after part of it was written.

    What was written counts only if nothing was raised.
    """
    file_key = _read_header(reader, passphrase)
    cipher = _payload_cipher(file_key, _read_fully(reader, 16))
    number, chunk = 0, _read_fully(reader, CHUNK + TAG)
    while True:
        following = _read_fully(reader, CHUNK + TAG)
        try:
            plain = cipher.decrypt(_nonce(number, last=not following), chunk, None)
        except InvalidTag:
            raise CannotOpenBackup(DAMAGED) from None
        if not plain and number:
            raise CannotOpenBackup(DAMAGED)  # only an empty file ends with an empty chunk
        writer.write(plain)
        if not following:
            return
        number, chunk = number + 1, following


def wants_passphrase(start: bytes) -> bool:
    """Whether a file that begins like this (64 bytes or more) is opened with a passphrase."""
    return start.startswith(INTRODUCTION + STANZA)


def _read_header(reader: BinaryIO, passphrase: str) -> bytes:
    """The file's key."""
    header = b"".join(reader.readline(_LONGEST_LINE) for _ in range(3))
    last_line = reader.readline(_LONGEST_LINE)
    found = _HEADER.fullmatch(header + last_line[:3])
    if found is None or not last_line.startswith(b"--- ") or int(found[2]) > MOST_WORK:
        raise CannotOpenBackup(DAMAGED)
    salt, wrapped = _decode(found[1]), _decode(found[3])
    key = _wrapping_key(passphrase, salt, int(found[2]))
    try:
        file_key = ChaCha20Poly1305(key).decrypt(bytes(12), wrapped, None)
    except InvalidTag:
        raise CannotOpenBackup(DOES_NOT_OPEN) from None
    expected = b"--- " + _encode(_authenticate(file_key, found[0])) + b"\n"
    if not hmac.compare_digest(last_line, expected):
        raise CannotOpenBackup(DAMAGED)
    return file_key


def _wrapping_key(passphrase: str, salt: bytes, work: int) -> bytes:
    scrypt = Scrypt(salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=2**work, r=8, p=1)
    return scrypt.derive(passphrase.encode())


def _payload_cipher(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(_derive(file_key, salt=nonce, info=b"payload"))


def _authenticate(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derive(file_key, salt=b"", info=b"header"), header, "sha256")


def _derive(file_key: bytes, *, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(file_key)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _read_fully(reader: BinaryIO, size: int) -> bytes:
    """Up to `size` bytes; fewer only at the end, also from a pipe."""
    parts = []
    while size:
        part = reader.read(size)
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _encode(value: bytes) -> bytes:
    return base64.b64encode(value).rstrip(b"=")


def _decode(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4))
