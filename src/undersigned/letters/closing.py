"""Close letters: at their deadline, or because somebody does. Open them again; archive them."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent, LetterState
from undersigned.letters.publishing import bump_revision


class CannotChange(Exception):
    """The letter is not in the state that this act begins from."""


class DeadlinePassed(Exception):
    """The letter's deadline is over: it would close again at once."""


class KeyIsGone(Exception):
    """The letter's key was destroyed on its end date: nobody can sign it any more."""


@transaction.atomic
def close_due(now: datetime) -> int:
    """Close every open letter past its deadline; returns how many.

    Signing stops at the deadline by itself; this lets the pages say so.
    """
    closed = 0
    for letter in list(Letter.objects.filter(state=LetterState.OPEN, deadline__lte=now)):
        # Somebody may close it at the same moment.
        with suppress(CannotChange):
            _change(letter, LetterState.OPEN, LetterState.CLOSED, "worker", "close at deadline")
            closed += 1
    return closed


def close(letter: Letter, *, actor: str) -> None:
    """Take no more signatures; raises CannotChange."""
    _change(letter, LetterState.OPEN, LetterState.CLOSED, actor, "close")


def reopen(letter: Letter, *, actor: str) -> None:
    """Take signatures again; raises CannotChange, DeadlinePassed or KeyIsGone."""
    if letter.key_destroyed_at is not None:
        raise KeyIsGone
    if letter.deadline is not None and letter.deadline <= timezone.now():
        raise DeadlinePassed
    _change(letter, LetterState.CLOSED, LetterState.OPEN, actor, "reopen")


def archive(letter: Letter, *, actor: str) -> None:
    """Keep it to be read at its address, off the front page; raises CannotChange."""
    _change(letter, LetterState.CLOSED, LetterState.ARCHIVED, actor, "archive")


def take_out_of_archive(letter: Letter, *, actor: str) -> None:
    """Make an archived letter a closed one again; raises CannotChange."""
    _change(letter, LetterState.ARCHIVED, LetterState.CLOSED, actor, "take out of archive")


@transaction.atomic
def _change(letter: Letter, before: LetterState, after: LetterState, actor: str, act: str) -> None:
    columns: dict[str, object] = {"state": after}
    if before == LetterState.OPEN:
        columns["closed_at"] = timezone.now()
    elif after == LetterState.OPEN:
        columns["closed_at"] = None
    if not Letter.objects.filter(pk=letter.pk, state=before).update(**columns):
        raise CannotChange
    for name, value in columns.items():
        setattr(letter, name, value)
    bump_revision(letter)
    LetterEvent.objects.create(letter=letter, actor=actor, act=act)
