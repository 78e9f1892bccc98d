"""Take words back in from a file: as if they were typed, beside everybody else's.

What stood at a block when the file was written is known from its history, so that words that
somebody changed since are not overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from undersigned.letters.models import Letter, LetterEvent, WordingOrigin, WordingVersion
from undersigned.letters.publishing import Text
from undersigned.letters.translating.blocks import Block, cut
from undersigned.letters.translating.exchanging.entries import TranslationFile
from undersigned.letters.translating.exchanging.languages_in_files import is_same_language
from undersigned.letters.translating.exchanging.refusals import (
    FileOfAnotherLanguage,
    FileOfAnotherLetter,
)
from undersigned.letters.translating.exchanging.reporting import Report, Told
from undersigned.letters.translating.exchanging.sorting import sort_out
from undersigned.letters.translating.working import (
    Kept,
    Typed,
    Worker,
    drafted_source,
    save_words,
    source_text,
    wordings_of,
)

type Words = Mapping[tuple[str, str], str]
"""By field and digest of the source, as a Wording is known."""


def look_through(
    letter: Letter, language: str, file: TranslationFile, *, with_draft: bool = False
) -> Report:
    """What would become of a file; nothing is stored.

    `with_draft`: also words for the draft of the next edition, which only organisers know of.

    Raises FileOfAnotherLetter, FileOfAnotherLanguage, or working.OwnLanguage.
    """
    with transaction.atomic():
        report = _take(letter, language, file, Worker(None), with_draft=with_draft)
        # Told by what stores it, and taken back.
        transaction.set_rollback(True)
    return report


@transaction.atomic
def take_in(
    letter: Letter,
    language: str,
    file: TranslationFile,
    *,
    worker: Worker,
    with_draft: bool = False,
) -> Report:
    """Store what can be stored, with one event. Raises as `look_through`."""
    report = _take(letter, language, file, worker, with_draft=with_draft)
    if report.taken:
        LetterEvent.objects.create(
            letter=letter,
            actor=worker.name or "translator",
            act="import translation",
            details={"language": language, "blocks": len(report.taken)},
        )
    return report


def _take(
    letter: Letter, language: str, file: TranslationFile, worker: Worker, *, with_draft: bool
) -> Report:
    if not is_same_language(file.language, language):
        raise FileOfAnotherLanguage(file.language)
    if file.letter not in ("", letter.slug):
        raise FileOfAnotherLetter(file.letter)
    # What the draft shares with the published text is the latter's.
    draft = drafted_source(letter) if with_draft else None
    sources = [one for one in (source_text(letter), draft) if one is not None]
    cuts = [cut(source) for source in sources]
    found = sort_out([block for blocks in cuts for block in blocks], file.entries)
    if len(found.unknown) + found.empty == len(file.entries) and not file.letter:
        raise FileOfAnotherLetter
    began = _words_at(letter, language, file.exported_at)
    taken: list[Told] = []
    conflicts: list[Told] = []
    unchanged = found.unchanged
    left = dict(found.ready)
    for source, blocks in zip(sources, cuts, strict=True):
        ready = {block: left.pop(block) for block in blocks if block in left}
        kept = _save(letter, language, source, ready, began, worker)
        taken += [told for block, told in ready.items() if block.place.key in kept.changed]
        conflicts += [
            Told(told.entry, kept.conflicts[block.place.key], told.faults)
            for block, told in ready.items()
            if block.place.key in kept.conflicts
        ]
        unchanged += len(ready) - len(kept.changed) - len(kept.conflicts)
    return Report(
        taken=tuple(taken),
        unchanged=unchanged,
        empty=found.empty,
        unfinished=tuple(found.unfinished),
        conflicts=tuple(conflicts),
        refused=tuple(found.refused),
        unknown=tuple(found.unknown),
        twice=tuple(found.twice),
    )


def _save(
    letter: Letter,
    language: str,
    source: Text,
    ready: Mapping[Block, Told],
    began: Words,
    worker: Worker,
) -> Kept:
    typed = {
        block.place.key: Typed(
            told.entry.text,
            began.get((block.place.field, block.digest), ""),
            WordingOrigin.FILE,
        )
        for block, told in ready.items()
    }
    return save_words(letter, language, source, typed, worker=worker)


def _words_at(letter: Letter, language: str, at: datetime | None) -> Words:
    """What each wording said at a time; nothing where that is not known any more."""
    if at is None:
        return {}
    wordings = wordings_of(letter, language)
    changed = {one.pk for one in wordings if one.at > at}
    versions = WordingVersion.objects.filter(wording__in=changed, at__lte=at).order_by("at", "pk")
    before = {version.wording_id: version.text for version in versions}
    return {
        (one.field, one.digest): before.get(one.pk, "") if one.pk in changed else one.text
        for one in wordings
    }
