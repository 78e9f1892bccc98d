"""Drafts by a machine: asked for in the studio, fetched by the worker, portion by portion.

Only blocks without any words are sent, and nothing but their words. What comes back is stored as a
machine's (`WordingOrigin.MACHINE`): marked as not read, offered to nobody as memory, and never let
through before a person has saved it. Off unless the host has set a service.

A portion is one errand, so that other errands are not kept waiting for a whole letter. The order
is a row's `machine_asked_at`, with a claim: what a killed worker had in hand is taken up again, and
blocks that got their words meanwhile are passed over.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from undersigned.letters.models import (
    LanguageState,
    Letter,
    LetterEvent,
    LetterLanguage,
    WordingOrigin,
)
from undersigned.letters.publishing import Text
from undersigned.letters.translating import machine_outcome
from undersigned.letters.translating.blocks import Block
from undersigned.letters.translating.libretranslate import LibreTranslate
from undersigned.letters.translating.machine import Machine, MachineRefused, SlowDown
from undersigned.letters.translating.machine_outcome import Outcome, read_outcome
from undersigned.letters.translating.marking import Marked, Spoilt, marked, unmarked
from undersigned.letters.translating.matching import Match, Standing
from undersigned.letters.translating.working import (
    Typed,
    Worker,
    matches_of,
    save_words,
    source_text,
)

log = logging.getLogger(__name__)

# Longer than a portion may take, which is two calls of a minute at most.
CLAIM = timedelta(minutes=5)
# A service that is always busy is given up then.
PATIENCE = timedelta(hours=1)
BLOCKS_AT_ONCE, CHARACTERS_AT_ONCE = 8, 2_000
# Longer blocks would not be back in time.
LONGEST_SENT = 5_000
_NOBODY = Worker(None)


class MachineOff(Exception):
    """The host has set no service."""


class NothingToDraft(Exception):
    """Every block has words, or had some before it was changed."""


class HandedIn(Exception):
    """The translation waits to be read; drafts would take it back to work."""


def machine_here() -> Machine | None:
    """The service that the host has set, if any."""
    if not settings.LIBRETRANSLATE_URL:
        return None
    return LibreTranslate(settings.LIBRETRANSLATE_URL, settings.LIBRETRANSLATE_KEY)


def machine_host() -> str:
    """Where words would go: the name of the service's host. Empty if there is none."""
    return urlsplit(settings.LIBRETRANSLATE_URL).hostname or ""


@transaction.atomic
def ask_machine(letter: Letter, language: str, *, actor: str) -> bool:
    """Have the worker fetch drafts; False if it is at it already.

    Raises MachineOff, HandedIn, NothingToDraft.
    """
    row = LetterLanguage.objects.select_for_update().get(letter=letter, language=language)
    if not settings.LIBRETRANSLATE_URL:
        raise MachineOff
    if row.machine_asked_at is not None:
        return False
    if row.state == LanguageState.SUBMITTED:
        raise HandedIn
    if not without_words(matches_of(letter, language, source_text(letter))):
        raise NothingToDraft
    row.machine_asked_at, row.machine_claimed_until = timezone.now(), None
    row.machine_outcome = ""
    row.save(update_fields=["machine_asked_at", "machine_claimed_until", "machine_outcome"])
    details = {"language": language}
    LetterEvent.objects.create(
        letter=letter, actor=actor, act="ask machine for drafts", details=details
    )
    return True


def without_words(matches: Sequence[Match]) -> int:
    """How many blocks a machine would be asked for."""
    return sum(match.standing == Standing.MISSING for match in matches)


def draft_by_machine(_keys: object) -> int:
    """Fetch one portion of drafts; returns 1 if there was an order. For the errand thread."""
    row = _take(timezone.now())
    if row is None:
        return 0
    outcome = read_outcome(row.machine_outcome)
    machine = machine_here()
    if machine is None:
        _end(row, replace(outcome, code=machine_outcome.OFF))
    elif row.state == LanguageState.SUBMITTED:
        _end(row, replace(outcome, code=machine_outcome.HANDED_IN))
    else:
        _go_on(row, outcome, machine)
    return 1


