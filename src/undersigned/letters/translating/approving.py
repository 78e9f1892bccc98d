"""Hand a translation in, send it back, let it through: two pairs of eyes before it is public."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from undersigned.letters.drafting import as_text, as_words
from undersigned.letters.models import (
    Edition,
    EditionChange,
    LanguageState,
    Letter,
    LetterEvent,
    LetterLanguage,
    Translation,
    Wording,
    WordingOrigin,
)
from undersigned.letters.publishing import NothingChanged, publish
from undersigned.letters.translating.assembling import approved_texts
from undersigned.letters.translating.blocks import Block, cut
from undersigned.letters.translating.crediting import (
    credits_when_public,
    keep_credits,
    put_credits_in,
)
from undersigned.letters.translating.matching import Standing
from undersigned.letters.translating.working import Worker, matches_of, source_text


class NothingTranslated(Exception):
    """There is not one block to hand in."""


class StillMissing(Exception):
    """The language is not public yet, and some blocks have no words. `count`: how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class ChangedSince(Exception):
    """Somebody changed the words after they were read; they are to be read once more."""


class OwnWork(Exception):
    """Whoever wrote the words does not let them through: a second speaker or an organiser does."""


@transaction.atomic
def hand_in(letter: Letter, language: str, *, worker: Worker, message: str = "") -> LetterLanguage:
    """Say that a translation is ready to be read. Raises NothingTranslated."""
    if not waiting(letter, language):
        raise NothingTranslated
    row = LetterLanguage.objects.select_for_update().get(letter=letter, language=language)
    row.state = LanguageState.SUBMITTED
    row.submitted_at, row.submitted_by = timezone.now(), worker.name
    row.submitter, row.message = worker.id, message
    row.save()
    _note(letter, worker.name or "translator", "hand translation in", language)
    return row


@transaction.atomic
def send_back(letter: Letter, language: str, *, actor: str, message: str) -> None:
    """Not yet: back to whoever translates, with a word why."""
    LetterLanguage.objects.filter(letter=letter, language=language).update(
        state=LanguageState.WORKING, message=message
    )
    _note(letter, actor, "send translation back", language)


def seen(letter: Letter, language: str) -> str:
    """A fingerprint of the words that somebody reads before they let them through.

    With who will be named for them (`crediting.credits_when_public`).
    """
    digest = hashlib.blake2b(credits_when_public(letter, language).encode(), digest_size=16)
    for match in matches_of(letter, language, source_text(letter)):
        words = match.wording.text if match.wording and match.standing != Standing.OUTDATED else ""
        digest.update(f"{match.block.digest}\n{words}\0".encode())
    return digest.hexdigest()


def waiting(letter: Letter, language: str) -> list[Wording]:
    """Words of present blocks that nobody has let through yet; unread ones of machines not."""
    blocks = {(block.place.field, block.digest) for block in cut(source_text(letter))}
    changed = Wording.objects.filter(letter=letter, language=language).exclude(approved=F("text"))
    return [
        one
        for one in changed
        if (one.field, one.digest) in blocks and one.text and one.origin != WordingOrigin.MACHINE
    ]


def may_approve(letter: Letter, language: str, worker: Worker, *, is_organiser: bool) -> bool:
    """An organiser, or somebody who wrote none of what waits."""
    if is_organiser:
        return True
    return worker.id is not None and worker.id not in {
        one.author for one in waiting(letter, language)
    }


@transaction.atomic
def approve(
    letter: Letter, language: str, *, worker: Worker, is_organiser: bool, as_seen: str
) -> Edition | None:
    """Let a translation through. Where the letter is published, it is public at once.

    `as_seen`: from `seen`, when the words were read. Raises ChangedSince, OwnWork, StillMissing,
    or publishing.NothingChanged where the words are public already.
    """
    # Read after the lock, so that an edition that was published meanwhile counts.
    letter = Letter.objects.select_for_update().defer("logo").get(pk=letter.pk)
    if seen(letter, language) != as_seen:
        raise ChangedSince
    if not may_approve(letter, language, worker, is_organiser=is_organiser):
        raise OwnWork
    source = source_text(letter)
    matches = matches_of(letter, language, source)
    is_public = Translation.objects.filter(edition=letter.edition_id, language=language).exists()
    missing = sum(match.standing != Standing.DONE for match in matches)
    if missing and not is_public:
        raise StillMissing(missing)
    _let_through(letter, language, [match.block for match in matches])
    is_named = keep_credits(letter, language)
    LetterLanguage.objects.filter(letter=letter, language=language).update(
        state=LanguageState.WORKING, message=""
    )
    try:
        edition = _publish(letter, language, actor=worker.name or "translator")
    except NothingChanged:
        if not is_named:
            raise
        edition = put_credits_in(letter, language)
    _note(letter, worker.name or "translator", "approve translation", language)
    return edition


def _let_through(letter: Letter, language: str, blocks: Iterable[Block]) -> None:
    """A machine's words are never let through: somebody reads and saves them first."""
    digests = {block.digest for block in blocks}
    Wording.objects.filter(
        ~Q(origin="machine") | Q(text=""), letter=letter, language=language, digest__in=digests
    ).update(approved=F("text"))


def _publish(letter: Letter, language: str, *, actor: str) -> Edition | None:
    """An edition in which only this language is another one."""
    if letter.edition_id is None:
        return None
    published = {
        one.language: (as_text(as_words(one)), one.behind)
        for one in Translation.objects.filter(edition=letter.edition_id)
    }
    source = published[letter.source_language][0]
    assembled = approved_texts(letter, source)[language]
    published[language] = (assembled.text, assembled.behind)
    return publish(
        letter,
        [published[code][0] for code in sorted(published)],
        actor=actor,
        change=EditionChange.TRANSLATION,
        behind={code: behind for code, (_, behind) in published.items()},
    )


def _note(letter: Letter, actor: str, act: str, language: str) -> None:
    LetterEvent.objects.create(letter=letter, actor=actor, act=act, details={"language": language})
