"""Addresses: what mail can be sent to, and when two spellings are one mailbox."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.addresses import AddressRefused, clean_address, normalise_address


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("ana@example.org", "ana@example.org"),
        ("  Ana.Lucia@Example.ORG\n", "Ana.Lucia@example.org"),
        ("o'neil+letters@example.org", "o'neil+letters@example.org"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
        ("ana@例え.jp", "ana@xn--r8jz45g.jp"),
    ],
)
def test_an_address_is_made_fit_for_mail(typed: str, clean: str) -> None:
    assert clean_address(typed) == clean


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ana",
        "ana@",
        "@example.org",
        "ana@example",
        "ana@localhost",
        "ana@@example.org",
        "ana..b@example.org",
        "ana@exa mple.org",
        "ana b@example.org",
        '"ana b"@example.org',
        "Ana <ana@example.org>",
        "ana@example.org, ben@example.org",
        "ana@example.org\nBcc: ben@example.org",
        "ana@[127.0.0.1]",
        "\u202eana@example.org",
        "ana\x00@example.org",
        # No server of ours can promise to reach these.
        "δοκιμή@example.org",
        "a" * 250 + "@example.org",
        "ana@" + "a" * 250 + ".org",
    ],
)
def test_what_mail_cannot_be_sent_to_is_refused(typed: str) -> None:
    with pytest.raises(AddressRefused) as refusal:
        clean_address(typed)

    # What was typed is nobody's business but the typist's.
    assert refusal.value.args == ()
    assert refusal.value.__suppress_context__ is True


@pytest.mark.parametrize(
    "spelling",
    [
        "analucia@gmail.com",
        "AnaLucia@Gmail.com",
        "ana.lucia@gmail.com",
        "a.n.a.lucia+letters@googlemail.com",
        "analucia+@gmail.com",
    ],
)
def test_spellings_of_one_mailbox_are_one(spelling: str) -> None:
    assert normalise_address(clean_address(spelling)) == "analucia@gmail.com"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana+a@example.org", "ANA+b@EXAMPLE.org"),
        ("ana@proton.me", "ana@protonmail.com"),
        ("ana@pm.me", "ana+x@proton.me"),
        ("ana-lists@yahoo.com", "ana-news@yahoo.com"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
    ],
)
def test_what_a_provider_delivers_to_one_mailbox_is_one(one: str, other: str) -> None:
    assert normalise_address(clean_address(one)) == normalise_address(clean_address(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana.lucia@example.org", "analucia@example.org"),  # dots count elsewhere
        ("ana-lucia@example.org", "ana@example.org"),  # and so do hyphens
        ("ana@example.org", "ana@mail.example.org"),
        ("+a@example.org", "+b@example.org"),  # a tag without a name before it is the name
    ],
)
def test_different_mailboxes_stay_different(one: str, other: str) -> None:
    assert normalise_address(one) != normalise_address(other)


@given(st.emails())
def test_normalising_twice_changes_nothing(address: str) -> None:
    once = normalise_address(address)

    assert normalise_address(once) == once
    assert once.count("@") >= 1
    assert not once.startswith("@")


locals_ = st.from_regex(r"[a-z0-9]{1,10}(\.[a-z0-9]{1,5})?", fullmatch=True)
tags = st.from_regex(r"(\+[a-z0-9.-]{0,8})?", fullmatch=True)
domains = st.sampled_from(["example.org", "gmail.com", "googlemail.com", "proton.me", "yahoo.com"])


@given(local=locals_, tag=tags, domain=domains, upper=st.booleans())
def test_a_tag_or_capitals_never_make_another_mailbox(
    local: str, tag: str, domain: str, upper: bool
) -> None:
    plain = f"{local}@{domain}"
    spelling = f"{local}{tag}@{domain}"

    assert normalise_address(spelling.upper() if upper else spelling) == normalise_address(plain)


@given(st.text(max_size=60) | st.emails())
def test_whatever_is_typed_is_cleaned_for_good_or_refused(typed: str) -> None:
    try:
        clean = clean_address(typed)
    except AddressRefused:
        return
    assert clean.isascii()
    assert clean_address(clean) == clean
