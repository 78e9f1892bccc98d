"""The document's own words, in the reader's language and digits."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.signatures.exporting.documents import AS_OF
from undersigned.signatures.exporting.document import Counts, LogHead, Words, words_for

AS_OF_SENTENCE = (
    "As of 23 November 2026. Signatures: 1,234 (organisations: 1,200; people: 34; countries: 5)."
)


GIVEN: dict[str, Any] = {
    "language": "en",
    "letter_language": "en",
    "counts": Counts(organisations=1, people=2, countries=1),
    "as_of": AS_OF,
    "published": None,
    "drafters": (),
    "edition_number": 2,
    "has_featured": False,
    "log": None,
}


def words(
    language: str = "en",
    letter_language: str = "en",
    *,
    unnamed: int = 0,
    paper: int = 0,
    published: date | None = date(2026, 9, 1),
    drafters: tuple[str, ...] = ("Example Foundation", "حر"),
    log: LogHead | None = None,
    has_featured: bool = False,
) -> Words:
    return words_for(
        language,
        letter_language=letter_language,
        counts=Counts(organisations=1200, people=34, countries=5, unnamed=unnamed, paper=paper),
        as_of=AS_OF,
        published=published,
        drafters=drafters,
        edition_number=2,
        has_featured=has_featured,
        log=log,
    )


def test_english_words() -> None:
    assert words(unnamed=2, log=LogHead(12345, "ab" * 32), has_featured=True) == Words(
        language="en",
        dateline="1 September 2026",
        drafted_by="Drafted by Example Foundation and \u2068حر\u2069.",
        signatories="Signatories",
        counts=(
            AS_OF_SENTENCE,
            "2 of them are counted without a name, as their owners chose.",
        ),
        among="Among the signatories",
        organisations="Organisations",
        people="More people",
        about="About this document",
        edition="This is edition 2 of the letter, with its signatures as of 23 November 2026.",
        hash="Fingerprint (SHA-256) of the text that was signed:",
        log="Public log of signatures at 12,345 entries; the root of its tree:",
    )


def test_nothing_is_said_of_what_is_not_there() -> None:
    made = words(published=None, drafters=())
    assert (made.dateline, made.drafted_by, made.log, len(made.counts)) == ("", "", "", 1)
    assert made.people == "People"


def test_one_who_is_not_named() -> None:
    assert words(unnamed=1).counts[1] == (
        "1 of them is counted without a name, as its owner chose."
    )


def test_paper_is_counted_apart() -> None:
    assert words(paper=1200).counts[1] == (
        "1,200 more signatures were given on paper and are counted apart."
    )


def test_the_letters_date_is_in_its_own_language_even_where_our_words_are_not() -> None:
    assert words("en", "my").dateline == "၂၀၂၆ စက်တင်ဘာ ၁"


def test_where_cldr_does_not_know_the_language_our_words_one_dates_the_letter() -> None:
    assert words("es", "xx").dateline == "1 de septiembre de 2026"


def test_words_of_other_languages_come_from_their_catalogue() -> None:
    assert (words("ar", "ar").signatories, words("es", "es").organisations) == (
        "الموقّعون",
        "Organizaciones",
    )


def test_a_translation_says_which_text_counts_and_how_far_it_is_behind() -> None:
    plain = words_for(**GIVEN, original="العربية")
    assert plain.behind == ""
    assert plain.original == (
        "The text that counts is the letter as it was written: \u2068العربية\u2069."
    )
    behind = "This translation is behind the letter in 2 places, which are marked."
    assert words_for(**GIVEN, original="Español", behind=2).behind == behind
