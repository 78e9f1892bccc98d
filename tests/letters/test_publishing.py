"""Publishing freezes the text, gives the letter its key, and opens it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import text
from undersigned.letters.launching import put_up
from undersigned.letters.models import EditionChange, Letter, LetterState, Translation
from undersigned.letters.publishing import (
    KeyNotReady,
    NothingChanged,
    Text,
    bump_revision,
    manifest_hash,
    publish,
)
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def letter(db: None) -> Letter:
    return Letter.objects.create(slug="banned", source_language="en")


def publish_now(letter: Letter, keys: WorkerKeys, *texts: Text) -> None:
    put_up(letter, texts or [text()], keys.keyring, actor="Ana", at=AT)


def test_a_published_letter_is_open_and_can_be_sealed_to(letter: Letter, keys: WorkerKeys) -> None:
    publish_now(letter, keys)

    stored = Letter.objects.get()
    key = keys.keyring.letter_key(letter.pk).public_key().public_bytes_raw()
    assert (stored.state, stored.launched_at, stored.revision) == (LetterState.OPEN, AT, 4)
    assert bytes(stored.sealing_key or b"") == key


def test_every_word_is_frozen_with_the_edition(letter: Letter, keys: WorkerKeys) -> None:
    full = text(
        addressee="To all",
        introduction="Before",
        call="Sign",
        ways_to_help=[{"heading": "Share", "text": "Tell others"}],
        related_campaigns=[{"title": "Other", "text": "", "url": "", "tags": ["a", "b"]}],
        facilitator_note="By us",
        credits="Cleo",
    )
    publish_now(letter, keys, full, text("es"))

    edition = Letter.objects.get().edition
    assert edition is not None
    assert (edition.number, edition.published_at) == (1, AT)
    assert bytes(edition.manifest_hash) == manifest_hash([full, text("es")])
    stored = Translation.objects.get(edition=edition, language="en")
    for name in vars(full):
        assert getattr(stored, name) == getattr(full, name)
    assert [event.details for event in letter.events.filter(actor="Ana").order_by("id")] == [
        {"number": 1, "change": "first"},
        {},
    ]


def test_a_second_edition_keeps_the_key_the_launch_and_the_first_edition(
    letter: Letter, keys: WorkerKeys
) -> None:
    publish_now(letter, keys)
    first = Letter.objects.get()

    put_up(Letter.objects.get(), [text(title="Better")], keys.keyring, actor="Ana")

    second = Letter.objects.get()
    assert second.sealing_key == first.sealing_key
    assert second.launched_at == AT
    assert [edition.number for edition in second.editions.order_by("number")] == [1, 2]
    assert first.edition is not None
    assert first.edition.translations.get().title == "A letter in en"
    assert second.revision == first.revision + 1


def test_a_letter_whose_key_is_gone_gets_no_other(letter: Letter, keys: WorkerKeys) -> None:
    publish_now(letter, keys)
    before = Letter.objects.get()
    Path(keys.keyring.folder / "letters" / str(letter.pk)).unlink()

    with pytest.raises(KeyMissing):
        publish_now(Letter.objects.get(), keys, text(title="Better"))

    after = Letter.objects.get()
    assert (after.sealing_key, after.edition) == (before.sealing_key, before.edition)


def test_a_letter_needs_a_text_in_its_own_language(letter: Letter, keys: WorkerKeys) -> None:
    with pytest.raises(ValueError, match="The text in the letter's own language is missing"):
        publish_now(letter, keys, text("es"))

    assert Letter.objects.get().state == LetterState.DRAFT
    assert Letter.objects.get().sealing_key is None


def test_without_a_time_it_is_now(letter: Letter, keys: WorkerKeys) -> None:
    before = datetime.now(UTC)

    edition = put_up(letter, [text()], keys.keyring, actor="Ana")

    assert before <= edition.published_at <= datetime.now(UTC)


def test_a_revision_only_grows(letter: Letter) -> None:
    bump_revision(letter)
    bump_revision(letter)

    assert Letter.objects.get().revision == 3


# The manifest


def test_the_manifest_is_as_documented() -> None:
    manifest = (
        b"undersigned-edition/v1\n"
        b'{"en":{"addressee":"","body":"We ask for one thing.\\n\\nWe ask for it now.","call":"",'
        b'"consent_publication":"Publish the name with this letter",'
        b'"consent_updates":"Send me updates on this letter",'
        b'"facilitator_note":"","introduction":"","language":"en","related_campaigns":[],'
        b'"title":"Caf\xc3\xa9 <&>","ways_to_help":[]}}'
    )

    assert manifest_hash([text(title="Café <&>")]) == hashlib.sha256(manifest).digest()


def test_the_order_of_the_languages_does_not_matter() -> None:
    assert manifest_hash([text("en"), text("es")]) == manifest_hash([text("es"), text("en")])


WORDS = ("title", "body", "consent_publication", "consent_updates", "addressee", "introduction",
         "call", "facilitator_note")  # fmt: skip


@given(name=st.sampled_from(WORDS), words=st.text(min_size=1))
def test_every_word_counts(name: str, words: str) -> None:
    before = text()
    after = replace(before, **{name: words})

    assert (manifest_hash([after]) == manifest_hash([before])) == (after == before)


def test_credits_are_no_part_of_what_is_signed() -> None:
    assert manifest_hash([text(credits="Carmen")]) == manifest_hash([text()])


def test_without_a_key_nothing_is_published(letter: Letter) -> None:
    with pytest.raises(KeyNotReady):
        publish(letter, [text()], actor="Ana")
    assert not letter.editions.exists()


def test_the_same_words_are_not_published_twice(letter: Letter, keys: WorkerKeys) -> None:
    publish_now(letter, keys)
    with pytest.raises(NothingChanged):
        publish(letter, [text()], actor="Bo")
    assert letter.editions.count() == 1


def test_a_correction_keeps_the_text_and_another_text_begins_anew(
    letter: Letter, keys: WorkerKeys
) -> None:
    publish_now(letter, keys)
    for title, change in (
        ("Better", EditionChange.EDITORIAL),
        ("Other", EditionChange.SUBSTANTIVE),
    ):
        publish(letter, [text(title=title)], actor="Ana", change=change, note=f"Now {title}.")
    editions = letter.editions.order_by("number")
    assert [(one.number, one.text_number, one.change, one.note) for one in editions] == [
        (1, 1, "first", ""),
        (2, 1, "editorial", "Now Better."),
        (3, 2, "substantive", "Now Other."),
    ]


def test_founders_are_told_again_of_another_text_and_not_of_a_correction(
    letter: Letter, keys: WorkerKeys
) -> None:
    publish_now(letter, keys)
    Letter.objects.update(founders_told_at=AT)
    publish(letter, [text(title="Better")], actor="Ana", change=EditionChange.EDITORIAL)
    assert Letter.objects.get().founders_told_at == AT
    publish(letter, [text(title="Other")], actor="Ana")
    assert Letter.objects.get().founders_told_at is None
