"""Gather founders under embargo: a private link, a launch at its hour, and time to leave before."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent, LetterState
from undersigned.letters.retention import promise_end
from undersigned.vault.tokens import new_token

EXIT_HOURS_AT_MOST = 14 * 24


class NotGathering(Exception):
    """The letter is not in its founding round, or has no published text to sign yet."""


class TooSoon(Exception):
    """The hour leaves founders less time to leave than they were promised."""


@transaction.atomic
def start_gathering(letter: Letter, *, actor: str) -> None:
    """Open the founding round: whoever has the link reads and signs. Raises NotGathering."""
    ready = Letter.objects.filter(pk=letter.pk, state=LetterState.DRAFT, edition__isnull=False)
    if not ready.update(state=LetterState.GATHERING, founders_key=new_token()):
        raise NotGathering
    letter.refresh_from_db()
    promise_end(letter, timezone.now())
    _note(letter, actor, "start gathering")


@transaction.atomic
def replace_link(letter: Letter, *, actor: str) -> None:
    """A new private link; the old one ends at once. Raises NotGathering."""
    _update_gathering(letter, founders_key=new_token())
    _note(letter, actor, "replace founders' link")


@transaction.atomic
def plan_launch(
    letter: Letter, at: datetime, zone: str, exit_hours: int, *, now: datetime, actor: str
) -> None:
    """Launch by itself at an hour. Founders hear of it `exit_hours` before, and may leave.

    Those who were told of an earlier plan are told again. Raises TooSoon or NotGathering.
    """
    if at < now + timedelta(hours=exit_hours):
        raise TooSoon
    _update_gathering(
        letter, launch_at=at, time_zone=zone, exit_hours=exit_hours, founders_told_at=None
    )
    _note(letter, actor, "plan launch", at=at.isoformat(), exit_hours=exit_hours)


@transaction.atomic
def cancel_plan(letter: Letter, *, actor: str) -> None:
    """No hour any more; raises NotGathering."""
    _update_gathering(letter, launch_at=None, founders_told_at=None)
    _note(letter, actor, "cancel planned launch")


def exit_begins(letter: Letter) -> datetime | None:
    """When founders are told of the launch that is planned."""
    return letter.launch_at and letter.launch_at - timedelta(hours=letter.exit_hours)


def exit_is_over(letter: Letter, now: datetime) -> bool:
    """Whether the founders were told, and have had their time."""
    told = letter.founders_told_at
    return told is not None and told + timedelta(hours=letter.exit_hours) <= now


def _update_gathering(letter: Letter, **columns: object) -> None:
    gathering = Letter.objects.filter(pk=letter.pk, state=LetterState.GATHERING)
    if not gathering.update(**columns):
        raise NotGathering
    letter.refresh_from_db()


def _note(letter: Letter, actor: str, act: str, **details: object) -> None:
    LetterEvent.objects.create(letter=letter, actor=actor, act=act, details=details)
