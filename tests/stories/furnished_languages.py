"""A furnished letter in another language: read in part, outdated in part, handed in."""

from __future__ import annotations

from typing import Any

from tests.stories.furnished_people import People
from undersigned.letters.models import Letter, LetterLanguage, Translator, WordingOrigin
from undersigned.letters.translating.approving import hand_in
from undersigned.letters.translating.working import (
    Typed,
    Worker,
    begin,
    save_words,
    source_text,
    take_published_in,
)

LANGUAGE = "es"


def furnish_languages(letter: Letter, people: People) -> dict[str, Any]:
    """Every standing that a block can have; returns what addresses name."""
    begin(letter, LANGUAGE)
    worker = Worker(None, people.bo.name)
    _say(letter, {"title-0-0": "Por el aire", "body-0-1": "Las pedimos ya."}, worker)
    _say(letter, {"title-0-0": "Por un aire limpio"}, worker, began="Por el aire")
    drafted = {"body-0-0": Typed("Pedimos dos cosas.", origin=WordingOrigin.MACHINE)}
    save_words(letter, LANGUAGE, source_text(letter), drafted, worker=Worker(None))
    take_published_in(letter, "ar")
    LetterLanguage.objects.filter(letter=letter).update(credits="Bo Example")
    hand_in(letter, LANGUAGE, worker=worker, message="Is the title too free?")
    wording = letter.wordings.get(language=LANGUAGE, field="title")
    volunteer = Translator.objects.create(letter=letter, language="fr")
    return {"language": LANGUAGE, "wording": wording.pk, "translator": volunteer.pk}


def _say(letter: Letter, words: dict[str, str], worker: Worker, *, began: str = "") -> None:
    typed = {key: Typed(text, began) for key, text in words.items()}
    save_words(letter, LANGUAGE, source_text(letter), typed, worker=worker)
