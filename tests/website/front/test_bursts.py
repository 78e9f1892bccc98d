"""Many signatures from one network within minutes are noticed; nobody is remembered."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st

from tests.website.visiting import Running, good_form
from undersigned.letters.models import Letter
from undersigned.signatures.models import Signature
from undersigned.website import desks
from undersigned.website.front import bursts
from undersigned.website.front.bursts import (
    KEY_SECONDS,
    MOST,
    WITHIN_SECONDS,
    Bursts,
    address_in,
    address_of,
    client_address,
    network_of,
)

LETTER = uuid.UUID(int=1)
HERE = "93.184.216.34"


def many(counter: Bursts, count: int, address: str = HERE, now: float = 0) -> list[str]:
    return [counter.note(LETTER, address, now) for _ in range(count)]


def test_more_than_ten_within_minutes_are_a_burst() -> None:
    assert many(Bursts(), MOST + 2) == [""] * MOST + ["burst"] * 2


def test_ten_an_hour_are_none() -> None:
    counter = Bursts()
    steps = [step * WITHIN_SECONDS / (MOST - 1) for step in range(40)]

    assert {counter.note(LETTER, HERE, step) for step in steps} == {""}


def test_a_network_counts_together_and_others_apart() -> None:
    counter = Bursts()
    many(counter, MOST)

    assert counter.note(LETTER, "93.184.216.99", 0) == "burst"
    assert counter.note(LETTER, "::ffff:93.184.216.99", 0) == "burst"
    assert counter.note(LETTER, "93.184.217.34", 0) == ""
    assert counter.note(uuid.UUID(int=2), HERE, 0) == ""


def test_the_key_is_thrown_away_after_a_day_and_all_counts_with_it() -> None:
    counter = Bursts()
    start = counter._made_at
    many(counter, MOST, now=start + KEY_SECONDS - 1)
    key = counter._key

    assert counter.note(LETTER, HERE, start + KEY_SECONDS) == ""
    assert counter._key != key
    assert len(counter._times) == 1


def test_no_address_is_kept() -> None:
    counter = Bursts()
    many(counter, 3)

    assert network_of(HERE) == b"4" + bytes([93, 184, 216])
    assert bytes([93, 184, 216]) not in b"".join(counter._times)


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bursts, "NETWORKS_KEPT", 2)
    counter = Bursts()
    many(counter, MOST)
    counter.note(LETTER, "93.184.217.1", 0)
    counter.note(LETTER, HERE, 0)
    counter.note(LETTER, "93.184.218.1", 0)

    assert len(counter._times) == 2
    assert counter.note(LETTER, HERE, 0) == "burst"
    assert counter.note(LETTER, "93.184.217.1", 0) == ""


@pytest.mark.parametrize(
    "address", ["", "127.0.0.1", "::1", "10.0.0.1", "192.168.1.1", "fe80::1", "unix:", "nonsense"]
)
def test_what_is_no_public_address_is_not_counted(address: str) -> None:
    """Behind a proxy that nobody told us of, every visitor has the proxy's."""
    assert network_of(address) is None
    assert many(Bursts(), MOST + 2, address) == [""] * (MOST + 2)


def test_networks_of_version_6_are_of_48_bits() -> None:
    assert network_of("2a01:4f8:1:2::3") == network_of("2a01:4f8:1:ffff::9")
    assert network_of("2a01:4f8:1:2::3") != network_of("2a01:4f8:2:2::3")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, "198.51.100.1", "192.0.2.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", ""),
        (1, "", ""),
        (1, " , ", ""),
    ],
)
def test_only_our_own_proxies_are_believed(proxies: int, forwarded: str, address: str) -> None:
    with override_settings(TRUSTED_PROXIES=proxies):
        assert client_address("192.0.2.1", forwarded) == address
        meta = {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": forwarded}
        assert address_of(meta) == address
        scope: dict[str, Any] = {
            "client": ("192.0.2.1", 4711),
            "headers": [(b"host", b"x")]
            + [(b"x-forwarded-for", part.encode()) for part in forwarded.split(",")],
        }
        assert address_in(scope) == address


def test_a_connection_without_an_address_has_none() -> None:
    assert address_in({"client": None, "headers": []}) == ""


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_header_is_taken(peer: str, forwarded: str) -> None:
    with override_settings(TRUSTED_PROXIES=1):
        network_of(client_address(peer, forwarded))


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Bursts:
    counter = Bursts()
    monkeypatch.setattr(desks, "BURSTS", counter)
    return counter


def test_both_roads_note_a_burst_and_store_the_signature(
    letter: Letter, front: Running, counting: Bursts
) -> None:
    front.look()
    with override_settings(TRUSTED_PROXIES=1):
        many(counting, 0)
        for _ in range(MOST):
            counting.note(letter.pk, HERE)
        answer = front.post("/letter/sign/", good_form(letter), x_forwarded_for=HERE)
        assert answer.status == 303
        response = Client().post(
            "/letter/sign/", good_form(letter), headers={"x-forwarded-for": HERE}
        )
        assert response.status_code == 303
        front.post("/letter/sign/", good_form(letter), x_forwarded_for="93.184.217.1")

    doubts = Signature.objects.order_by("created_at").values_list("doubt", flat=True)
    assert list(doubts) == ["burst", "burst", ""]


def test_a_form_that_is_not_in_order_is_not_counted(letter: Letter, counting: Bursts) -> None:
    with override_settings(TRUSTED_PROXIES=1):
        for _ in range(MOST + 2):
            Client().post(
                "/letter/sign/", good_form(letter, name=""), headers={"x-forwarded-for": HERE}
            )

    assert counting.note(letter.pk, HERE) == ""
