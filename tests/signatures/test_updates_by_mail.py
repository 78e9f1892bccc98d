from __future__ import annotations

from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from uuid import UUID

import pytest

from tests.builders import published_letter, text, worker_keys
from tests.signatures.updating import update_of
from undersigned.letters.models import Letter
from undersigned.letters.updates import Words
from undersigned.mail.composing import compose
from undersigned.mail.outbox import Mail
from undersigned.signatures.unsubscribing import unsubscribe_url
from undersigned.signatures.updates_by_mail import UpdateMails


@pytest.fixture
def letter(tmp_path: Path, db: None) -> Letter:
    return published_letter(worker_keys(tmp_path), "banned", texts=[text("en"), text("ar")])


def write(letter: Letter, language: str = "en", *, is_shown: bool = True, **texts: Words) -> Mail:
    update = update_of(letter, texts or None)
    return UpdateMails(letter, update, is_shown).mail("ana@example.org", language, "aaaa")


def test_the_plain_text_reads_well(letter: Letter) -> None:
    mail = write(letter)
    assert mail.subject == "They answered"
    assert mail.text == (
        "They answered\n"
        "\n"
        "We met them on Monday.\n"
        "\n"
        "More <https://example.org/>\n"
        "\n"
        "-- \n"
        "Read this on the web\n"
        "http://127.0.0.1:8000/banned/en/updates/1/\n"
        "\n"
        "You get this because you signed this open letter and asked for updates on it:\n"
        "\n"
        "A letter in en\n"
        "http://127.0.0.1:8000/banned/en/\n"
        "\n"
        "To get no more of them, open this link. Your signature stays.\n"
        "\n"
        "http://127.0.0.1:8000/banned/unsubscribe/aaaa/\n"
        "\n"
        "To see what we hold of you, or to change it, open your own page:\n"
        "\n"
        "http://127.0.0.1:8000/banned/yours/aaaa/\n"
    )


def test_the_page_says_the_same_and_loads_nothing(letter: Letter) -> None:
    mail = write(letter)
    assert "<h1>They answered</h1>\n<p>We met <em>them</em> on Monday.</p>" in mail.html
    assert (
        '<a href="http://127.0.0.1:8000/banned/unsubscribe/aaaa/">Send me no more updates</a>'
        in mail.html
    )
    assert '<a href="http://127.0.0.1:8000/banned/yours/aaaa/">Your signature</a>' in mail.html
    for loading in ("<img", "<link", "<script", "url(", "@import", "src="):
        assert loading not in mail.html


def test_what_organisers_write_cannot_bring_elements(letter: Letter) -> None:
    hostile = Words("<script>1</script>", "<script>2</script>\n\n![x](https://example.org/p.png)")
    mail = write(letter, en=hostile)
    assert "<script" not in mail.html
    assert "<img" not in mail.html
    assert mail.text.startswith("<script>1</script>\n\n")


def test_in_the_language_in_which_they_signed(letter: Letter) -> None:
    mail = write(letter, "ar", ar=Words("أجابوا", "التقينا بهم."), en=Words("They", "x"))
    assert (mail.subject, mail.language) == ("أجابوا", "ar")
    assert '<article lang="ar" dir="rtl"><h1>أجابوا</h1>' in mail.html
    assert '<html lang="ar" dir="rtl">' in mail.html
    assert "/banned/ar/updates/1/" in mail.text
    assert "A letter in ar" in mail.text


def test_untranslated_it_says_its_own_language(letter: Letter) -> None:
    mail = write(letter, "ar")
    assert '<article lang="en" dir="ltr"><h1>They answered</h1>' in mail.html
    assert '<html lang="ar" dir="rtl">' in mail.html
    assert mail.language == "en"


def test_not_public_it_leads_to_no_page(letter: Letter) -> None:
    mail = write(letter, is_shown=False)
    assert "updates/1" not in mail.text + mail.html


def test_each_reader_has_their_own_way_out(letter: Letter) -> None:
    mails = UpdateMails(letter, update_of(letter), is_shown=True)
    for name in ("ana", "bo"):
        mail = mails.mail(f"{name}@example.org", "en", f"{name}-out")
        assert mail.to == f"{name}@example.org"
        assert mail.headers == {
            "List-Id": "<banned.updates.127.0.0.1>",
            "List-Unsubscribe": f"<http://127.0.0.1:8000/banned/unsubscribe/{name}-out/>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        for said in (mail.text, mail.html):
            assert said.count(f"/banned/unsubscribe/{name}-out/") == 1
            assert said.count(f"/banned/yours/{name}-out/") == 1


def test_over_the_wire_one_click_stays_readable(letter: Letter) -> None:
    letter.slug = "a-letter-whose-name-is-as-long-as-a-name-can-possibly-get"
    out = "a" * 22
    mail = UpdateMails(letter, update_of(letter), is_shown=True).mail("a@x.example", "ar", out)
    wire = compose(UUID(int=1), mail).message(policy=SMTP).as_bytes(policy=SMTP)
    assert f"\r\nList-Unsubscribe: <{unsubscribe_url(letter.slug, out)}>\r\n".encode() in wire
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in wire
    parts = message_from_bytes(wire, policy=SMTP)
    assert [part.get_content_type() for part in parts.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert max(len(line) for line in wire.split(b"\r\n")) <= 998


def test_a_title_of_two_lines_is_one_subject(letter: Letter) -> None:
    assert write(letter, en=Words("One\n two", "x")).subject == "One two"
