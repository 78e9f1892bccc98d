"""What is kept of a letter's signers, and when it will go: the calendar, counted as of now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db.models import Count, Min, Q

from undersigned.letters.models import Forgotten, Letter
from undersigned.letters.retention import end_date, unasked_go_at
from undersigned.mail.models import Message, MessageState
from undersigned.signatures.expiring import unconfirmed
from undersigned.signatures.forgetting import unasked
from undersigned.signatures.models import Signature, State, Visibility
from undersigned.signatures.rules import PENDING_LIFETIME, STANDING

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Due:
    """`count`: how many would go if it were now; of these `past`: whose time is over already.

    `at`: when the next ones go; None while that is not known, or there are none.
    """

    what: Forgotten
    count: int
    past: int
    at: datetime | None


@dataclass(frozen=True)
class Ending:
    """What goes with the letter's key, if it were now.

    `asked`: of the addresses, those whose owners asked to hear more; `undecided`: signatures that
    wait for a person; `hidden`: names for the addressee alone; `mails`: that wait to be sent.
    """

    addresses: int
    asked: int
    undecided: int
    hidden: int
    mails: int


def calendar(letter: Letter, now: datetime) -> list[Due]:
    """What goes when, in the order in which it usually does; nothing once all addresses went."""
    if letter.key_destroyed_at is not None:
        return []
    pending = letter.signatures.filter(state=State.PENDING)
    fresh = pending.filter(created_at__gt=now - PENDING_LIFETIME).aggregate(Min("created_at"))
    first, goes_at = fresh["created_at__min"], unasked_go_at(letter)
    ends_on = end_date(letter, now.astimezone(UTC).date())
    ends_at = datetime.combine(ends_on, time.min, UTC)
    unwanted, addresses = unasked().filter(letter=letter).count(), foresee_end(letter).addresses
    is_over = letter.closed_at is not None and goes_at is not None and goes_at <= now
    return [
        Due(
            Forgotten.UNCONFIRMED,
            count=pending.count(),
            past=unconfirmed(now).filter(letter=letter).count(),
            at=first and first + PENDING_LIFETIME,
        ),
        Due(Forgotten.UNASKED, unwanted, unwanted if is_over else 0, goes_at),
        Due(Forgotten.ALL, addresses, addresses if ends_at <= now else 0, ends_at),
    ]


def goes_soon(letter: Letter, now: datetime) -> list[Due]:
    """Addresses that go within SOON. Asks the database only where a day is that near."""
    until, goes_at = now + SOON, unasked_go_at(letter)
    if end_date(letter, now.date()) > until.date() and (goes_at is None or goes_at > until):
        return []
    return [
        due
        for due in calendar(letter, now)
        if due.what != Forgotten.UNCONFIRMED and due.count and due.at and due.at <= until
    ]


def foresee_end(letter: Letter) -> Ending:
    """What `forgetting.destroy_key` would take. Changes nothing."""
    has_address = Q(sealed_address__isnull=False)
    stands = Q(state__in=STANDING)
    counted = Signature.objects.filter(letter=letter).aggregate(
        addresses=Count("pk", filter=has_address),
        pending=Count("pk", filter=has_address & Q(state=State.PENDING)),
        undecided=Count("pk", filter=Q(state=State.CONFIRMED)),
        hidden=Count("pk", filter=stands & Q(visibility=Visibility.RECIPIENT)),
    )
    unwanted = unasked().filter(letter=letter).count() + counted.pop("pending")
    return Ending(
        **counted,
        asked=counted["addresses"] - unwanted,
        mails=Message.objects.filter(seal=letter.pk, state=MessageState.QUEUED).count(),
    )
