"""What a mail says, whoever sent it and however it is written."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signatures.receiving.letters import TO, by_dkim, written
from undersigned.signatures.receiving import reading
from undersigned.signatures.receiving.reading import (
    MOST_BYTES,
    LeftAlone,
    Received,
    decode_text,
    read_mail,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OURS = frozenset({"letters@letters.example", "sign@letters.example"})


def mail(**parts: object) -> bytes:
    return written(**{"at": NOW, **parts})  # type: ignore[arg-type]


def read(raw: bytes) -> Received:
    return read_mail(raw, NOW, OURS)


def refusal(raw: bytes) -> str:
    with pytest.raises(LeftAlone) as left:
        read(raw)
    return str(left.value)


def test_a_message_of_a_person() -> None:
    found = read(mail(sender="=?utf-8?q?Ana_Luc=C3=ADa?= <Ana@Mail.Example>", more="Cc: x@y.z\n"))
    assert found.sender == "Ana@mail.example"
    assert found.shown_name == "Ana Lucía"
    assert found.to == (TO, "x@y.z")
    assert found.message_id == "<1@mail.example>"
    assert found.at == NOW
    assert found.text.splitlines()[0] == "Name: Ana Example"
    assert found.value("subject") == "=?utf-8?q?Sign?="
    assert found.value("precedence") == ""


@pytest.mark.parametrize(
    ("charset", "name"),
    [
        ("utf-8", "မောင်မောင်"),
        ("iso-8859-1", "José"),
        ("iso-8859-6", "ليلى"),
        ("windows-1256", "ليلى"),
        ("gb2312", "王小明"),
        ("iso-2022-jp", "山田"),
        ("koi8-r", "Анна"),
        ("us-ascii", "Ana"),
    ],
)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_texts_in_many_charsets(charset: str, name: str, kind: str) -> None:
    text = f"Name: {name}" if kind == "plain" else f"<p>Name:\n {name}</p>"
    raw = mail(body=text.encode(charset), kind=f"text/{kind}; charset={charset}")
    assert read(raw).text.strip().replace("  ", " ") == f"Name: {name}"


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        (b"Jos\xe9", "utf-8", "Jos\ufffd"),
        (b"Jos\xc3\xa9", "", "José"),
        (b"Jos\xc3\xa9", "x-unknown", "José"),
        (b"Jos\xc3\xa9", "punycode", "José"),
        (b"Jos\xc3\xa9", "cp999", "José"),
        (b"\x81\x82", "iso-8859-1", "\ufffd\u201a"),
    ],
)
def test_what_is_no_text_in_its_charset_is_seen_to_be_none(
    data: bytes, charset: str, text: str
) -> None:
    assert decode_text(data, charset) == text


def test_the_first_plain_text_counts_and_attachments_do_not() -> None:
    parts = (
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nName: Attached\n"
        "--b\nContent-Type: message/rfc822\n\nSubject: x\n\nName: Inside\n"
        "--b\nContent-Type: image/png\n\nName: Picture\n"
        "--b\nContent-Type: multipart/alternative; boundary=c\n\n"
        "--c\nContent-Type: text/html\n\n<p>Name: Page</p>\n"
        "--c\nContent-Type: text/plain\n\nName: Plain\n--c--\n--b--\n"
    )
    raw = mail(body=parts, kind="multipart/mixed; boundary=b")
    assert read(raw).text.strip() == "Name: Plain"
    only = mail(body=parts.replace("text/plain", "text/csv"), kind="multipart/mixed; boundary=b")
    assert read(only).text.strip() == "Name: Page"
    nothing = mail(body="--b\nContent-Type: text/plain\n\n \n--b--", kind="multipart/x; boundary=b")
    assert read(nothing).text == ""


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; x=y",
        "Precedence: bulk",
        "Precedence: JUNK",
        "List-Id: <x.example>",
        "X-Auto-Response-Suppress: All",
        "Return-Path: <>",
        "Return-Path: <MAILER-DAEMON@mail.example>",
        "X-Loop: sign",
    ],
)
def test_machines_and_lists_get_nothing(header: str) -> None:
    assert refusal(mail(more=f"{header}\n")) == "machine"


def test_answers_to_our_mail_get_nothing() -> None:
    number = "01a208d3-511d-71c3-90a0-125bc6ba3fde"
    for header in ("In-Reply-To", "References"):
        ours = f"{header}: <x@y.z> <{number}@Letters.example>\n"
        assert refusal(mail(more=ours)) == "answer"
        assert read(mail(more=ours.replace("Letters", "Other"))).sender == "ana@mail.example"


def test_a_person_is_no_machine() -> None:
    more = "Auto-Submitted: no\nReturn-Path: <ana@mail.example>\nPrecedence: normal\n"
    assert read(mail(more=more)).sender == "ana@mail.example"


@pytest.mark.parametrize(
    ("sender", "reason"),
    [
        ("MAILER-DAEMON@mail.example", "machine"),
        ("no-reply@mail.example", "machine"),
        ("noreply+x@mail.example", "machine"),
        ("Letters@letters.example", "ours"),
        ("Sign <sign@letters.example>", "ours"),
        ("a@mail.example, b@mail.example", "malformed"),
        ("Ana", "malformed"),
        ("<>", "malformed"),
        ('"a b"@mail.example', "malformed"),
        ("ana@localhost", "malformed"),
        ("ana@mail.example (x) <bo@mail.example", "malformed"),
    ],
)
def test_whom_nothing_follows_from(sender: str, reason: str) -> None:
    assert refusal(mail(sender=sender)) == reason


def test_reports_are_no_messages() -> None:
    assert refusal(mail(kind="multipart/report; boundary=b")) == "machine"
    assert refusal(mail(kind="message/rfc822")) == "machine"


@pytest.mark.parametrize(
    "broken",
    [
        mail(more="From: bo@mail.example\n"),
        b"From: bo@mail.example\r\n" + mail(),
        mail(more=f"To: {TO}\n"),
        mail(more="Content-Type: text/html\n"),
        mail(more="no header\n"),
        mail(more="From : bo@mail.example\n"),
        mail(more="X: a\0b\n"),
        mail(subject="x").replace(b"Subject: ", b"Subject: a\rb"),
        mail().replace(b"Date: ", b"Dato: "),
        mail().replace(b"Message-ID: ", b"X: "),
        mail().replace(b" +0000", b" nowhen").replace(b"2026", b"20x6"),
        mail().replace(b"23 Nov 2026", b"99 Nov 99999"),
        b" folded\r\n" + mail(),
        b"",
        b"\r\n\r\n",
        b"\xff\xfe",
        b"From ana@mail.example Mon\r\n" + mail(),
    ],
)
def test_what_could_be_read_in_two_ways_is_not_read(broken: bytes) -> None:
    assert refusal(broken) == "malformed"


def test_where_two_readers_would_see_other_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Message()
    other.set_payload("Name: Eve")
    monkeypatch.setattr(reading, "message_from_bytes", lambda _: other)
    assert refusal(mail()) == "malformed"


def test_old_mail_and_mail_of_the_future() -> None:
    for at in (NOW - timedelta(days=8), NOW + timedelta(days=1)):
        assert refusal(mail(at=at)) == "old"
    at = NOW.replace(tzinfo=None) - timedelta(days=6)
    assert read(mail(at=at)).at == at.replace(tzinfo=UTC)


def test_a_mail_without_a_body() -> None:
    head = mail(body="").removesuffix(b"\r\n")
    assert read(head).text == ""
    assert read(head.replace(b"\r\n", b"\n")).text == ""


def test_a_display_name_that_cannot_be_read_is_none() -> None:
    assert read(mail(sender="=?x-odd?b?/////w==?= <ana@mail.example>")).shown_name == ""


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 50_000_000])
def test_a_huge_mail_is_left_alone_at_once(size: int) -> None:
    began = time.monotonic()
    assert refusal(mail().ljust(size, b"x")) == "too large"
    assert time.monotonic() - began < 1


def test_parts_a_thousand_deep_and_thousands_beside_each_other() -> None:
    deep = b"".join(
        b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1) for n in range(2000)
    )
    assert refusal(mail(body=deep, kind="multipart/mixed; boundary=b0")) == "malformed"
    wide = b"--b\nContent-Type: image/png\n\nx\n" * 5000 + b"--b\n\nName: Late\n--b--\n"
    assert read(mail(body=wide, kind="multipart/mixed; boundary=b")).text == ""


@pytest.mark.parametrize("piece", [b"a: b\r\n", b"<", b"<p ", b"&", b"\n", b"--b\n", b"=?a?q?"])
def test_pathological_mail_takes_no_time(piece: bytes) -> None:
    began = time.monotonic()
    filling = piece * (100_000 // len(piece))
    for kind in ("text/html", "multipart/mixed; boundary=b"):
        read(mail(body=filling, kind=kind))
    with pytest.raises(LeftAlone):
        read(mail(sender=f"{filling.decode().strip()} x"))
    assert time.monotonic() - began < 20


@given(st.data())
def test_nothing_that_is_mailed_raises(data: st.DataObject) -> None:
    raw = bytearray(by_dkim(mail()) if data.draw(st.booleans()) else mail())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    try:
        found = read(bytes(raw))
    except LeftAlone:
        return
    assert "@" in found.sender
