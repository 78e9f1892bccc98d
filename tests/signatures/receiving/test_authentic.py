"""Whose a mail is: keys and policies come from a name server of the test's."""

from __future__ import annotations

import time

import dns.rcode
import pytest
from django.utils import timezone

from tests.signatures.authority.nameserver import Zone, nameserver
from tests.signatures.receiving.letters import SIGNED, by_dkim, key_record, written, zone
from undersigned.signatures.receiving.authentic import Proof, judge
from undersigned.signatures.receiving.reading import read_mail

REJECT = {"_dmarc.mail.example TXT": ['"v=DMARC1; p=reject; rua=mailto:x@mail.example"']}


def judged(raw: bytes, known: Zone, **behaviour: object) -> Proof:
    with nameserver(known, **behaviour) as server:
        return judge(raw, read_mail(raw, timezone.now()), server.resolver())


def test_the_authors_domain_vouches() -> None:
    assert judged(by_dkim(written()), zone()) is Proof.PROVEN
    assert judged(by_dkim(written()), {**zone(), **REJECT}) is Proof.PROVEN
    piped = by_dkim(written()).replace(b"\r\n", b"\n")  # as mail servers hand it to programs
    assert judged(piped, zone()) is Proof.PROVEN


def test_a_domain_above_vouches_and_one_below_or_beside_does_not() -> None:
    above = by_dkim(written(sender="ana@a.mail.example"))
    assert judged(above, zone()) is Proof.PROVEN
    for domain in ("b.mail.example", "ail.example", "example", "other.example"):
        raw = by_dkim(written(), domain=domain)
        assert judged(raw, zone(domain)) is Proof.UNPROVEN, domain
        assert judged(raw, {**zone(domain), **REJECT}) is Proof.FORGED, domain


def test_without_a_signature_the_domains_policy_decides() -> None:
    assert judged(written(), {}) is Proof.UNPROVEN
    assert judged(written(), REJECT) is Proof.FORGED
    quarantine = {"_dmarc.mail.example TXT": ['"x"', '"v=DMARC1; p=quarantine"']}
    assert judged(written(), quarantine) is Proof.UNPROVEN
    assert judged(written(), {"_dmarc.mail.example TXT": ['"x"']}) is Proof.UNPROVEN
    below = written(sender="ana@a.mail.example")
    assert judged(below, REJECT) is Proof.FORGED
    lenient = {"_dmarc.mail.example TXT": ['"v=DMARC1;p=reject;sp=none"']}
    assert judged(below, lenient) is Proof.UNPROVEN
    deep = written(sender="ana@" + "a." * 60 + "mail.example")
    with nameserver({**REJECT, "x A": []}) as server:
        found = judge(deep, read_mail(deep, timezone.now()), server.resolver())
        assert found is Proof.FORGED
        assert len(server.asked) == 5
    assert judged(below, {"_dmarc.mail.example TXT": ['"v=DMARC1; x"']}) is Proof.UNPROVEN


@pytest.mark.parametrize(
    ("original", "altered"),
    [
        (b"Ana Example", b"Eve Example"),
        (b"From: Ana <ana@", b"From: Ana <eve@"),
        (b"sign+banned@", b"sign+other@"),
        (b"<1@mail.example>", b"<2@mail.example>"),
        (b"bh=", b"bh=x"),
        (b"v=1;", b"v=2;"),
        (b"c=relaxed/relaxed", b"c=odd/odd"),
    ],
)
def test_what_was_altered_is_forged(original: bytes, altered: bytes) -> None:
    raw = by_dkim(written())
    assert raw.count(original) >= 1
    assert judged(raw.replace(original, altered, 1), zone()) is Proof.FORGED


def test_a_partial_signature_proves_nothing() -> None:
    """With l= anybody may add text; without To it may have been for others; and so on."""
    added = by_dkim(written("Hello\n"), length=True) + b"Name: Eve\r\nPublish my name: yes\r\n"
    assert judged(added, zone()) is Proof.UNPROVEN
    for missing in ("to", "date", "message-id"):
        headers = tuple(name for name in SIGNED if name != missing)
        assert judged(by_dkim(written(), headers=headers), zone()) is Proof.UNPROVEN, missing
    in_cc = written(to="bo@mail.example", more="Cc: sign+banned@letters.example\n")
    assert judged(by_dkim(in_cc), zone()) is Proof.UNPROVEN
    assert judged(by_dkim(in_cc, headers=(*SIGNED, "cc")), zone()) is Proof.PROVEN


