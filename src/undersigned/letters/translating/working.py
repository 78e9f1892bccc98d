"""Translate: save the words of blocks, beside others who work at the same time, and take back.

Whoever saves says for each block what its words were when they began. Words that somebody else
wrote meanwhile are not overwritten: the block is handed back with both. What a block said before
stays in its history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from undersigned.letters.drafting import as_text, as_words, words_in
from undersigned.letters.models import (
    LanguageState,
    Letter,
    LetterLanguage,
    Translation,
    Wording,
    WordingOrigin,
    WordingVersion,
)
from undersigned.letters.publishing import Text
from undersigned.letters.translating.blocks import Block, cut, tidied
from undersigned.letters.translating.checking import Fault, refusals
from undersigned.letters.translating.matching import Match, match_blocks

# As many as anybody would look through; older ones go.
VERSIONS_KEPT = 20


class OwnLanguage(Exception):
    """A letter is not translated into the language that it is written in."""


@dataclass(frozen=True)
class Worker:
    """Who translates: `id` of a Person or a Translator; `name` for staff, empty for volunteers."""

    id: UUID | None
    name: str = ""


@dataclass(frozen=True)
class Typed:
    """What somebody wrote for a block, and what stood there when they began."""

    text: str
    began_with: str = ""
    origin: WordingOrigin = WordingOrigin.TYPED


@dataclass(frozen=True)
class Kept:
    """What became of what was typed. `changed`: keys of blocks (`Place.key`) that say it now.

    `conflicts`: by key, what somebody else wrote meanwhile; nothing was stored for those.
    `refused`: by key, why nothing was stored. `unknown`: keys of blocks that the source does not
    have any more.
    """

    changed: tuple[str, ...] = ()
    conflicts: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    refused: Mapping[str, list[Fault]] = field(default_factory=dict)


def source_text(letter: Letter) -> Text:
    """What is translated: the published text, or before there is one what is drafted."""
    published = Translation.objects.filter(
        edition=letter.edition_id, language=letter.source_language
    ).first()
    if published is not None:
        return as_text(as_words(published))
    words, _ = words_in(letter, letter.source_language)
    return as_text({**words, "language": letter.source_language})


def drafted_source(letter: Letter) -> Text | None:
    """What the source will say with the next edition, where it differs from what is published."""
    if letter.edition_id is None:
        return None
    words, draft = words_in(letter, letter.source_language)
    drafted = as_text({**words, "language": letter.source_language})
    return drafted if draft is not None and drafted != source_text(letter) else None


def wordings_of(letter: Letter, language: str) -> list[Wording]:
    return list(Wording.objects.filter(letter=letter, language=language))


def matches_of(letter: Letter, language: str, source: Text) -> list[Match]:
    """Every block of the source with what is being worked on."""
    return match_blocks(cut(source), wordings_of(letter, language))


def begin(letter: Letter, language: str) -> LetterLanguage:
    """The work on a language; raises OwnLanguage."""
    if language == letter.source_language:
        raise OwnLanguage
    return LetterLanguage.objects.get_or_create(letter=letter, language=language)[0]


@transaction.atomic
def save_words(
    letter: Letter, language: str, source: Text, typed: Mapping[str, Typed], *, worker: Worker
) -> Kept:
    """Store what was typed for blocks, by `Place.key`. Raises OwnLanguage.

    An empty text takes the words away (the history keeps them). Work that had been handed in is
    being worked on again.
    """
    language_row = begin(letter, language)
    LetterLanguage.objects.select_for_update().get(pk=language_row.pk)
    blocks = {block.place.key: block for block in cut(source)}
    known = {(one.field, one.digest): one for one in wordings_of(letter, language)}
    changed: list[str] = []
    conflicts: dict[str, str] = {}
    refused: dict[str, list[Fault]] = {}
    for key, new in typed.items():
        block = blocks.get(key)
        if block is None:
            continue
        if found := refusals(block, new.text):
            refused[key] = found
            continue
        wording = known.get((block.place.field, block.digest))
        text = tidied(block, new.text)
        present = wording.text if wording else ""
        if text == present and not _is_looked_at(wording, new):
            continue
        if text == tidied(block, new.began_with) and not _is_looked_at(wording, new):
            # Nobody touched it here; somebody else may have.
            continue
        if present not in (tidied(block, new.began_with), "", text):
            conflicts[key] = present
            continue
        known[block.place.field, block.digest] = _store(
            letter, language, block, wording, text, new.origin, worker
        )
        changed.append(key)
    if changed:
        LetterLanguage.objects.filter(pk=language_row.pk).update(state=LanguageState.WORKING)
    unknown = tuple(key for key in typed if key not in blocks)
    return Kept(tuple(changed), conflicts, unknown, refused)


def _is_looked_at(wording: Wording | None, new: Typed) -> bool:
    """A person who saves a machine's words as they are has made them their own."""
    return (
        wording is not None
        and wording.origin == WordingOrigin.MACHINE
        and new.origin in (WordingOrigin.TYPED, WordingOrigin.FILE)
        and bool(new.text.strip())
    )


def _store(
    letter: Letter,
    language: str,
    block: Block,
    wording: Wording | None,
    text: str,
    origin: WordingOrigin,
    worker: Worker,
) -> Wording:
    now = timezone.now()
    values = {"text": text, "origin": origin, "author": worker.id, "by": worker.name, "at": now}
    if wording is None:
        return Wording.objects.create(
            letter=letter,
            language=language,
            field=block.place.field,
            source=block.text,
            digest=block.digest,
            **values,
        )
    if wording.text:
        WordingVersion.objects.create(
            wording=wording, text=wording.text, origin=wording.origin, by=wording.by, at=wording.at
        )
        _forget_oldest(wording)
    for name, value in values.items():
        setattr(wording, name, value)
    wording.save(update_fields=list(values))
    return wording


def _forget_oldest(wording: Wording) -> None:
    kept = wording.versions.order_by("-pk").values_list("pk", flat=True)[:VERSIONS_KEPT]
    wording.versions.exclude(pk__in=list(kept)).delete()


def take_published_in(letter: Letter, language: str) -> int:
    """Read the blocks off a translation that was published whole; how many were found.

    Only of fields that have as many blocks of the same kinds as the source: the others are left
    to a translator, who sees the published text beside them.
    """
    published = Translation.objects.filter(edition=letter.edition_id, language=language).first()
    if published is None or Wording.objects.filter(letter=letter, language=language).exists():
        return 0
    begin(letter, language)
    pairs = paired(cut(source_text(letter)), cut(as_text(as_words(published))))
    now = timezone.now()
    rows = {
        (source.place.field, source.digest): Wording(
            letter=letter,
            language=language,
            field=source.place.field,
            source=source.text,
            digest=source.digest,
            text=target.text,
            approved=target.text,
            origin=WordingOrigin.PUBLISHED,
            at=now,
        )
        for source, target in pairs
    }
    Wording.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return len(rows)


def paired(source: Sequence[Block], target: Sequence[Block]) -> list[tuple[Block, Block]]:
    """The blocks of two texts side by side, field by field, where they have the same shape."""
    found: list[tuple[Block, Block]] = []
    for name in dict.fromkeys((block.place.field, block.place.item) for block in source):
        ours = [block for block in source if (block.place.field, block.place.item) == name]
        theirs = [block for block in target if (block.place.field, block.place.item) == name]
        if [block.kind for block in ours] == [block.kind for block in theirs]:
            found += zip(ours, theirs, strict=True)
    return found
