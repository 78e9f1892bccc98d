"""Letters are found where they may be seen, in the words that there are."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.builders import published_letter, text
from undersigned.letters.launching import put_up
from undersigned.letters.models import Letter, LetterState
from undersigned.letters.queries import letter_words, public_letter
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


def test_a_public_letter_is_found_with_its_edition(
    keys: WorkerKeys, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    letter = published_letter(keys, slug="banned")
    edition = letter.edition

    with django_assert_num_queries(1):
        found = public_letter("banned")
        assert found == letter
        assert found is not None
        assert found.edition == edition


@pytest.mark.parametrize("state", [LetterState.DRAFT, LetterState.GATHERING])
def test_a_letter_that_is_not_public_is_not_found(keys: WorkerKeys, state: LetterState) -> None:
    published_letter(keys, slug="banned", state=state)

    assert public_letter("banned") is None
    assert public_letter("unknown") is None


def test_a_reader_gets_their_language_or_the_letters_own(keys: WorkerKeys) -> None:
    letter = published_letter(
        keys, source_language="es", texts=[text("en"), text("es"), text("ar"), text("de")]
    )

    for language, title, translated in [
        ("en", "A letter in en", True),
        ("es", "A letter in es", True),
        ("my", "A letter in es", False),
    ]:
        words = letter_words(letter, language)
        assert (words.translation.title, words.translated) == (title, translated)
        assert words.languages == ("es", "ar", "de", "en")


def test_a_new_edition_replaces_the_words(keys: WorkerKeys) -> None:
    letter = published_letter(keys, texts=[text(title="Before")])
    put_up(letter, [text(title="After")], keys.keyring, actor="test")

    assert letter_words(Letter.objects.get(), "en").translation.title == "After"