PARTS = (
    "--b\nContent-Type: text/plain; charset=utf-8\n\nName: Ana Example\n\n--b\n"
    "Content-Type: text/html; charset=utf-8\n\n<p>Name: Ana Example</p>\n\n--b--\n"
)
WITHOUT_TYPE = tuple(name for name in SIGNED if name != "content-type")


@pytest.mark.parametrize(
    ("kind", "body", "proof"),
    [
        ("text/plain; charset=UTF-8", "Name: Ana Example\n", Proof.PROVEN),
        ("text/plain", "Name: Ana Example\n", Proof.PROVEN),
        ('multipart/alternative; boundary="b"', PARTS, Proof.PROVEN),  # as Gmail signs
        ("text/plain; charset=utf-7", "Name: Ana Example\n", Proof.UNPROVEN),
        ("text/html; charset=utf-8", "Name: Ana Example\n", Proof.UNPROVEN),
        # The author's first lines would not be read any more.
        ('multipart/alternative; boundary="b"', f"Name: Eve\n{PARTS}", Proof.UNPROVEN),
        ('multipart/mixed; boundary="b"', PARTS, Proof.UNPROVEN),
    ],
)
def test_how_it_is_read_is_signed_or_leaves_no_choice(kind: str, body: str, proof: Proof) -> None:
    mail = written(body, kind=kind)
    assert judged(by_dkim(mail, headers=WITHOUT_TYPE), zone()) is proof
    assert judged(by_dkim(mail), zone()) is Proof.PROVEN


def test_a_header_that_was_added_for_the_eye_breaks_the_signature() -> None:
    raw = by_dkim(written(), headers=(*SIGNED, "cc"))
    assert judged(b"Cc: eve@mail.example\r\n" + raw, zone()) is Proof.FORGED


def test_keys_that_prove_nothing() -> None:
    raw = by_dkim(written())
    assert judged(raw, {}) is Proof.FORGED
    assert judged(raw, zone(flags="t=y; ")) is Proof.UNPROVEN
    assert judged(raw, zone(flags="t=s; ")) is Proof.PROVEN
    below = by_dkim(written(), identity="@a.mail.example")
    assert judged(below, zone()) is Proof.PROVEN
    assert judged(below, zone(flags="t=s; ")) is Proof.UNPROVEN
    assert judged(raw, zone(flags="h=sha1; ")) is Proof.FORGED
    assert judged(raw, zone(flags="h=sha1 : SHA256; ")) is Proof.PROVEN
    for record in ('""', '"v=DKIM1; p="', '"nonsense"', '"v=DKIM1; p=!!!"', '"\\255"'):
        assert judged(raw, {"now._domainkey.mail.example TXT": [record]}) is Proof.FORGED


def test_an_enormous_key_keeps_nobody_busy() -> None:
    endless = " ".join(['"' + "A" * 250 + '"'] * 200)
    record = f'"v=DKIM1; p=" {endless}'
    began = time.monotonic()
    assert judged(by_dkim(written()), {"now._domainkey.mail.example TXT": [record]}) is Proof.FORGED
    assert time.monotonic() - began < 3


def test_old_algorithms_are_as_if_they_were_not_there() -> None:
    raw = by_dkim(written(), algorithm="rsa-sha1")
    assert judged(raw, zone()) is Proof.UNPROVEN
    assert judged(raw, REJECT) is Proof.FORGED
    assert judged(by_dkim(raw), zone()) is Proof.PROVEN


def test_a_broken_signature_beside_a_good_one() -> None:
    raw = by_dkim(written())
    broken = raw[: raw.index(b"From:")].replace(b"bh=", b"bh=x")
    assert judged(broken + raw, zone()) is Proof.PROVEN
    assert judged(b"DKIM-Signature: odd\r\n" + raw, zone()) is Proof.PROVEN


def test_only_a_few_signatures_are_looked_at() -> None:
    other = by_dkim(written("Something else"))
    raw = other[: other.index(b"From:")] * 50 + by_dkim(written())
    with nameserver(zone()) as server:
        assert judge(raw, read_mail(raw, timezone.now()), server.resolver()) is Proof.FORGED
        assert len(server.asked) == 3


def test_servers_that_give_no_answer() -> None:
    for raw in (written(), by_dkim(written())):
        assert judged(raw, {}, rcode=dns.rcode.SERVFAIL) is Proof.LATER


def test_names_that_cannot_be_asked_for() -> None:
    raw = by_dkim(written()).replace(b"s=now", b"s=" + b"n" * 70)
    assert judged(raw, zone()) is Proof.FORGED
    assert key_record().startswith('"v=DKIM1')
