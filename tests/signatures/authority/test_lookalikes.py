"""Domains that are easily taken for a known one are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.authority.domains import clean_domain
from undersigned.signatures.authority.lookalikes import (
    DomainLikeness,
    KnownDomains,
    Resemblance,
)

KNOWN = KnownDomains(["quietmedia.org", "river.org.uk", "example.co.ke", "abc.org", "abcd.net"])


@pytest.mark.parametrize(
    ("domain", "known", "resemblance"),
    [
        ("quietrnedia.org", "quietmedia.org", Resemblance.LOOK),
        (clean_domain("quietmediа.org"), "quietmedia.org", Resemblance.LOOK),
        ("quiet-media.org", "quietmedia.org", Resemblance.LOOK),
        ("quietmed1a.org", "quietmedia.org", Resemblance.SLIP),
        ("quietmedia.com", "quietmedia.org", Resemblance.ENDING),
        ("river.org", "river.org.uk", Resemblance.ENDING),
        ("example.com", "example.co.ke", Resemblance.ENDING),
        ("quietmdeia.org", "quietmedia.org", Resemblance.SLIP),
        ("quietmedias.net", "quietmedia.org", Resemblance.SLIP),
        ("abc.com", "abc.org", Resemblance.ENDING),
    ],
)
def test_a_likeness_is_found_with_its_reason(
    domain: str, known: str, resemblance: Resemblance
) -> None:
    assert KNOWN.resembling(domain) == [DomainLikeness(known, resemblance)]


@pytest.mark.parametrize(
    "domain", ["quietmedia.org", "loudmedia.org", "abd.org", "abce.net", "xn--a.org"]
)
def test_itself_and_other_domains_are_no_likenesses(domain: str) -> None:
    assert KNOWN.resembling(domain) == []


def test_the_strongest_resemblance_comes_first() -> None:
    known = KnownDomains(["quietmedias.org", "quietmedia.com", "quietmedia.org"])

    assert known.resembling("quiet-media.org") == [
        DomainLikeness("quietmedia.org", Resemblance.LOOK),
        DomainLikeness("quietmedia.com", Resemblance.ENDING),
        DomainLikeness("quietmedias.org", Resemblance.SLIP),
    ]


@given(st.lists(st.from_regex(r"[a-z]{1,9}\.(org|co\.uk)", fullmatch=True), max_size=8))
def test_likeness_is_mutual(domains: list[str]) -> None:
    known = KnownDomains(domains)
    pairs = {
        (domain, like.domain, like.resemblance)
        for domain in domains
        for like in known.resembling(domain)
    }

    assert pairs == {(other, one, resemblance) for one, other, resemblance in pairs}
