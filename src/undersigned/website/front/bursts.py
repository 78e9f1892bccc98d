"""Notice when many sign one letter from the same network within minutes; remember nobody.

Networks (IPv4 /24, IPv6 /48) are known only as an HMAC under a key that is made in memory and
thrown away after a day, and only for as long as a burst lasts. Nothing of it is stored or logged
but the word `burst` with the signatures that came in it. Nobody is refused: offices and
conferences share networks.

Each web process counts for itself.
"""

from __future__ import annotations

import hmac
import os
import threading
import time
import uuid
from collections import deque
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings

from undersigned.website.front.messages import Scope

BURST = "burst"
MOST = 10
WITHIN_SECONDS = 600.0
KEY_SECONDS = 24 * 3600.0
# Beyond that, what is older is dropped first: some 60 MB.
NETWORKS_KEPT = 100_000


class Bursts:
    """Counters of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begin(time.monotonic())

    def note(self, letter: uuid.UUID, address: str, now: float | None = None) -> str:
        """Count a signature; `burst` if it is more than the MOST-th from its network, or empty.

        `address`: of the client, or empty if it is not known. `now`: monotonic seconds.
        """
        network = network_of(address)
        if network is None:
            return ""
        at = time.monotonic() if now is None else now
        with self._lock:
            if at - self._made_at >= KEY_SECONDS:
                self._begin(at)
            mark = hmac.digest(self._key, letter.bytes + network, "sha256")[:16]
            # Taken out and put back: the order of the dictionary is that of the latest count.
            times = self._times.pop(mark, None) or deque(maxlen=MOST + 1)
            times.append(at)
            self._times[mark] = times
            if len(self._times) > NETWORKS_KEPT:
                self._times.pop(next(iter(self._times)))
            is_burst = len(times) > MOST and at - times[0] <= WITHIN_SECONDS
        return BURST if is_burst else ""

    def _begin(self, at: float) -> None:
        self._key = os.urandom(32)
        self._made_at = at
        self._times: dict[bytes, deque[float]] = {}


def network_of(address: str) -> bytes | None:
    """The network of a public address; None for what is none: our own proxy, say."""
    try:
        found = ip_address(address)
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if not found.is_global:
        return None
    return b"4" + found.packed[:3] if isinstance(found, IPv4Address) else b"6" + found.packed[:6]


def address_in(scope: Scope) -> str:
    """The client's address as ASGI has it."""
    client = scope.get("client")
    forwarded = ",".join(
        value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"
    )
    return client_address(client[0] if client else "", forwarded)


def address_of(meta: Mapping[str, str]) -> str:
    """The client's address as Django has it (`request.META`)."""
    return client_address(meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""))


def client_address(peer: str, forwarded: str) -> str:
    """Of the connection, or what the outermost proxy of ours saw; empty if that is missing.

    What stands further left in `X-Forwarded-For` was written by strangers.
    """
    proxies: int = settings.TRUSTED_PROXIES
    if not proxies:
        return peer
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    return hops[-proxies] if len(hops) >= proxies else ""


BURSTS = Bursts()
