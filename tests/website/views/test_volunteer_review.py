"""A second speaker, who is a volunteer too, lets a translation through or sends it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.letters.translating.hands import type_in
from tests.letters.translating.offers import installed, joined
from tests.website.views.test_volunteering import SPANISH, path_of
from undersigned.letters.models import (
    LanguageState,
    Letter,
    LetterEvent,
    LetterLanguage,
    Translation,
    Translator,
)
from undersigned.letters.translating.approving import hand_in, seen
from undersigned.letters.translating.volunteering import worker_of
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, db: None) -> WorkerKeys:
    return installed(tmp_path)


@pytest.fixture
def carmen(letter: Letter) -> Translator:
    """Has handed everything in, with a name to be shown."""
    volunteer = joined(letter, credit="Carmen")
    type_in(letter, SPANISH, worker_of(volunteer))
    hand_in(letter, "es", worker=worker_of(volunteer), message="Look at the title.")
    return volunteer


@pytest.fixture
def bo(letter: Letter, carmen: Translator, keys: WorkerKeys) -> str:
    """The path of Bo, who speaks Spanish as well, and wrote nothing."""
    return path_of(joined(letter, email="bo@example.org"), keys)


def is_public() -> bool:
    return Translation.objects.filter(language="es").exists()


def test_whoever_wrote_none_of_it_reads_it_beside_the_letter(client: Client, bo: str) -> None:
    assert f'href="{bo}review/"' in client.get(bo).text
    page = client.get(f"{bo}review/").text

    for words in ("We ask for one thing.", "Pedimos una cosa.", "Look at the title.", "Carmen"):
        assert words in page


def test_it_is_let_through_as_it_was_read(client: Client, letter: Letter, bo: str) -> None:
    stale = client.post(f"{bo}review/", {"seen": "x"})
    assert stale.status_code == 409
    assert "somebody changed words while you read" in stale.text
    assert not is_public()

    answer = client.post(f"{bo}review/", {"seen": seen(letter, "es")})
    assert (answer.status_code, answer.headers["Location"]) == (303, bo)
    assert Translation.objects.get(language="es").credits == "Carmen"
    assert LetterEvent.objects.filter(act="approve translation").get().actor == "translator"
    assert client.get(f"{bo}review/").headers["Location"] == bo, "nothing waits any more"


def test_it_is_sent_back_with_a_word(client: Client, bo: str) -> None:
    answer = client.post(f"{bo}review/", {"back": "yes", "message": "The title, please."})

    assert answer.status_code == 303
    row = LetterLanguage.objects.get()
    assert (row.state, row.message) == (LanguageState.WORKING, "The title, please.")
    assert not is_public()


def test_nobody_lets_their_own_words_through(
    client: Client, letter: Letter, carmen: Translator, keys: WorkerKeys
) -> None:
    path = path_of(carmen, keys)
    assert f"{path}review/" not in client.get(path).text
    page = client.get(f"{path}review/")
    assert "You wrote some of these words yourself." in page.text
    assert "name=seen" not in page.text

    refused = client.post(f"{path}review/", {"seen": seen(letter, "es")})
    assert refused.status_code == 403
    assert not is_public()


def test_what_is_not_whole_is_not_let_through(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    carmen, bo = joined(letter), path_of(joined(letter), keys)
    type_in(letter, {"title-0-0": "Una carta"}, worker_of(carmen))
    hand_in(letter, "es", worker=worker_of(carmen))
    answer = client.post(f"{bo}review/", {"seen": seen(letter, "es")})

    assert answer.status_code == 409
    assert "4 blocks have no words that were read" in answer.text


def test_what_is_public_already_is_not_published_again(
    client: Client, letter: Letter, bo: str
) -> None:
    client.post(f"{bo}review/", {"seen": seen(letter, "es")})
    LetterLanguage.objects.update(state=LanguageState.SUBMITTED)
    answer = client.post(f"{bo}review/", {"seen": seen(letter, "es")})

    assert answer.status_code == 409
    assert "the words are public already" in answer.text


def test_without_a_key_it_waits(client: Client, letter: Letter, bo: str) -> None:
    Letter.objects.update(sealing_key=None)
    answer = client.post(f"{bo}review/", {"seen": seen(letter, "es")})

    assert answer.status_code == 409
    assert not is_public()
