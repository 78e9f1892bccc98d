"""What people do with a letter in two languages, in one line each."""

from __future__ import annotations

import uuid

from undersigned.letters.drafting import draft_of, save
from undersigned.letters.editions import publish_drafts
from undersigned.letters.models import Edition, EditionChange, Letter
from undersigned.letters.translating.approving import approve, hand_in, seen
from undersigned.letters.translating.working import Typed, Worker, save_words, source_text

EVA = Worker(uuid.UUID(int=1), "Eva")
VOLUNTEER = Worker(uuid.UUID(int=2))


def type_in(
    letter: Letter, words: dict[str, str], worker: Worker = VOLUNTEER, language: str = "es"
) -> None:
    typed = {key: Typed(text) for key, text in words.items()}
    save_words(letter, language, source_text(letter), typed, worker=worker)


def put_out(letter: Letter, words: dict[str, str], *, language: str = "es") -> Edition | None:
    """A volunteer translates everything, and an organiser lets it through."""
    type_in(letter, words, language=language)
    hand_in(letter, language, worker=VOLUNTEER)
    as_seen = seen(letter, language)
    return approve(letter, language, worker=EVA, is_organiser=True, as_seen=as_seen)


def rewrite(letter: Letter, **words: object) -> Letter:
    """The source says something else, and it is published as a correction."""
    letter = Letter.objects.get(pk=letter.pk)
    draft = draft_of(letter, "en")
    save(draft, draft.words, {**draft.words, **words}, actor="Ana")
    publish_drafts(letter, actor="Ana", change=EditionChange.EDITORIAL, note="mended")
    return Letter.objects.get(pk=letter.pk)
