"""From drafts to editions, and what each of them changed."""

from __future__ import annotations

import pytest

from tests.builders import published_letter, text
from undersigned.letters.creating import NewLetter, create
from undersigned.letters.drafting import draft_of, save
from undersigned.letters.editions import (
    TextIncomplete,
    changed_by_language,
    drafted_texts,
    publish_drafts,
    published_texts,
)
from undersigned.letters.models import EditionChange, Letter
from undersigned.letters.publishing import NothingChanged
from undersigned.letters.summaries import summary
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys, texts=[text("en"), text("es")])


def write(letter: Letter, language: str = "en", **typed: str) -> None:
    draft = draft_of(letter, language)
    save(draft, draft.words, typed, actor="Ana")


def publish(letter: Letter, change: EditionChange = EditionChange.EDITORIAL) -> Letter:
    publish_drafts(letter, actor="Ana", change=change, note="A slip")
    return Letter.objects.select_related("edition").get(pk=letter.pk)


def test_drafts_are_published_with_the_other_languages_as_they_are(letter: Letter) -> None:
    write(letter, body="We ask for two things.")

    assert [(one.language, one.body) for one in drafted_texts(letter)] == [
        ("en", "We ask for two things."),
        ("es", "We ask for one thing.\n\nWe ask for it now."),
    ]
    letter = publish(letter)
    assert letter.edition is not None
    assert (letter.edition.number, letter.edition.note) == (2, "A slip")
    with pytest.raises(NothingChanged):
        publish(letter)


def test_what_would_change_is_told_by_language(letter: Letter) -> None:
    assert changed_by_language(letter, drafted_texts(letter)) == {}
    write(letter, "es", title="Otra carta")

    changed = changed_by_language(letter, drafted_texts(letter))

    assert {code: summary(found) for code, found in changed.items()} == {
        "es": "4 words changed in the title"
    }


def test_a_text_without_its_words_is_not_published(keys: WorkerKeys) -> None:
    team = Team.objects.create(name="Coalition")
    letter = create(team, NewLetter("Clean air", "clean-air", "en"), actor="Ana")
    write(letter, consent_updates=" ")

    with pytest.raises(TextIncomplete) as refusal:
        publish(letter)

    assert (refusal.value.language, refusal.value.missing) == ("en", ("body", "consent_updates"))


def test_every_edition_is_told_with_what_it_changed(letter: Letter) -> None:
    write(letter, title="Our letter")
    letter = publish(letter)
    write(letter, body="We ask for two things.\n\nWe ask for them now.")
    letter = publish(letter, EditionChange.SUBSTANTIVE)

    found = published_texts(letter, "en")

    assert [(one.edition.number, one.edition.change) for one in found] == [
        (3, "substantive"), (2, "editorial"), (1, "first")
    ]  # fmt: skip
    assert [one.changed and [*one.changed] for one in found] == [["body"], ["title"], None]
    assert found[-1].translation.title == "A letter in en"
    assert published_texts(letter, "fr") == []


def test_of_a_letter_that_nobody_wrote_yet_there_is_nothing_to_publish() -> None:
    letter = Letter.objects.create(slug="blank", source_language="en")
    assert drafted_texts(letter) == []
