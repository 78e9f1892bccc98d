"""Mails as people's programs send them, signed by a domain whose key a test's name server has."""

from __future__ import annotations

import base64
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from functools import lru_cache

import dkim
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.utils import timezone

TO = "sign+banned@letters.example"
BODY = "Name: Ana Example\nCountry: Spain\nPublish my name: yes\n"
SIGNED = ("from", "to", "subject", "date", "message-id", "content-type")


def written(
    body: str | bytes = BODY,
    *,
    sender: str = "Ana <ana@mail.example>",
    to: str = TO,
    number: str = "<1@mail.example>",
    at: datetime | None = None,
    kind: str = "text/plain; charset=utf-8",
    subject: str = "Sign",
    more: str = "",
) -> bytes:
    """A mail, unsigned. `more`: further headers, each with its end of line."""
    head = (
        f"From: {sender}\nTo: {to}\nSubject: {Header(subject, 'utf-8').encode()}\n"
        f"Date: {format_datetime(at or timezone.now())}\nMessage-ID: {number}\n"
        f"MIME-Version: 1.0\nContent-Type: {kind}\n"
        f"Content-Transfer-Encoding: 8bit\n{more}\n"
    )
    text = body if isinstance(body, bytes) else body.encode()
    return (head.encode() + text).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def by_dkim(
    mail: bytes,
    *,
    domain: str = "mail.example",
    headers: tuple[str, ...] = SIGNED,
    identity: str = "",
    length: bool = False,
    algorithm: str = "rsa-sha256",
) -> bytes:
    """The same mail, signed with the test's key."""
    header: bytes = dkim.sign(
        mail,
        b"now",
        domain.encode(),
        private_key(),
        identity=identity.encode() or None,
        include_headers=[name.encode() for name in headers],
        length=length,
        signature_algorithm=algorithm.encode(),
        canonicalize=(b"relaxed", b"relaxed"),
    )
    return header + mail


@lru_cache(maxsize=1)
def private_key() -> bytes:
    return _key().private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


def key_record(flags: str = "") -> str:
    """What the domain publishes, for a zone."""
    der = _key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    text = f"v=DKIM1; k=rsa; {flags}p={base64.b64encode(der).decode()}"
    return " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))


def zone(domain: str = "mail.example", flags: str = "") -> dict[str, list[str]]:
    return {f"now._domainkey.{domain} TXT": [key_record(flags)]}


@lru_cache(maxsize=1)
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)
