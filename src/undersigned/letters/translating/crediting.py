"""Who is named with a translation: by choice, read before it is public, and taken back at any time.

Credits are no part of what is signed, so that a name can leave the editions, too, without
breaking the seal on their text (`publishing.manifest_hash`).
"""

from __future__ import annotations

import re

from undersigned.letters.models import (
    Edition,
    Letter,
    LetterLanguage,
    Translation,
    Translator,
    Wording,
)
from undersigned.letters.publishing import bump_revision

_BETWEEN = ", "
LONGEST = 300


def credits_when_public(letter: Letter, language: str) -> str:
    """What the page will name once what waits is let through.

    The names of before, and those of volunteers who wrote words of it and want to be named. Where
    the column is full, the last are left out.
    """
    named = _named(letter, language)
    authors = Wording.objects.filter(letter=letter, language=language).exclude(text="")
    volunteers = Translator.objects.filter(
        letter=letter, language=language, pk__in=authors.values("author")
    ).exclude(credit="")
    for name in volunteers.order_by("offered_at", "pk").values_list("credit", flat=True):
        longer = _BETWEEN.join(filter(None, (named, name)))
        if _without(named, name) == named and len(longer) <= LONGEST:
            named = longer
    return named


def keep_credits(letter: Letter, language: str) -> bool:
    """From now on they are named; to be called when their words are let through.

    Whether anybody is named who was not before.
    """
    before, named = _named(letter, language), credits_when_public(letter, language)
    LetterLanguage.objects.filter(letter=letter, language=language).update(credits=named)
    return named != before


def put_credits_in(letter: Letter, language: str) -> Edition | None:
    """Name them in the current edition, too, whose words stay as they are."""
    row = LetterLanguage.objects.get(letter=letter, language=language)
    published = Translation.objects.filter(edition=letter.edition_id, language=language)
    published.update(credits=row.credits)
    bump_revision(letter)
    return letter.edition


def name_no_more(letter: Letter, language: str, name: str) -> None:
    """Take a name from the language and from everything that was published in it."""
    for row in LetterLanguage.objects.filter(letter=letter, language=language):
        LetterLanguage.objects.filter(pk=row.pk, credits=row.credits).update(
            credits=_without(row.credits, name)
        )
    published = Translation.objects.filter(edition__letter=letter, language=language)
    for translation in published.exclude(credits="").only("credits"):
        rest = _without(translation.credits, name)
        if rest != translation.credits:
            Translation.objects.filter(pk=translation.pk).update(credits=rest)
    bump_revision(letter)


def _named(letter: Letter, language: str) -> str:
    """As assembling names them: the language's own, or as was published before there were any."""
    own = LetterLanguage.objects.filter(letter=letter, language=language)
    published = Translation.objects.filter(edition=letter.edition_id, language=language)
    return (
        own.values_list("credits", flat=True).first()
        or published.values_list("credits", flat=True).first()
        or ""
    )


def _without(names: str, name: str) -> str:
    """The list without a whole name in it."""
    between = re.escape(_BETWEEN)
    found = re.sub(rf"(^|{between}){re.escape(name)}(?={between}|$)", "", names)
    return found.removeprefix(_BETWEEN)
