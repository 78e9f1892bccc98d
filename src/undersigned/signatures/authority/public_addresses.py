"""Which addresses a server of ours may connect to on the word of a stranger."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_DOCUMENTATION = IPv6Network("3fff::/20")  # RFC 9637; not yet in Python's registry everywhere
_RELAY = int(IPv4Address("192.88.99.0")) >> 8  # 6to4 relays, RFC 7526
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: before an IPv4 address in the last 32 bits


def is_public(address: str) -> bool:
    """A unicast address of the public Internet, also inside; anything else, and nonsense, is not.

    Refused are private, loopback, link-local, shared, multicast, reserved and documentation
    addresses, the same written as IPv6 (mapped, NAT64, ISATAP), and all of 6to4 and Teredo: no
    website lives there, and what such an address leads to is hidden in it.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return _is_public_4(parsed)
    return _is_public_6(parsed)


def _is_public_4(address: IPv4Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and int(address) >> 8 != _RELAY
    )


def _is_public_6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    inside = IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _NAT64:
        return _is_public_4(inside)
    if int(address) >> 32 & 0xFFFFFFFF in _ISATAP:
        return False
    return (
        address in _GLOBAL_UNICAST
        and address.is_global
        and address not in _DOCUMENTATION
        and address.sixtofour is None
        and address.teredo is None
    )
