"""Write a letter's text: save it, beside others who write at the same time, and go back.

Whoever saves hands in the words that they began with. What others saved since is merged with what
they wrote (`letters.merging_records`); only words that both changed are asked about, and both
versions stand in the history by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from undersigned.letters.creating import blank_words, start_draft
from undersigned.letters.merging import Conflict
from undersigned.letters.merging_records import MergedRecord, merge_records
from undersigned.letters.models import Draft, DraftVersion, Letter, Translation
from undersigned.letters.publishing import Text

# What one person saves within this time is one entry of the history.
ONE_ENTRY = timedelta(minutes=5)

type Words = Mapping[str, Any]


@dataclass(frozen=True)
class Saved:
    """What became of a text that was handed in.

    `words` is for the form: what was typed, with what others changed elsewhere. `conflicts`: the
    words that both changed, by field; then the draft has those of the others, and the form's are
    in the history as `kept_as`. `was_merged`: others had saved since. `is_saved` is False where
    nothing was stored because of conflicts.
    """

    draft: Draft
    words: dict[str, Any]
    conflicts: dict[str, tuple[Conflict[Any], ...]] = field(default_factory=dict)
    was_merged: bool = False
    is_saved: bool = True
    kept_as: int | None = None


def words_in(letter: Letter, language: str) -> tuple[dict[str, Any], Draft | None]:
    """What a language's form begins with: its draft, or the published text, or nothing written."""
    draft = Draft.objects.filter(letter=letter, language=language).first()
    if draft is not None:
        return draft.words, draft
    published = Translation.objects.filter(edition=letter.edition_id, language=language).first()
    return (as_words(published) if published else blank_words(language)), None


def draft_of(letter: Letter, language: str) -> Draft:
    """The draft in a language; where there is none, one that begins with the published text."""
    with transaction.atomic():
        # Two who begin at once share one draft.
        Letter.objects.select_for_update(of=("self",)).only("pk").get(pk=letter.pk)
        words, draft = words_in(letter, language)
        return draft or start_draft(letter, language, words, actor="")


def as_words(translation: Translation) -> dict[str, Any]:
    """A published translation as a draft's words."""
    return {name: getattr(translation, name) for name in Text.__dataclass_fields__}


def as_text(words: Words) -> Text:
    """A draft's words, to be published."""
    return Text(**{name: words[name] for name in Text.__dataclass_fields__ if name in words})


@transaction.atomic
def save(
    draft: Draft, began_with: Words, typed: Words, *, actor: str, by_itself: bool = False
) -> Saved:
    """Save what somebody typed into a form that began with certain words.

    `by_itself`: not because a button was pressed; then nothing is stored if there are conflicts.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    current = dict(draft.words)
    # Fields that the form does not have are nobody's change.
    base, mine = {**current, **began_with}, {**current, **typed}
    merged = merge_records(base, mine, current, keep="mine")
    was_merged = base != current
    if not merged.conflicts:
        _store(draft, merged.values, actor)
        return Saved(draft, merged.values, was_merged=was_merged)
    if by_itself:
        return Saved(draft, mine, merged.conflicts, was_merged=True, is_saved=False)
    return _save_both(draft, mine, merged, merge_records(base, mine, current, keep="theirs"), actor)


def _save_both(
    draft: Draft, mine: Words, merged: MergedRecord, without_mine: MergedRecord, actor: str
) -> Saved:
    """Mine goes into the history whole; the draft has what does not disturb the others' words."""
    kept_as = draft.version + 1
    now = timezone.now()
    DraftVersion.objects.create(
        draft=draft, version=kept_as, words=mine, author=actor, saved_at=now
    )
    draft.version = kept_as
    _store(draft, without_mine.values, actor, is_own_entry=True)
    return Saved(draft, merged.values, merged.conflicts, was_merged=True, kept_as=kept_as)


@transaction.atomic
def restore(draft: Draft, version: DraftVersion, *, actor: str) -> Draft:
    """Make the draft what it was; what it says now stays in the history."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    _store(draft, version.words, actor, is_own_entry=True)
    return draft


def _store(draft: Draft, words: Words, actor: str, *, is_own_entry: bool = False) -> None:
    """Write the draft and its history; nothing where nothing changed."""
    if words == draft.words and not is_own_entry:
        return
    now = timezone.now()
    draft.words, draft.version = dict(words), draft.version + 1
    draft.saved_by, draft.saved_at = actor, now
    draft.save(update_fields=["words", "version", "saved_by", "saved_at"])
    last = draft.versions.order_by("-version").first()
    if last is not None and not is_own_entry and _goes_on(last, actor, now):
        # Its time stays that of its first words, so that an entry covers five minutes at most.
        last.version, last.words = draft.version, dict(words)
        last.save(update_fields=["version", "words"])
    else:
        DraftVersion.objects.create(
            draft=draft, version=draft.version, words=dict(words), author=actor, saved_at=now
        )


def _goes_on(last: DraftVersion, actor: str, now: datetime) -> bool:
    return last.author == actor and last.version > 1 and now - last.saved_at < ONE_ENTRY
