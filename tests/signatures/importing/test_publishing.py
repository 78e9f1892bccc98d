"""A letter that was read is put up with its signatories, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError

from undersigned.letters.models import Letter, LetterState, Translation
from undersigned.letters.prose import render_prose
from undersigned.signatures.counting import Counts, count_changes, read_counts
from undersigned.signatures.importing.proposal import (
    LetterText,
    Passage,
    Reading,
    RelatedCampaign,
)
from undersigned.signatures.importing.publishing import IncompleteLetter, put_up
from undersigned.signatures.importing.signatories import Individual, Organisation
from undersigned.signatures.models import Signature, Tally
from undersigned.signatures.signatories import first_signatories
from undersigned.vault.keys import Keyring

pytestmark = pytest.mark.django_db

TEXT = LetterText(
    title="Ban it",
    introduction=("Before the letter.",),
    body=("1. We ask *one* thing.", "Now."),
    call=("Sign below.",),
    ways_to_help=(Passage("Share", "Use #BanIt."),),
    related_campaigns=(RelatedCampaign("Stop it", ("a", "b"), "A campaign."),),
    drafters=("Union", "Access Example"),
    facilitator="Union",
    contacts=("Write to <us>.",),
    hashtag="#BanIt",
    last_update="2021-12-21",
)
READING = Reading(
    letter=TEXT,
    organisations=(
        Organisation("o1", "Union", place="Germany", country="DE", website="https://u.example"),
        Organisation("o2", "Regional", place="MENA"),
        Organisation("o3", "Local", place="Kenya", country="KE", city="Nairobi"),
        Organisation("o4", "Town", city="Berlin"),
        Organisation("o5", "City State", city="Singapore", place="Singapore", country="SG"),
    ),
    featured=(
        Individual("f1", "Dr. Zoe Famous", "Poet", "PEN", sorting_name="Zoe Famous", featured=True),
    ),
    others=(
        Individual("p1", "Ana Example", sorting_name="Ana Example", country="FR", place="France"),
    ),
)


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")


def publish(keyring: Keyring, reading: Reading = READING, language: str = "en") -> Letter:
    return put_up(reading, "ban-it", language, keyring, actor="Ana")


def test_the_letter_is_open_with_all_its_parts(keyring: Keyring) -> None:
    publish(keyring)

    letter = Letter.objects.get()
    assert (letter.slug, letter.source_language, letter.state) == ("ban-it", "en", LetterState.OPEN)
    assert (letter.facilitator, letter.hashtag) == ("Union", "#BanIt")
    assert letter.drafters == ["Union", "Access Example"]
    assert letter.last_update == date(2021, 12, 21)
    assert [event.actor for event in letter.events.all()] == ["Ana", "Ana"]
    words = Translation.objects.get()
    assert words.edition == letter.edition
    assert (words.language, words.title) == ("en", "Ban it")
    assert words.consent_publication == "Publish the name with this letter"
    assert words.related_campaigns == [
        {"title": "Stop it", "text": "A campaign.", "url": "", "tags": ["a", "b"]}
    ]


def test_plain_words_stay_plain_on_the_page(keyring: Keyring) -> None:
    publish(keyring)

    words = Translation.objects.get()
    assert render_prose(words.body) == "<p>1. We ask *one* thing.</p>\n<p>Now.</p>\n"
    assert render_prose(words.facilitator_note) == "<p>Write to &lt;us&gt;.</p>\n"
    assert render_prose(words.introduction) == "<p>Before the letter.</p>\n"
    assert render_prose(words.call) == "<p>Sign below.</p>\n"
    (way,) = words.ways_to_help
    assert (way["heading"], render_prose(way["text"])) == ("Share", "<p>Use #BanIt.</p>\n")


def test_its_signatories_are_listed_and_counted_at_once(keyring: Keyring) -> None:
    letter = publish(keyring)

    first = first_signatories(letter, "en")
    assert [(entry.name, entry.place, entry.website) for entry in first.organisations] == [
        ("City State", "Singapore", ""),
        ("Local", "Nairobi, Kenya", ""),
        ("Regional", "MENA", ""),
        ("Town", "Berlin", ""),
        ("Union", "Germany", "https://u.example"),
    ]
    assert [(entry.name, entry.title, entry.affiliation) for entry in first.featured] == [
        ("Dr. Zoe Famous", "Poet", "PEN")
    ]
    assert [(entry.name, entry.place) for entry in first.people] == [("Ana Example", "France")]
    assert read_counts(letter) == Counts(organisations=5, people=2, countries=4)
    assert count_changes() == 0


def test_people_are_sorted_without_their_titles(keyring: Keyring) -> None:
    publish(keyring)

    assert dict(Signature.objects.exclude(sorts_as="").values_list("name", "sorts_as")) == {
        "Dr. Zoe Famous": "Zoe Famous"
    }


def test_only_the_letters_own_signatures_are_counted(keyring: Keyring) -> None:
    publish(keyring)
    Signature.objects.get(name="Union").changes.update(is_counted=False)
    before = Tally.objects.get(country="DE").total

    put_up(READING, "another", "en", keyring, actor="Ana")

    assert Tally.objects.get(country="DE", letter__slug="ban-it").total == before


def test_a_letter_may_have_no_date_and_nobody_under_it(keyring: Keyring) -> None:
    letter = publish(keyring, Reading(letter=LetterText(title="Ban it", body=("Now.",))))

    assert letter.last_update is None
    assert read_counts(letter) == Counts(0, 0, 0)


@pytest.mark.parametrize("missing", [{"title": ""}, {"body": ()}])
def test_without_a_title_or_a_text_there_is_no_letter(
    keyring: Keyring, missing: dict[str, str]
) -> None:
    with pytest.raises(IncompleteLetter, match=r"^No letter with a title and a text was found"):
        publish(keyring, replace(READING, letter=replace(TEXT, **missing)))

    assert Letter.objects.count() == 0


@pytest.mark.parametrize("language", ["", "English", "e", "en_GB", "EN", "en-", "x-klingon"])
def test_the_language_must_be_said(keyring: Keyring, language: str) -> None:
    with pytest.raises(IncompleteLetter, match=r"^Say which language the letter is in"):
        publish(keyring, language=language)


@pytest.mark.parametrize("language", ["en", "my", "pt-br", "zh-hant", "zh-hant-tw", "ckb"])
def test_languages_are_said_by_their_codes(keyring: Keyring, language: str) -> None:
    assert publish(keyring, language=language).source_language == language


@pytest.mark.parametrize(
    ("part", "longest"), [("title", 300), ("facilitator", 200), ("hashtag", 60)]
)
def test_what_cannot_be_stored_whole_is_said(keyring: Keyring, part: str, longest: int) -> None:
    fits = replace(READING, letter=replace(TEXT, **{part: "x" * longest}))
    publish(keyring, fits)

    too_long = replace(READING, letter=replace(TEXT, **{part: "x" * (longest + 1)}))
    with pytest.raises(IncompleteLetter) as refusal:
        put_up(too_long, "another", "en", keyring, actor="Ana")
    assert str(refusal.value) == (
        f"What was read as the letter's {part} has more than {longest} characters. "
        "Put it on a line of its own, and shorten it."
    )


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_too_long_leaves_nothing_half_done(keyring: Keyring) -> None:
    long = Organisation("o9", "Paragraph taken for a name " * 10)

    with pytest.raises(IncompleteLetter, match=r"^“Paragraph taken for a name .*120 are the most"):
        publish(keyring, replace(READING, organisations=(*READING.organisations, long)))

    assert (Letter.objects.count(), Signature.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_taken_stays_with_its_letter(keyring: Keyring) -> None:
    first = publish(keyring)

    with pytest.raises(IntegrityError):
        publish(keyring, replace(READING, letter=replace(TEXT, title="Another")))

    assert Letter.objects.get() == first
    assert Translation.objects.get().title == "Ban it"
