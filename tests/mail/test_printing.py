"""What goes over the wire says what the composed mail says, in every script and encoding."""

from __future__ import annotations

import email
import email.policy
import uuid
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.mail.posting import BLANKS, blank, circular, kept
from undersigned.mail import printing
from undersigned.mail.circulars import Copy
from undersigned.mail.composing import compose
from undersigned.mail.outbox import Mail
from undersigned.mail.printing import compose_copy, is_plain, print_message

NUMBER = uuid.UUID("0199c2a0-0000-7000-8000-000000000009")
TOKENS = ("A" * 22, "B" * 22)
LONG = "မြန်မာ " * 300
WORDS = {
    "short": "They answered.\n.\nFrom here on:\n",
    "signs": "نعم — “Été” 日本語 = 100 %\n",
    "long": LONG + "\n\n" + "x" * 990 + "\n",
    "spaces": "-- \ntail \t\n\n",
}


def read(raw: bytes) -> EmailMessage:
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def parts_of(message: EmailMessage) -> list[tuple[str, str]]:
    """Content types and contents, with plain ends of lines."""
    leaves = [part for part in message.walk() if not part.is_multipart()]
    return [
        (part.get_content_type(), part.get_content().replace("\r\n", "\n"))  # type: ignore[attr-defined]
        for part in leaves
    ]


def words(text: str, *, html: bool = True) -> Mail:
    link = f"https://letters.example.org/a-letter/unsubscribe/{blank(0)}/"
    page = f"<p>{text}<a href='{link}'>{blank(1)}</a></p>\n" if html else ""
    headers = {"List-Unsubscribe": f"<{link}>", "X-Kind": "k"}
    return Mail("", "أجابوا “Été”", f"{text}{link}\n{blank(1)}\n", "ar", headers, page)


@pytest.mark.django_db
@pytest.mark.parametrize("takes_8bit", [True, False])
@pytest.mark.parametrize("html", [True, False])
@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS.keys())
def test_it_says_what_the_composed_mail_says(
    settings: Settings, text: str, html: bool, takes_8bit: bool
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Briefe für Ärzte <letters@example.org>"
    copy = Copy("ana@example.org", kept(words(text, html=html)), TOKENS)

    raw = print_message(compose_copy(NUMBER, copy, "bounces@x.example"), takes_8bit=takes_8bit)

    printed = read(raw)
    composed = read(
        compose(NUMBER, copy.mail(), "b@x.example").message(policy=email.policy.SMTP).as_bytes()
    )
    assert parts_of(printed) == parts_of(composed)
    assert {
        "https://letters.example.org/a-letter/unsubscribe/" + TOKENS[0] in content
        for _, content in parts_of(printed)
    } == {True}
    apart = {"Content-Type", "Content-Transfer-Encoding", "Date"}
    heads = [
        sorted((name, value) for name, value in one.items() if name not in apart)
        for one in (printed, composed)
    ]
    assert heads[0] == heads[1]
    assert printed["Date"].datetime is not None
    assert b"\n" not in raw.replace(b"\r\n", b"")
    longest = max(len(line) for line in raw.split(b"\r\n"))
    assert longest <= 998
    if not takes_8bit:
        assert raw.isascii()


@pytest.mark.django_db
def test_quoted_lines_stay_short() -> None:
    copy = Copy("ana@example.org", kept(words(LONG)), TOKENS)
    raw = print_message(compose_copy(NUMBER, copy), takes_8bit=False)
    body = raw.partition(b"\r\n\r\n")[2]
    assert max(len(line) for line in body.split(b"\r\n")) <= 76


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
@example("0" * 76)
@example("0" * 73 + "\xff" * 12)
@example("000\xa0\xa0" + "𐀀" * 5 + "0")
def test_every_text_can_be_quoted(text: str) -> None:
    content = f"{text}{blank(0)}{text}\r\n".encode()
    quoted = printing._quoted(content, BLANKS)
    message = email.message_from_bytes(
        b"Content-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted,
        policy=email.policy.SMTP,
    )
    assert message.get_payload(decode=True) == content
    assert max(len(line) for line in quoted.split(b"\r\n")) <= 76


@pytest.mark.django_db
def test_a_sender_that_changes_is_in_the_next_mail(settings: Settings) -> None:
    copy = Copy("ana@example.org", kept(circular()), TOKENS[:1])
    for address in ("one@example.org", "two@example.org"):
        settings.DEFAULT_FROM_EMAIL = address
        assert read(print_message(compose_copy(NUMBER, copy), takes_8bit=True))["From"] == address


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["ana@bücher.example", "ana@example.org\r\nBcc: x@y.example"])
def test_an_address_that_is_not_plain_goes_the_careful_way(address: str) -> None:
    copy = Copy(address, kept(circular()), TOKENS[:1])
    assert compose_copy(NUMBER, copy).printed is None


def test_what_is_plain() -> None:
    assert is_plain("ana.b+c_d-e@mail.example.org")
    for address in ("ana", "ana@localhost", "a b@example.org", "ä@example.org", "a..b@example.org"):
        assert not is_plain(address)
