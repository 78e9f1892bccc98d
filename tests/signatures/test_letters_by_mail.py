"""The mails' words, in each language, with nothing that was typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from undersigned.mail.outbox import Mail
from undersigned.signatures.letters_by_mail import (
    Invitation,
    Occasion,
    already_signed,
    confirm_please,
)

FIRST = Invitation("Ban it", "https://letters.example/ban/confirm/AAA/")
SECOND = Invitation("Stop “it” & <co>", "https://letters.example/stop/confirm/BBB/")


def occasion(language: str) -> Occasion:
    return Occasion("ana@example.org", language, "Ban it", "https://letters.example/ban/en/")


def confirm(*invitations: Invitation, language: str = "en", begun_before: bool = False) -> Mail:
    return confirm_please(occasion(language), invitations, begun_before=begun_before)


def already(*invitations: Invitation, language: str = "en") -> Mail:
    return already_signed(occasion(language), invitations)


def links(mail: Mail) -> list[str]:
    return [line for line in mail.text.splitlines() if line.startswith("https://")]


def test_a_link_to_confirm_stands_on_a_line_of_its_own() -> None:
    mail = confirm(FIRST)

    assert mail.subject == "One step left: confirm your signature of “Ban it”"
    assert links(mail) == ["https://letters.example/ban/en/", FIRST.url]
    assert "wait for your confirmation" not in mail.text
    assert "more than once" not in mail.text


def test_other_letters_that_wait_are_named_with_their_links() -> None:
    mail = confirm(FIRST, SECOND, begun_before=True)

    assert links(mail) == ["https://letters.example/ban/en/", FIRST.url, SECOND.url]
    # Plain text: nothing is escaped.
    assert "\nStop “it” & <co>\n" in mail.text
    assert "more than once" in mail.text


def test_who_has_signed_gets_no_link_for_it() -> None:
    assert already().subject == "You have already signed “Ban it”"
    assert links(already()) == ["https://letters.example/ban/en/"]
    assert links(already(SECOND)) == ["https://letters.example/ban/en/", SECOND.url]


def test_who_wrote_to_us_reads_of_a_message_and_of_no_form() -> None:
    mailed = replace(occasion("en"), by_mail=True)
    own_url = "https://letters.example/ban/yours/AAA/"
    first = "Somebody, perhaps you, sent a message from your address to sign this open letter:"
    for mail, url in (
        (confirm_please(mailed, [FIRST], begun_before=True), FIRST.url),
        (already_signed(mailed, [], own_url=own_url), own_url),
    ):
        assert mail.text.splitlines()[:4] == [
            first,
            "",
            "Ban it",
            "https://letters.example/ban/en/",
        ]
        assert url in links(mail)
        assert "form" not in mail.text
        assert "\n\n\n" not in mail.text
    assert "filled in the form" in confirm(FIRST).text
    assert "filled in the form" in already().text


@pytest.mark.parametrize(("language", "words"), [("es", "es"), ("ar", "ar"), ("es-mx", "es")])
def test_each_mail_is_wholly_in_its_language(language: str, words: str) -> None:
    for make in (confirm, already):
        english = make(FIRST, SECOND)
        translated = make(FIRST, SECOND, language=language)

        assert translated.language == words
        assert links(translated) == links(english)
        assert translated.subject != english.subject
        kept = set(english.text.splitlines()) & set(translated.text.splitlines())
        assert kept == {"", "Ban it", SECOND.title, *links(english)}


@pytest.mark.parametrize("language", ["ka", "xx", "yue"])
def test_english_stands_in_for_languages_that_the_product_lacks(language: str) -> None:
    mail = confirm(FIRST, language=language)

    assert (mail.language, mail.subject) == ("en", confirm(FIRST).subject)


def test_the_workers_language_stays_as_it_was() -> None:
    with translation.override("ar"):
        confirm(FIRST, language="es")
        already(language="en")
        assert translation.get_language() == "ar"
