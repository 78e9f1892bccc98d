"""What pages and feeds show of a letter's updates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from undersigned.letters.formatting import long_day
from undersigned.letters.models import Letter
from undersigned.letters.updates import public_updates, text_for, update_path
from undersigned.website.languages import direction, words_language


@dataclass(frozen=True)
class Shown:
    """One update as a page in some language shows it; its words may be in another `language`.

    `body` is Markdown; `day` is written out.
    """

    id: str
    url: str
    title: str
    body: str
    language: str
    direction: str
    day: str
    published_at: datetime
    changed_at: datetime


def shown_updates(letter: Letter, language: str) -> Sequence[Shown]:
    """Those that are public, the latest first."""
    words = words_language(language)
    shown = []
    for update in public_updates(letter):
        assert update.published_at is not None  # noqa: S101  as it is public
        text = text_for(update, language)
        shown.append(
            Shown(
                id=str(update.pk),
                url=update_path(letter, language, update.number),
                title=text.title,
                body=text.body,
                language=text.language,
                direction=direction(text.language),
                day=long_day(update.published_at, words),
                published_at=update.published_at,
                changed_at=max(update.published_at, update.saved_at),
            )
        )
    return shown
