"""Updates: write one in the letter's languages, put it on the letter's page, take it off.

While a mailing of it is under way its words stand: everybody gets the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from undersigned.letters.models import MAILING_OPEN, Letter, LetterEvent, Update, UpdateText
from undersigned.letters.publishing import bump_revision

TITLE_LENGTH = 200
BODY_LENGTH = 50_000


class ChangedMeanwhile(Exception):
    """Somebody else saved it since the form was opened. Nothing was stored."""


class BeingMailed(Exception):
    """A mailing of it is planned or under way. Nothing was changed."""


class WasMailed(Exception):
    """It has been mailed, and stays in the list of what was said."""


@dataclass(frozen=True)
class Words:
    """An update in one language: a line, and Markdown."""

    title: str
    body: str


type Texts = Mapping[str, Words]


@transaction.atomic
def begin_update(letter: Letter, texts: Texts, *, actor: str) -> Update:
    """Write the first words of an update; nobody but organisers sees it."""
    # Two who begin at once get two numbers.
    Letter.objects.select_for_update(of=("self",)).only("pk").get(pk=letter.pk)
    last = letter.updates.aggregate(Max("number"))["number__max"] or 0
    update = Update.objects.create(
        letter=letter, number=last + 1, saved_by=actor, saved_at=timezone.now()
    )
    _store(update, texts)
    _note(update, actor, "begin update", seen=False)
    return update


@transaction.atomic
def save_update(update: Update, texts: Texts, *, version: int, actor: str) -> None:
    """Write other words; `version`: that of the words that the form began with.

    Raises ChangedMeanwhile, BeingMailed.
    """
    row = _locked(update)
    if row.version != version:
        raise ChangedMeanwhile
    _refuse_if_under_way(row)
    if texts_of(row) == dict(texts):
        return
    row.version, row.saved_by, row.saved_at = version + 1, actor, timezone.now()
    row.save(update_fields=["version", "saved_by", "saved_at"])
    _store(row, texts)
    if row.published_at is not None:
        _note(row, actor, "correct update", seen=True)


@transaction.atomic
def remove_update(update: Update, *, actor: str) -> None:
    """Throw it away; raises BeingMailed, WasMailed."""
    row = _locked(update)
    _refuse_if_under_way(row)
    if row.mailings.filter(started_at__isnull=False).exists():
        raise WasMailed
    _note(row, actor, "remove update", seen=row.published_at is not None)
    row.delete()


@transaction.atomic
def show_update(update: Update, *, actor: str) -> bool:
    """Put it on the letter's page and in the feeds; False if it was there."""
    if not Update.objects.filter(pk=update.pk, published_at=None).update(
        published_at=timezone.now()
    ):
        return False
    _note(update, actor, "show update", seen=True)
    return True


@transaction.atomic
def hide_update(update: Update, *, actor: str) -> bool:
    """Take it off the letter's page and out of the feeds; False if it was not there."""
    if not Update.objects.filter(pk=update.pk, published_at__isnull=False).update(
        published_at=None
    ):
        return False
    _note(update, actor, "hide update", seen=True)
    return True


def texts_of(update: Update) -> dict[str, Words]:
    """All its languages."""
    return {text.language: Words(text.title, text.body) for text in update.texts.all()}


def text_for(update: Update, language: str) -> UpdateText:
    """In a language; else in the letter's own, or in the first one there is.

    Asks the database unless `texts` and `letter` were read with it.
    """
    found = {text.language: text for text in update.texts.all()}
    first = found[min(found)]
    return found.get(language) or found.get(update.letter.source_language) or first


def update_path(letter: Letter, language: str, number: int) -> str:
    """The path of an update's page, once it is public."""
    return f"/{letter.slug}/{language}/updates/{number}/"


def public_updates(letter: Letter) -> Sequence[Update]:
    """Those on the letter's page, the latest first, with their texts."""
    shown = letter.updates.filter(published_at__isnull=False).prefetch_related("texts")
    return with_letter(letter, shown.order_by("-published_at", "-number"))


def with_letter(letter: Letter, updates: Iterable[Update]) -> list[Update]:
    """Updates that know their letter without asking for it."""
    rows = list(updates)
    for row in rows:
        row.letter = letter
    return rows


def _locked(update: Update) -> Update:
    return Update.objects.select_for_update(of=("self",)).select_related("letter").get(pk=update.pk)


def _refuse_if_under_way(update: Update) -> None:
    if update.mailings.filter(state__in=MAILING_OPEN).exists():
        raise BeingMailed


def _store(update: Update, texts: Texts) -> None:
    update.texts.all().delete()
    UpdateText.objects.bulk_create(
        UpdateText(update=update, language=language, title=words.title, body=words.body)
        for language, words in texts.items()
    )


def _note(update: Update, actor: str, act: str, *, seen: bool) -> None:
    """`seen`: the letter's page changes with it."""
    details = {"update": update.number}
    LetterEvent.objects.create(letter=update.letter, actor=actor, act=act, details=details)
    if seen:
        bump_revision(update.letter)
