"""Domains are compared whole, and only those of an organisation's own tell anything."""

from __future__ import annotations

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.authority.domains import (
    DomainRefused,
    clean_domain,
    domain_in_common,
    mailbox_domain,
    provable_domain,
    shown_domain,
    website_domain,
)


@pytest.mark.parametrize(
    ("written", "domain"),
    [
        ("https://example.org", "example.org"),
        ("http://EXAMPLE.org:8080/about?x=1#y", "example.org"),
        ("example.org", "example.org"),
        ("www.example.org.", "example.org"),
        ("https://www.example.org/", "example.org"),
        ("https://blog.example.org/", "blog.example.org"),
        ("https://www.blog.example.org/", "blog.example.org"),
        ("https://www.org/", "www.org"),
        ("  https://example.org/  ", "example.org"),
        ("https://bücher.example", "xn--bcher-kva.example"),
        ("https://BÜCHER.example", "xn--bcher-kva.example"),
        ("https://xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("https://straße.example", "xn--strae-oqa.example"),
        ("https://例え。example。", "xn--r8jz45g.example"),
        ("https://ｅｘａｍｐｌｅ.org", "example.org"),
    ],
)
def test_a_website_has_a_domain(written: str, domain: str) -> None:
    assert website_domain(written) == domain


@pytest.mark.parametrize(
    "written",
    [
        "",
        "https://",
        "localhost",
        "https://localhost:8000/",
        "https://192.0.2.1/",
        "https://[2001:db8::1]/",
        "https://[",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://example.org@evil.example/",
        "https://example.org:pass@evil.example/",
        "https://evil.example\\.example.org/",
        "ftp://example.org/",
        "javascript://example.org/",
        "https://exa mple.org",
        "https://_example.org",
        "https://-example.org",
        "https://example..org",
        "https://example.org..",
        f"https://{'a' * 64}.org",
        f"https://{'a.' * 127}org",
        "https://\u0301example.org",
        "https://xn--a.example",
        "not a website",
    ],
)
def test_what_is_no_domain_is_refused(written: str) -> None:
    with pytest.raises(DomainRefused):
        website_domain(written)


def test_a_refusal_repeats_nothing_of_what_was_typed() -> None:
    with pytest.raises(DomainRefused) as refusal:
        clean_domain("secret plans.example")

    assert str(refusal.value) == ""
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("ana@example.org", "example.org"),
        ("ana@EXAMPLE.ORG", "example.org"),
        ("ana@www.example.org", "www.example.org"),
        ('"a@b"@example.org', "example.org"),
    ],
)
def test_a_mailbox_has_a_domain(address: str, domain: str) -> None:
    assert mailbox_domain(address) == domain


@pytest.mark.parametrize("address", ["", "example.org", "@example.org", "ana@", "ana@localhost"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(DomainRefused):
        mailbox_domain(address)


@pytest.mark.parametrize(
    ("address", "website", "domain"),
    [
        ("ana@example.org", "https://www.example.org/about", "example.org"),
        ("ana@Example.ORG", "example.org", "example.org"),
        ("ana@bücher.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("ana@archive.org", "https://archive.org/", "archive.org"),
    ],
)
def test_a_mailbox_at_the_very_domain_tells_something(
    address: str, website: str, domain: str
) -> None:
    assert domain_in_common(address, website) == domain


@pytest.mark.parametrize(
    ("address", "website"),
    [
        ("ana@mail.example.org", "https://example.org"),
        ("ana@example.org", "https://blog.example.org"),
        ("ana@other.org.by", "https://group.org.by"),
        ("ana@org.by", "https://group.org.by"),
        ("ana@www.org.by", "https://org.by"),
        ("ana@example.com", "https://example.org"),
        ("ana@exаmple.org", "https://example.org"),
        ("ana@gmail.com", "https://gmail.com"),
        ("ana@yahoo.co.in", "https://yahoo.co.in"),
        ("ana@hotmail.fr", "https://www.hotmail.fr"),
        ("ana@riseup.net", "https://riseup.net"),
        ("ana@facebook.com", "https://www.facebook.com/example"),
        ("ana@facebook.com", "facebook.com/example"),
        ("ana@example.org", ""),
        ("nobody", "https://example.org"),
    ],
)
def test_another_domain_and_shared_ones_tell_nothing(address: str, website: str) -> None:
    assert domain_in_common(address, website) is None


def test_an_organisation_that_is_called_like_a_provider_is_its_own() -> None:
    assert domain_in_common("ana@live.foundation.org", "live.foundation.org") is not None
    assert domain_in_common("ana@live.museum.uk", "live.museum.uk") is not None
    assert domain_in_common("ana@outlook.co.charity", "outlook.co.charity") is not None


@pytest.mark.parametrize(
    "page",
    ["https://sites.google.com/view/example", "github.com/example", "t.me/?example", "x.com/#e"],
)
def test_a_page_on_a_shared_site_proves_no_domain(page: str) -> None:
    with pytest.raises(DomainRefused):
        provable_domain(page)


def test_a_provider_may_prove_its_own_domain() -> None:
    assert provable_domain("https://riseup.net/en") == "riseup.net"
    assert provable_domain("https://archive.org") == "archive.org"


@pytest.mark.parametrize(
    ("domain", "shown"),
    [
        ("example.org", "example.org"),
        ("xn--bcher-kva.example", "bücher.example"),
        ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
        ("xn--r8jz45g.example", "例え.example"),
        # раураl.com, all in Cyrillic but the last letter
        (clean_domain("раураl.com"), "xn--l-7sba6dbr.com"),
        # all in Cyrillic, and nothing in it that Latin has not
        (clean_domain("сохо.com"), clean_domain("сохо.com")),
        ("xn--a.example", "xn--a.example"),
    ],
)
def test_a_domain_is_shown_so_that_it_cannot_deceive(domain: str, shown: str) -> None:
    assert shown_domain(domain) == shown


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_a_domain_or_a_refusal(text: str) -> None:
    for read in (clean_domain, website_domain, mailbox_domain, provable_domain):
        try:
            domain = read(text)
        except DomainRefused:
            continue
        assert domain == clean_domain(domain)
        assert domain.isascii()
        assert clean_domain(shown_domain(domain)) == domain


@given(st.from_regex(r"[a-z0-9.-]{1,70}", fullmatch=True))
def test_plain_domains_are_read_as_the_standard_says(text: str) -> None:
    try:
        standard = idna.encode(text, uts46=True, std3_rules=True).decode().removesuffix(".")
        last = standard.rpartition(".")[2]
        expected = standard if "." in standard and not last.isdigit() else None
    except UnicodeError:
        expected = None
    try:
        assert clean_domain(text) == expected
    except DomainRefused:
        assert expected is None
