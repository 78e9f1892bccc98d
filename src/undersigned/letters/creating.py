"""Create a letter: an address, a language, and a draft to write in. The worker adds its key."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from undersigned.letters.consents import default_consents
from undersigned.letters.models import Draft, DraftVersion, Letter, LetterEvent
from undersigned.letters.publishing import Text
from undersigned.teams.models import Team


class SlugTaken(Exception):
    """Another letter has this address."""


@dataclass(frozen=True)
class NewLetter:
    """What a letter begins with. `slug` as `website.urls` allows it; `language` a CLDR code."""

    title: str
    slug: str
    language: str


def create(team: Team, new: NewLetter, *, actor: str) -> Letter:
    """Raises SlugTaken."""
    try:
        with transaction.atomic():
            letter = Letter.objects.create(team=team, slug=new.slug, source_language=new.language)
            start_draft(letter, new.language, {"title": new.title}, actor=actor)
            LetterEvent.objects.create(letter=letter, actor=actor, act="create letter")
    except IntegrityError:
        raise SlugTaken from None
    return letter


def start_draft(letter: Letter, language: str, words: dict[str, object], *, actor: str) -> Draft:
    """A language's draft with its first version; what `words` leaves out is empty."""
    now = timezone.now()
    whole = {**blank_words(language), **words}
    draft = Draft.objects.create(
        letter=letter, language=language, words=whole, saved_by=actor, saved_at=now
    )
    DraftVersion.objects.create(draft=draft, version=1, words=whole, author=actor, saved_at=now)
    return draft


def blank_words(language: str) -> dict[str, object]:
    """The words of a text that nobody has written yet: only the usual consents."""
    consents = default_consents(language)
    text = Text(
        language=language,
        title="",
        body="",
        consent_publication=consents["consent_publication"],
        consent_updates=consents["consent_updates"],
    )
    return asdict(text)
