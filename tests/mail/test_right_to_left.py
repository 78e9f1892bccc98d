"""Arabic, Persian, Urdu: punctuation stands where it belongs, and a page says how it runs."""

from __future__ import annotations

import email
import email.policy
import uuid

import pytest

from tests.mail.posting import mail
from undersigned.mail.composing import compose
from undersigned.mail.right_to_left import MARK, marked, page_of, runs_from_the_right


@pytest.mark.parametrize(
    ("language", "does"),
    [
        ("ar", True),
        ("fa", True),
        ("ur", True),
        ("en", False),
        ("zh-hans", False),
        ("x-no", False),
        ("§", False),
    ],
)
def test_which_languages(language: str, does: bool) -> None:
    assert runs_from_the_right(language) is does


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("مرحبا.", MARK),
        ("«مرحبا»", MARK),
        ("مرحبا", ""),
        ("مرحبا Ana", ""),
        ("https://letters.example.org/", ""),
        ("- مرحبا:", MARK),
        ("Ana: مرحبا!", ""),
        ("…", ""),
        ("", ""),
    ],
)
def test_only_lines_of_the_script_with_an_open_end_are_marked(line: str, end: str) -> None:
    assert marked(f"{line}\n{line}") == f"{line}{end}\n{line}{end}"


def test_the_page_has_paragraphs_lines_and_links() -> None:
    page = page_of("مرحبا <b>:\nhttps://x.example/?a=1&b=2\n\n\nسلام\n", "ar")
    assert '<html lang="ar" dir="rtl">' in page
    link = "https://x.example/?a=1&amp;b=2"
    assert (
        f'<p>مرحبا &lt;b&gt;:<br>\n<a href="{link}" dir="ltr">{link}</a></p>\n<p>سلام</p>\n' in page
    )


def test_a_mail_has_both() -> None:
    words = mail(language="ar", subject="أكّدوا «الرسالة»", text="مرحبا.\n")
    sent = compose(uuid.uuid4(), words).message()
    read = email.message_from_bytes(sent.as_bytes(), policy=email.policy.default)
    assert isinstance(read, email.message.EmailMessage)
    plain, page = read.get_body(("plain",)), read.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert read["Subject"] == "أكّدوا «الرسالة»"
    assert plain.get_content() == f"مرحبا.{MARK}\n"
    assert "<p>مرحبا.</p>" in page.get_content()


def test_a_page_of_its_own_stays() -> None:
    sent = compose(uuid.uuid4(), mail(language="ar", html="<p>1</p>"))
    assert [content for content, _ in sent.alternatives] == ["<p>1</p>"]


def test_other_languages_stay_as_they_are() -> None:
    sent = compose(uuid.uuid4(), mail(language="en", text="Say “مرحبا”.\n"))
    assert (sent.body, sent.alternatives) == ("Say “مرحبا”.\n", [])
