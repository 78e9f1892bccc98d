"""A small website on loopback with a certificate of its own authority, for tests."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Answer = Callable[[str], bytes | Iterable[bytes]]


@dataclass
class Website:
    """Where it listens, and what it was asked: whole request heads."""

    port: int
    requests: list[str] = field(default_factory=list)


def http(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """An answer; `content_encoding="gzip"` makes the header `content-encoding: gzip`."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode() + body


@contextmanager
def website(domain: str, answer: Answer) -> Iterator[Website]:
    """Serve `answer(path)` over TLS until the block ends; one connection at a time."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.02)
        site = Website(listener.getsockname()[1])
        is_over = threading.Event()
        thread = threading.Thread(target=_serve, args=(listener, site, domain, answer, is_over))
        thread.start()
        try:
            yield site
        finally:
            is_over.set()
            thread.join()


def trusting_tests() -> ssl.SSLContext:
    """What a client needs: everything as in production, and the tests' authority beside."""
    context = ssl.create_default_context()
    context.load_verify_locations(cadata=_authority()[1])
    return context


def _serve(
    listener: socket.socket,
    site: Website,
    domain: str,
    answer: Answer,
    is_over: threading.Event,
) -> None:
    context = _server_context(domain)
    while not is_over.is_set():
        try:
            plain, _ = listener.accept()
        except TimeoutError:
            continue
        with plain, suppress(OSError):
            plain.settimeout(5)
            with context.wrap_socket(plain, server_side=True) as connection:
                if not (head := _head(connection)):
                    continue
                site.requests.append(head.decode())
                said = answer(head.split()[1].decode())
                for part in [said] if isinstance(said, bytes) else said:
                    if is_over.is_set():
                        break
                    connection.sendall(part)


def _head(connection: ssl.SSLSocket) -> bytes:
    """A request up to its empty line; nothing if the client went before it."""
    head = b""
    while b"\r\n\r\n" not in head:
        if not (more := connection.recv(4096)):
            return b""
        head += more
    return head


@lru_cache(maxsize=1)
def _authority() -> tuple[ec.EllipticCurvePrivateKey, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of the tests")])
    certificate = (
        _builder(name, name, key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key, certificate.public_bytes(serialization.Encoding.PEM).decode()


@lru_cache(maxsize=8)
def _server_context(domain: str) -> ssl.SSLContext:
    authority, authority_pem = _authority()
    issuer = x509.load_pem_x509_certificate(authority_pem.encode())
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _builder(x509.Name([]), issuer.subject, key)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(domain)]), critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()),
            critical=False,
        )
        .sign(authority, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        both = Path(folder) / "both.pem"
        both.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context.load_cert_chain(both)
    return context


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
