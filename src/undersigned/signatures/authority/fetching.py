"""Fetch one small file over HTTPS from a host that a stranger named.

The host's addresses are looked up first and every one of them must be public; then the connection
goes to exactly such an address, and TLS is checked against the host's name. So a name that is
changed between looking and connecting leads nowhere. No proxies, no cookies, no compression, no
other hosts; one time limit for everything together.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from typing import cast
from urllib.parse import quote, urljoin, urlsplit

import dns.exception
import dns.resolver

from undersigned.signatures.authority.dns_proof import system_resolver
from undersigned.signatures.authority.public_addresses import is_public

MOST_BYTES = 64 * 1024
SECONDS = 5.0
_MOST_HEADERS = 32 * 1024
_MOST_REDIRECTS = 3
_MOST_ADDRESSES = 4
_HTTPS = 443
_OK = 200
_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_LEFT_AS_IT_IS = "%!$&'()*+,/:;=?@[]~"


class NotFetched(Exception):
    """The file could not be had; what stands below it says why."""


class NoAddress(NotFetched):
    """The host's name leads to no address."""


class AddressRefused(NotFetched):
    """The host's name leads to an address that is not public."""


class NoAnswer(NotFetched):
    """No connection, none in time, or one that broke off."""


class CertificateRefused(NotFetched):
    """The host did not prove its name."""


class NoSuchFile(NotFetched):
    """The host answers that there is none (404, 410)."""


class Redirected(NotFetched):
    """To another host, out of HTTPS, or too often."""


class TooLarge(NotFetched):
    """More than MOST_BYTES."""


class Unreadable(NotFetched):
    """No answer of HTTP, compressed, or another status than 200."""


@dataclass(frozen=True)
class Network:
    """How to reach hosts. The defaults are for production; only tests have reason for others."""

    resolver: dns.resolver.Resolver | None = None
    may_connect: Callable[[str], bool] = is_public
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context
    port: int = _HTTPS


@dataclass(frozen=True)
class _Deadline:
    seconds: float
    start: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Seconds that are left; raises NoAnswer if there are none."""
        left = self.start + self.seconds - time.monotonic()
        if left <= 0:
            raise NoAnswer
        return left


def fetch(host: str, path: str, network: Network, seconds: float = SECONDS) -> bytes:
    """The file at `https://host/path`, at most MOST_BYTES; raises a NotFetched.

    `host` is a clean domain. Blocks for at most `seconds`: for the worker.
    """
    deadline = _Deadline(seconds)
    addresses = _addresses(host, network, deadline)
    url = f"https://{_netloc(host, network)}{path}"
    for _ in range(_MOST_REDIRECTS + 1):
        answer = _ask(host, url, addresses, network, deadline)
        if isinstance(answer, bytes):
            return answer
        url = _follow(url, answer, host, network)
    raise Redirected


def _addresses(host: str, network: Network, deadline: _Deadline) -> list[str]:
    try:
        resolver = network.resolver or system_resolver()
        answers = resolver.resolve_name(f"{host}.", lifetime=deadline.left(), search=False)
        addresses = list(answers.addresses())
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        raise NoAddress from None
    except (dns.exception.DNSException, OSError):
        raise NoAnswer from None
    # One address inside our network is one too many: which one is used must not be luck.
    if not all(network.may_connect(address) for address in addresses):
        raise AddressRefused
    return addresses[:_MOST_ADDRESSES]


def _ask(
    host: str, url: str, addresses: list[str], network: Network, deadline: _Deadline
) -> bytes | str:
    """The file, or where it moved."""
    with _connect(host, addresses, network, deadline) as connection:
        connection.settimeout(deadline.left())
        try:
            connection.sendall(_request(host, url, network))
        except OSError:
            raise NoAnswer from None
        return _read(connection, deadline)


def _connect(
    host: str, addresses: list[str], network: Network, deadline: _Deadline
) -> ssl.SSLSocket:
    """To the first of the addresses that answers."""
    for place, address in enumerate(addresses):
        # An address that swallows packets must not take all the time from the others.
        share = deadline.left() / (len(addresses) - place)
        try:
            plain = socket.create_connection((address, network.port), timeout=share)
        except OSError:
            continue
        return _secure(plain, host, network, deadline)
    raise NoAnswer


def _secure(
    plain: socket.socket, host: str, network: Network, deadline: _Deadline
) -> ssl.SSLSocket:
    with plain:  # which gives its descriptor away if TLS comes about, and closes it if not
        plain.settimeout(deadline.left())
        try:
            return network.tls().wrap_socket(plain, server_hostname=host)
        except ssl.SSLCertVerificationError:
            raise CertificateRefused from None
        except OSError:
            raise NoAnswer from None


def _request(host: str, url: str, network: Network) -> bytes:
    parts = urlsplit(url)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    # A redirect is a stranger's text: nothing of it may end the line. Headers are read as Latin-1.
    target = quote(target.encode("latin-1"), safe=_LEFT_AS_IT_IS)
    lines = (
        f"GET {target} HTTP/1.1",
        f"Host: {_netloc(host, network)}",
        "User-Agent: undersigned",
        "Accept: application/json",
        "Accept-Encoding: identity",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


def _netloc(host: str, network: Network) -> str:
    return host if network.port == _HTTPS else f"{host}:{network.port}"


def _read(connection: ssl.SSLSocket, deadline: _Deadline) -> bytes | str:
    response = HTTPResponse(cast("socket.socket", _Readable(connection, deadline)))
    try:
        response.begin()
        if response.status in _MOVED:
            return response.getheader("Location") or ""
        if response.status in _GONE:
            raise NoSuchFile
        if response.status != _OK or _is_compressed(response):
            raise Unreadable
        body = response.read(MOST_BYTES + 1)
    except (HTTPException, ValueError):
        raise Unreadable from None
    except OSError:
        raise NoAnswer from None
    if len(body) > MOST_BYTES:
        raise TooLarge
    return body


def _is_compressed(response: HTTPResponse) -> bool:
    return (response.getheader("Content-Encoding") or "identity").strip().lower() != "identity"


def _follow(url: str, location: str, host: str, network: Network) -> str:
    """Where a redirect leads; raises Redirected unless that is the same host, by HTTPS."""
    try:
        there = urljoin(url, location)
        parts = urlsplit(there)
        port = parts.port or _HTTPS
    except ValueError:
        raise Redirected from None
    is_same = parts.hostname == host and port == network.port and "@" not in parts.netloc
    if parts.scheme != "https" or not is_same:
        raise Redirected
    return there


class _Stream(io.RawIOBase):
    """What a connection sends, in time and in bounds, however slowly it drips."""

    def __init__(self, connection: ssl.SSLSocket, deadline: _Deadline) -> None:
        self._connection = connection
        self._deadline = deadline
        self._left = MOST_BYTES * 2 + _MOST_HEADERS  # twice: room for chunks' sizes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what it is given
        self._connection.settimeout(self._deadline.left())
        count = self._connection.recv_into(buffer)
        self._left -= count
        if self._left < 0:
            raise TooLarge
        return count


class _Readable:
    """What HTTPResponse wants of a socket."""

    def __init__(self, connection: ssl.SSLSocket, deadline: _Deadline) -> None:
        self._stream = _Stream(connection, deadline)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._stream)
