"""Find letters and their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from undersigned.letters.models import PUBLIC_STATES, Draft, Letter, LetterState, Translation


@dataclass(frozen=True)
class Words:
    """A letter's text for a reader of one language.

    `translated` is False where the letter has no text in that language and the source stands in.
    `languages`: the codes that the edition has, source first, then by code.
    """

    translation: Translation
    translated: bool
    languages: tuple[str, ...]


def public_letter(slug: str) -> Letter | None:
    """The letter at an address, if it may be seen."""
    return (
        Letter.objects.select_related("edition").filter(slug=slug, state__in=PUBLIC_STATES).first()
    )


def letter_words(letter: Letter, language: str) -> Words:
    """The current edition in a language, or in the letter's own where there is none.

    Asks the database unless the edition's translations were prefetched with the letter.
    """
    assert letter.edition is not None  # noqa: S101  a letter that may be seen has one
    by_language = {
        translation.language: translation for translation in letter.edition.translations.all()
    }
    source = by_language.pop(letter.source_language)
    return Words(
        translation=by_language.get(language, source),
        translated=language in by_language or language == letter.source_language,
        languages=(letter.source_language, *sorted(by_language)),
    )


def letter_path(letter: Letter, language: str) -> str:
    """The path of a letter's page: under embargo, the founders' private one."""
    if letter.state == LetterState.GATHERING:
        return f"/{letter.slug}/founders/{letter.founders_key}/"
    return f"/{letter.slug}/{language}/"


def letter_titles(letters: Iterable[Letter]) -> dict[UUID, str]:
    """What each of many letters is called in the studio, by id, in two queries; see below."""
    listed = list(letters)
    published = Translation.objects.filter(
        edition__in=[letter.edition_id for letter in listed if letter.edition_id],
        language=F("edition__letter__source_language"),
    ).values_list("edition__letter", "title")
    drafted = Draft.objects.filter(
        letter__in=[letter.pk for letter in listed if not letter.edition_id],
        language=F("letter__source_language"),
    ).values_list("letter", "words__title")
    titles = {**dict(published), **dict(drafted)}
    return {letter.pk: titles.get(letter.pk, letter.slug) or "" for letter in listed}


def letter_title(letter: Letter) -> str:
    """What a letter is called in the studio: as published, or as drafted, in its own language."""
    if letter.edition_id:
        translations = Translation.objects.filter(edition=letter.edition_id)
        title = translations.filter(language=letter.source_language).values_list("title", flat=True)
        return title.get()
    draft = letter.drafts.filter(language=letter.source_language).first()
    return str(draft.words.get("title", "")) if draft else letter.slug
