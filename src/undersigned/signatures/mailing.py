"""Order the mailing of an update, and steer it: when, to whom, not now, no more.

The worker writes it out (`signatures.writing_mailings`). What an order needs no more is taken out
of the outbox there, too; only mail that is just leaving is beyond reach.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils import timezone

from undersigned.letters.models import (
    MAILING_OPEN,
    Letter,
    LetterEvent,
    Mailing,
    MailingState,
    Update,
)
from undersigned.mail.outbox import SETTLED_LIFETIME
from undersigned.signatures.audiences import Audience, members

# Whoever got an update is known by the mail's row, and must not get it again.
AGAIN_WITHIN = SETTLED_LIFETIME - timedelta(days=5)


class CannotMail(Exception):
    """The update cannot be mailed. Nothing was changed."""


class NothingWritten(CannotMail):
    """It has no text."""


class NobodyToMail(CannotMail):
    """Nobody fits the choice."""


class OnItsWay(CannotMail):
    """Another mailing of it is planned or under way."""


class TooLate(CannotMail):
    """It was mailed so long ago that nobody knows any more who got it."""


class NotPublic(CannotMail):
    """The letter has no key or no text: nobody can have signed it."""


class HasEnded(Exception):
    """The mailing is over, or is not in a state to do this."""


def order_mailing(
    update: Update, audience: Audience, *, starts_at: datetime, shows: bool, actor: str
) -> Mailing:
    """Have it mailed from an hour on; an hour that has passed means now. Raises CannotMail.

    `shows`: put it on the letter's page when the mailing starts.
    """
    letter = update.letter
    if letter.edition_id is None:
        raise NotPublic
    if not update.texts.exists():
        raise NothingWritten
    first = update.mailings.aggregate(first=Min("started_at"))["first"]
    if first is not None and max(starts_at, timezone.now()) > first + AGAIN_WITHIN:
        raise TooLate
    if not members(letter, audience).exists():
        raise NobodyToMail
    try:
        with transaction.atomic():
            mailing = Mailing.objects.create(
                update=update,
                audience=audience.to_json(),
                starts_at=starts_at,
                shows=shows,
                actor=actor,
            )
            _note(letter, mailing, actor, "order mailing")
    except IntegrityError:
        raise OnItsWay from None
    return mailing


@transaction.atomic
def pause_mailing(mailing: Mailing, *, actor: str) -> None:
    """Not now; raises HasEnded."""
    _move(mailing, (MailingState.RUNNING,), MailingState.PAUSED, is_taken_back=False)
    _note(mailing.update.letter, mailing, actor, "pause mailing")


@transaction.atomic
def resume_mailing(mailing: Mailing, *, actor: str) -> None:
    """Go on where it stopped; raises HasEnded."""
    _move(mailing, (MailingState.PAUSED,), MailingState.RUNNING, is_taken_back=True)
    _note(mailing.update.letter, mailing, actor, "resume mailing")


@transaction.atomic
def cancel_mailing(mailing: Mailing, *, actor: str) -> None:
    """No more of it; who has it has it. Raises HasEnded."""
    _move(
        mailing,
        MAILING_OPEN,
        MailingState.CANCELLED,
        is_taken_back=False,
        ended_at=timezone.now(),
    )
    _note(mailing.update.letter, mailing, actor, "cancel mailing")


def series_going_on() -> list[uuid.UUID]:
    """Updates whose mailing is not over: the rows of their mail say who has it already."""
    return list(Mailing.objects.filter(state__in=MAILING_OPEN).values_list("update", flat=True))


def _move(
    mailing: Mailing, states: tuple[MailingState, ...], to: MailingState, **columns: object
) -> None:
    found = Mailing.objects.filter(pk=mailing.pk, state__in=states)
    if not found.update(state=to, **columns):
        raise HasEnded
    mailing.refresh_from_db()


def _note(letter: Letter, mailing: Mailing, actor: str, act: str) -> None:
    details = {"update": mailing.update.number}
    LetterEvent.objects.create(letter=letter, actor=actor, act=act, details=details)
