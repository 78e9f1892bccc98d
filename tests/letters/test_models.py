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
    ("state", "public", "open_"),
    [
        (LetterState.DRAFT, False, False),
        (LetterState.GATHERING, False, False),
        (LetterState.OPEN, True, True),
        (LetterState.CLOSED, True, False),
        (LetterState.ARCHIVED, True, False),
    ],
)
def test_who_may_see_and_sign_in_which_state(state: LetterState, public: bool, open_: bool) -> None:
    letter = Letter(slug="letter", state=state)

    assert (letter.is_public, letter.takes_signatures(NOW)) == (public, open_)


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
    assert str(LetterEvent.objects.get()) == f"publish edition {letter.pk}"
