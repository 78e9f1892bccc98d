"""The message as it goes over the wire."""

from __future__ import annotations

import email
import email.policy
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.mail.posting import mail
from undersigned.mail.composing import compose
from undersigned.mail.outbox import Mail

NUMBER = uuid.UUID("0199c2a0-0000-7000-8000-000000000009")


def test_the_message_says_what_it_is(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Letters <letters@example.org>"

    sent = compose(NUMBER, Mail("ana@example.org", "One\r\nBcc: x@y", "…", "es", {"X-Kind": "k"}))

    assert sent.extra_headers == {
        "Message-ID": "<0199c2a0-0000-7000-8000-000000000009@example.org>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "es",
        "X-Kind": "k",
    }
    written = sent.message()
    assert written["Subject"] == "One Bcc: x@y"
    assert written["Bcc"] is None
    assert written["From"] == "Letters <letters@example.org>"
    assert written["To"] == "ana@example.org"


def test_words_with_a_page_go_out_as_both() -> None:
    both = compose(NUMBER, mail(text="Read this: ok\n", html='<p lang="ar">مرحبا</p>\n'))

    raw = both.message(policy=email.policy.SMTP).as_bytes()
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(read, email.message.EmailMessage)
    assert read.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    plain, page = (read.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert page is not None
    assert plain.get_content().replace("\r\n", "\n") == "Read this: ok\n"
    assert page.get_content().replace("\r\n", "\n") == '<p lang="ar">مرحبا</p>\n'
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_a_sender_without_a_domain_still_has_message_ids(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "letters@"

    assert compose(NUMBER, mail()).extra_headers["Message-ID"] == f"<{NUMBER}@localhost>"


@pytest.mark.parametrize(
    ("policy", "end"), [(email.policy.SMTP, b"\r\n"), (email.policy.default, b"\n")]
)
def test_each_road_has_its_own_ends_of_lines(policy: email.policy.EmailPolicy, end: bytes) -> None:
    """One after the other, with the same words: what is kept for speed must not mix them."""
    for _ in range(2):
        for each in (email.policy.SMTP, email.policy.default, policy):
            written = compose(NUMBER, mail(subject="long “words” " * 20)).message(policy=each)
        lines = written.as_bytes().split(b"\n")

        assert {line.endswith(b"\r") for line in lines[:-1]} == {end == b"\r\n"}


def test_an_international_domain_goes_out_in_ascii() -> None:
    written = compose(NUMBER, mail(to="ana@bücher.example")).message()

    assert written["To"] == "ana@xn--bcher-kva.example"


@pytest.mark.parametrize("header", ["to", "subject"])
def test_two_messages_never_share_what_differs(header: str) -> None:
    one = compose(NUMBER, mail(**{header: "one@example.org"})).message()
    other = compose(uuid.UUID(int=7), mail(**{header: "other@example.org"})).message()

    assert (one[header], other[header]) == ("one@example.org", "other@example.org")
    assert one["Message-ID"] != other["Message-ID"]
    assert one["Date"].datetime.utcoffset() is not None


lines = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=150)


@given(subject=lines, body=st.lists(lines))
def test_every_word_arrives(subject: str, body: list[str]) -> None:
    text = "\n".join(body) + "\n"
    composed = compose(NUMBER, mail(subject=subject, text=text))

    raw = composed.message(policy=email.policy.SMTP).as_bytes()
    read = email.message_from_bytes(raw, policy=email.policy.default)

    assert isinstance(read, email.message.EmailMessage)
    assert " ".join(read["Subject"].split()) == " ".join(subject.split())
    assert read.get_content().replace("\r\n", "\n") == text
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_what_parts_a_message_stands_in_none_of_its_words() -> None:
    one, other = (compose(NUMBER, mail(html="<p>x</p>")).message() for _ in range(2))

    assert one.get_boundary() != other.get_boundary()
    assert one.get_boundary() not in one.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    ("subject", "written"),
    [
        ("Plain words", b"Subject: Plain words\r\n"),
        ("=?utf-8?q?not_a_code?=", b"Subject: not a code\r\n"),
        ("Été", b"Subject: =?utf-8?b?w4l0w6k=?=\r\n"),
        ("word " * 20, b"Subject: word word word word word word word word word word word word\r\n"),
    ],
)
def test_short_plain_headers_are_written_as_they_stand(subject: str, written: bytes) -> None:
    raw = compose(NUMBER, mail(subject=subject)).message(policy=email.policy.SMTP).as_bytes()

    assert b"\r\nMessage-ID: <" + str(NUMBER).encode() in raw
    assert written[:60] in raw
