"""What a letter is, and what the database refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.builders import published_letter, text
from undersigned.letters.models import Edition, Letter, LetterEvent, LetterState, Translation
from undersigned.signatures.worker_keys import WorkerKeys

NOW = timezone.now()
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "open_"),
    [
        (LetterState.DRAFT, False),
        (LetterState.GATHERING, True),
        (LetterState.OPEN, True),
        (LetterState.CLOSED, False),
        (LetterState.ARCHIVED, False),
    ],
)
def test_which_letters_take_signatures(state: LetterState, open_: bool) -> None:
    assert Letter(slug="letter", state=state).takes_signatures(NOW) is open_


def test_signing_ends_at_the_deadline() -> None:
    letter = Letter(state=LetterState.OPEN, deadline=NOW)

    assert letter.takes_signatures(NOW - SECOND) is True
    assert letter.takes_signatures(NOW) is False


@pytest.mark.django_db
@pytest.mark.parametrize("state", [LetterState.OPEN, LetterState.CLOSED, LetterState.ARCHIVED])
def test_the_database_refuses_a_public_letter_without_a_text(state: LetterState) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(slug="letter", source_language="en", state=state)


@pytest.mark.django_db
def test_the_database_refuses_a_second_letter_at_an_address() -> None:
    Letter.objects.create(slug="letter", source_language="en")

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(slug="letter", source_language="es")


@pytest.mark.django_db
def test_the_database_refuses_an_edition_or_a_language_twice(keys: WorkerKeys) -> None:
    letter = published_letter(keys, texts=[text("en")])
    edition = letter.edition
    assert edition is not None

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(letter=letter, number=1, manifest_hash=b"", published_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Translation.objects.create(edition=edition, language="en", title="Again", body="")


@pytest.mark.django_db
def test_rows_name_themselves(keys: WorkerKeys) -> None:
    letter = published_letter(keys, slug="banned")
    edition = letter.edition
    assert edition is not None

    assert str(letter) == "banned"
    assert str(edition) == f"{letter.pk} edition 1"
    assert str(edition.translations.get()) == f"{edition.pk} en"
    assert str(LetterEvent.objects.get(act="publish edition")) == f"publish edition {letter.pk}"
