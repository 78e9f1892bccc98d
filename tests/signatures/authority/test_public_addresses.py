"""A stranger's word leads to the public Internet only."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.authority.public_addresses import is_public


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "172.32.0.1", "2606:4700::1111", "2a01:4f8::1", "64:ff9b::808:808"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::808:808",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "2606:4700::5efe:7f00:1",
        "2606:4700::200:5efe:a00:1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1111%eth0",
        "fec0::1",
        "ff02::1",
        "",
        "localhost",
        "8.8.8.8:443",
        "0177.0.0.1",
        "2130706433",
    ],
)
def test_everything_else_is_refused(address: str) -> None:
    assert not is_public(address)


@given(st.integers(0, 2**32 - 1))
def test_an_address_inside_another_is_never_more_public_than_alone(number: int) -> None:
    inside = str(IPv4Address(number))
    nat64 = IPv6Address((0x0064FF9B << 96) | number)

    assert is_public(str(nat64)) == is_public(inside)
    for outside in (0xFFFF << 32, 0, 0x2002 << 112, 0x20010000 << 96, 0xFE80 << 112 | 0x5EFE << 32):
        assert not is_public(str(IPv6Address(outside | number)))
