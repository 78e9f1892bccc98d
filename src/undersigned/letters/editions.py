"""From drafts to editions: what would be published, how it differs, what was published so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from undersigned.letters.differences import Difference, differences_of_words
from undersigned.letters.drafting import as_text, as_words
from undersigned.letters.models import Edition, EditionChange, Letter, Translation
from undersigned.letters.publishing import Text, publish
from undersigned.letters.translating.assembling import Assembled, approved_texts
from undersigned.letters.translating.working import take_published_in

NEEDED = ("title", "body", "consent_publication", "consent_updates")


class TextIncomplete(Exception):
    """Words are missing without which nothing can be signed. `missing`: names of fields."""

    def __init__(self, language: str, missing: Sequence[str]) -> None:
        super().__init__(language)
        self.language = language
        self.missing = tuple(missing)


@dataclass(frozen=True)
class PublishedText:
    """An edition in one language, and what it changed there (None for the first)."""

    edition: Edition
    translation: Translation
    changed: dict[str, Difference] | None


def drafted_texts(letter: Letter) -> list[Text]:
    """What would be published now, by language; see `drafted`."""
    return [one.text for one in drafted(letter)]


def drafted(letter: Letter) -> list[Assembled]:
    """What would be published now: the source as it is drafted, and each other language as it was
    let through, with the blocks that do not follow the source yet."""
    drafts = {draft.language: as_text(draft.words) for draft in letter.drafts.all()}
    if letter.source_language not in drafts:
        published = Translation.objects.filter(
            edition=letter.edition_id, language=letter.source_language
        ).first()
        if published is None:
            return []
        drafts[letter.source_language] = as_text(as_words(published))
    found = approved_texts(letter, drafts[letter.source_language])
    found |= {language: Assembled(text, [], 0) for language, text in drafts.items()}
    return [found[language] for language in sorted(found)]


def changed_by_language(letter: Letter, texts: Sequence[Text]) -> dict[str, dict[str, Difference]]:
    """How texts differ from the current edition; languages without a difference are left out."""
    published = {
        translation.language: as_words(translation)
        for translation in Translation.objects.filter(edition=letter.edition_id)
    }
    compared = {
        text.language: differences_of_words(published.get(text.language, {}), asdict(text))
        for text in texts
    }
    return {language: changed for language, changed in compared.items() if changed}


def publish_drafts(letter: Letter, *, actor: str, change: EditionChange, note: str) -> Edition:
    """Publish what is drafted; raises TextIncomplete and what `publishing.publish` raises.

    Translations that were published whole are taken apart first, so that only the blocks that the
    change touches fall behind.
    """
    for language in _translated(letter):
        take_published_in(letter, language)
    assembled = drafted(letter)
    texts = [one.text for one in assembled]
    for text in texts:
        missing = [name for name in NEEDED if not getattr(text, name).strip()]
        if missing:
            raise TextIncomplete(text.language, missing)
    behind = {one.text.language: one.behind for one in assembled}
    return publish(letter, texts, actor=actor, change=change, note=note, behind=behind)


def _translated(letter: Letter) -> list[str]:
    languages = Translation.objects.filter(edition=letter.edition_id).values_list(
        "language", flat=True
    )
    return [language for language in languages if language != letter.source_language]


def published_texts(letter: Letter, language: str) -> list[PublishedText]:
    """Every edition that has a language, newest first, each compared with the one before."""
    translations = Translation.objects.filter(edition__letter=letter, language=language)
    found: list[PublishedText] = []
    before: dict[str, object] | None = None
    for translation in translations.select_related("edition").order_by("edition__number"):
        words = as_words(translation)
        changed = None if before is None else differences_of_words(before, words)
        found.append(PublishedText(translation.edition, translation, changed))
        before = words
    return found[::-1]