def _go_on(row: LetterLanguage, outcome: Outcome, machine: Machine) -> None:
    source = source_text(row.letter)
    matches = matches_of(row.letter, row.language, source)
    portion, place = _portion(matches, outcome.place)
    try:
        words = _translated(portion, row, machine)
    except MachineRefused as refusal:
        _refused(row, outcome, refusal)
        return
    written = _store(row, source, words)
    outcome = replace(
        outcome,
        place=place,
        written=outcome.written + written,
        left_out=outcome.left_out + len(portion) - len(words),
    )
    if place >= len(matches):
        _end(row, replace(outcome, code=machine_outcome.DONE))
    else:
        _ours(row).update(machine_outcome=str(outcome), machine_claimed_until=None)


def _portion(matches: Sequence[Match], first: int) -> tuple[list[Block], int]:
    """The next blocks without words, and the place after them."""
    portion: dict[tuple[str, str], Block] = {}
    characters = 0
    for place in range(first, len(matches)):
        block = matches[place].block
        name = block.place.field, block.digest
        # Words that stand there twice are translated once.
        if matches[place].standing != Standing.MISSING or name in portion:
            continue
        is_full = characters + len(block.text) > CHARACTERS_AT_ONCE
        if portion and (is_full or len(portion) == BLOCKS_AT_ONCE):
            return [*portion.values()], place
        portion[name] = block
        characters += len(block.text)
    return [*portion.values()], len(matches)


def _translated(
    portion: Sequence[Block], row: LetterLanguage, machine: Machine
) -> dict[str, Typed]:
    """By `Place.key`; blocks that did not come back whole are left out. Raises MachineRefused."""
    sent = [marked(block) for block in portion if len(block.text) <= LONGEST_SENT]
    found = {}
    for is_html in (False, True):
        for one, answer in _answers([one for one in sent if one.is_html == is_html], row, machine):
            try:
                words = unmarked(one, answer or "")
            except Spoilt:
                continue
            found[one.block.place.key] = Typed(words, origin=WordingOrigin.MACHINE)
    return found


def _answers(
    some: Sequence[Marked], row: LetterLanguage, machine: Machine
) -> list[tuple[Marked, str | None]]:
    if not some:
        return []
    answers = machine.translate(
        [one.words for one in some],
        row.letter.source_language,
        row.language,
        is_html=some[0].is_html,
    )
    return [*zip(some, answers, strict=True)]


def _store(row: LetterLanguage, source: Text, words: dict[str, Typed]) -> int:
    """How many blocks say it now: what somebody wrote meanwhile stays."""
    kept = save_words(row.letter, row.language, source, words, worker=_NOBODY)
    return len(kept.changed)


def _refused(row: LetterLanguage, outcome: Outcome, refusal: MachineRefused) -> None:
    now = timezone.now()
    asked_at = row.machine_asked_at or now
    if isinstance(refusal, SlowDown) and now - asked_at < PATIENCE:
        later = now + timedelta(seconds=refusal.seconds)
        _ours(row).update(machine_claimed_until=later)
        return
    log.warning("A machine gives no drafts: %s.", refusal.code)
    _end(row, replace(outcome, code=refusal.code))


def _take(now: datetime) -> LetterLanguage | None:
    """Claim the oldest order that nobody works on."""
    due = Q(machine_claimed_until=None) | Q(machine_claimed_until__lte=now)
    row = (
        LetterLanguage.objects.filter(due, machine_asked_at__isnull=False)
        .order_by("machine_asked_at", "pk")
        .select_related("letter")
        .defer("letter__logo")
        .first()
    )
    if row is None:
        return None
    until = now + CLAIM
    if not _ours(row).update(machine_claimed_until=until):
        return None
    row.machine_claimed_until = until
    return row


def _end(row: LetterLanguage, outcome: Outcome) -> None:
    _ours(row).update(
        machine_outcome=str(outcome), machine_asked_at=None, machine_claimed_until=None
    )


def _ours(row: LetterLanguage) -> QuerySet[LetterLanguage]:
    """The order, as long as it stands under the claim that `row` knows of."""
    return LetterLanguage.objects.filter(
        pk=row.pk,
        machine_asked_at=row.machine_asked_at,
        machine_claimed_until=row.machine_claimed_until,
    )
