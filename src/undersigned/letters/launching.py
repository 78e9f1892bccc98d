"""Launch: open a letter to the public; now, or at its hour."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from undersigned.letters.gathering import exit_is_over
from undersigned.letters.keying import give_key
from undersigned.letters.models import Edition, Letter, LetterEvent, LetterState
from undersigned.letters.publishing import Text, bump_revision, publish
from undersigned.letters.retention import promise_end
from undersigned.vault.keys import Keyring

BEFORE_LAUNCH = (LetterState.DRAFT, LetterState.GATHERING)


class CannotLaunch(Exception):
    """It has no published text or no key, or it was launched before."""


@transaction.atomic
def launch(letter: Letter, *, actor: str, at: datetime | None = None) -> None:
    """Open the letter; raises CannotLaunch."""
    ready = Letter.objects.filter(
        pk=letter.pk,
        state__in=BEFORE_LAUNCH,
        edition__isnull=False,
        sealing_key__isnull=False,
    )
    launched_at = at or timezone.now()
    if not ready.update(state=LetterState.OPEN, launched_at=launched_at, launch_at=None):
        raise CannotLaunch
    letter.refresh_from_db()
    promise_end(letter, timezone.now())
    bump_revision(letter)
    LetterEvent.objects.create(letter=letter, actor=actor, act="launch")


def launch_due(now: datetime) -> int:
    """Launch every gathering letter whose hour has come; returns how many.

    Never before the founders were told and have had their time to leave: if the worker was down
    meanwhile, the launch is late.
    """
    due = Letter.objects.filter(state=LetterState.GATHERING, launch_at__lte=now)
    launched = 0
    for letter in list(due.filter(edition__isnull=False, sealing_key__isnull=False)):
        # Somebody may launch it, or take it back, at the same moment.
        with suppress(CannotLaunch):
            if exit_is_over(letter, now):
                launch(letter, actor="worker", at=now)
                launched += 1
    return launched


@transaction.atomic
def put_up(
    letter: Letter,
    texts: Sequence[Text],
    keyring: Keyring,
    *,
    actor: str,
    at: datetime | None = None,
) -> Edition:
    """Key, edition and launch in one step: for letters that come whole, with their keys at hand.

    Raises what `give_key`, `publish` and `launch` raise.
    """
    give_key(letter, keyring)
    edition = publish(letter, texts, actor=actor, at=at)
    letter.refresh_from_db()
    if letter.state in BEFORE_LAUNCH:
        launch(letter, actor=actor, at=at)
    return edition
