"""No test talks to another machine."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest


class NetworkRefused(BaseException):
    """A test tried to leave this machine.

    Not an Exception: the code under test handles network errors, and would hide it.
    """


def stay_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections, datagrams and name look-ups that would leave the loopback device."""
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _guard_socket(getattr(socket.socket, name)))
    monkeypatch.setattr(socket.socket, "sendto", _guard_datagram(socket.socket.sendto))
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        monkeypatch.setattr(socket, name, _guard_lookup(getattr(socket, name)))


def is_here(host: object) -> bool:
    """Whether a host as given to the socket module is this machine (or any of its devices)."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _guard_socket(original: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        _check(self, address)
        return original(self, address)

    return guarded


def _guard_datagram(original: Any) -> Any:
    def guarded(self: socket.socket, data: Any, *rest: Any) -> Any:
        _check(self, rest[-1])
        return original(self, data, *rest)

    return guarded


def _guard_lookup(original: Any) -> Any:
    def guarded(host: Any, *rest: Any, **options: Any) -> Any:
        if not is_here(host):
            raise NetworkRefused(f"A test looked up the host {host!r}; tests stay on this machine.")
        return original(host, *rest, **options)

    return guarded


def _check(sock: socket.socket, address: Any) -> None:
    if sock.family in {socket.AF_INET, socket.AF_INET6} and not is_here(address[0]):
        raise NetworkRefused(f"A test opened a connection to {address[0]!r}; use 127.0.0.1.")
