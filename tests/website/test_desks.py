"""Where forms are handed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import published_letter
from tests.website.visiting import good_form
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.signing import SigningClosed
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.seal import SealingKeyMissing
from undersigned.website.desks import open_counter


def test_a_form_in_order_becomes_a_row_and_a_language(letter: Letter) -> None:
    accepted = open_counter(letter).accept(good_form(letter, language="es"))
    assert accepted is not None
    row, language = accepted
    assert language == "es"
    assert row[1] == letter.pk
    assert b"ana@example.org" not in b"".join(part for part in row if isinstance(part, bytes))


@pytest.mark.parametrize("language", [None, "", "xx", "ka"])
def test_without_a_known_language_it_is_the_letters(
    keys: WorkerKeys, letter: Letter, language: str | None
) -> None:
    accepted = open_counter(letter).accept(good_form(letter, language=language))
    assert accepted is not None
    assert accepted[1] == "en"


@pytest.mark.parametrize("changes", [{"stamp": None}, {"stamp": "0.x"}, {"name": ""}])
def test_what_is_not_in_order_must_be_shown_again(
    letter: Letter, changes: dict[str, str | None]
) -> None:
    assert open_counter(letter).accept(good_form(letter, **changes)) is None


@pytest.mark.parametrize(
    "columns",
    [{"state": LetterState.CLOSED}, {"deadline": datetime.now(UTC) - timedelta(seconds=1)}],
)
@pytest.mark.django_db
def test_a_closed_letter_takes_none(keys: WorkerKeys, columns: dict[str, object]) -> None:
    closed = published_letter(keys, **columns)
    with pytest.raises(SigningClosed):
        open_counter(closed).accept(good_form(closed))


@pytest.mark.parametrize("key", [None, b"", b"short"])
def test_without_a_key_there_is_no_counter(letter: Letter, key: bytes | None) -> None:
    letter.sealing_key = key
    with pytest.raises(SealingKeyMissing):
        open_counter(letter)
