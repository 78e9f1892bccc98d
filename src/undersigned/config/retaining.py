"""What is forgotten when: a survey, and the act that the worker carries out once a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from undersigned.mail.allowance import WEEK, forget_old
from undersigned.mail.models import Allowance, Message, MessageState
from undersigned.mail.outbox import SETTLED_LIFETIME, forget_settled
from undersigned.signatures.expiring import forget_unconfirmed
from undersigned.signatures.models import Signature, State
from undersigned.signatures.rules import PENDING_LIFETIME


@dataclass(frozen=True)
class Kept:
    """Rows that are kept for a time.

    `letter`: its slug, empty where rows belong to no letter; `kept`: how many there are; `due`:
    how many of them are past their time; `next`: when the next one will be.
    """

    letter: str
    what: str
    days: int
    kept: int
    due: int
    next: datetime | None


def survey(now: datetime) -> list[Kept]:
    """What is kept for a time, by letter, then the rest. Changes nothing."""
    pending = Signature.objects.filter(state=State.PENDING)
    unconfirmed = [
        _kept(
            pending.filter(letter=letter),
            "created_at",
            PENDING_LIFETIME,
            now,
            letter=slug,
            what="signatures that nobody has confirmed",
            # One whose owner asked for a new link lives as long as that link.
            stays=Q(links__expires_at__gt=now),
        )
        for letter, slug in pending.order_by("letter__slug")
        .values_list("letter", "letter__slug")
        .distinct()
    ]
    settled = Message.objects.exclude(state=MessageState.QUEUED)
    return [
        *unconfirmed,
        _kept(settled, "queued_at", SETTLED_LIFETIME, now, what="rows of mail that was dealt with"),
        _kept(Allowance.objects.all(), "at", WEEK, now, what="marks of addresses that were mailed"),
    ]


def forget_due(now: datetime) -> None:
    """Forget what is past its time."""
    forget_unconfirmed(now)
    forget_old(now)
    forget_settled(now)


def _kept(
    rows: QuerySet[Any],
    column: str,
    lifetime: timedelta,
    now: datetime,
    *,
    what: str,
    letter: str = "",
    stays: Q | None = None,
) -> Kept:
    past = rows.filter(**{f"{column}__lte": now - lifetime})
    if stays is not None:
        past = past.exclude(stays)
    coming = rows.filter(**{f"{column}__gt": now - lifetime}).aggregate(first=Min(column))["first"]
    return Kept(
        letter=letter,
        what=what,
        days=lifetime.days,
        kept=rows.aggregate(total=Count("pk"))["total"],
        due=past.count(),
        next=coming + lifetime if coming else None,
    )
