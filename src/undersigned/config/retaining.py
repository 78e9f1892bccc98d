"""What is forgotten when: a survey, and the act that the worker carries out once a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet

from undersigned.config.forgetting import forget_addresses, forget_mail
from undersigned.letters.models import Forgotten, Letter
from undersigned.letters.retention import KEPT_AFTER_CLOSING
from undersigned.mail.allowance import WEEK
from undersigned.mail.models import Allowance, Message, MessageState, Reason, Suppression
from undersigned.mail.outbox import SETTLED_LIFETIME
from undersigned.mail.suppression import HARD_LIFETIME
from undersigned.signatures.keeping import calendar
from undersigned.signatures.mailing import series_going_on
from undersigned.signatures.partner_erasures import (
    REPEATED_FOR,
    forget_told,
    told_and_repeated,
)
from undersigned.signatures.rules import PENDING_LIFETIME
from undersigned.signatures.worker_keys import WorkerKeys

_WHAT = {
    Forgotten.UNCONFIRMED: "signatures that nobody has confirmed",
    Forgotten.UNASKED: "addresses of those who did not ask to hear more",
    Forgotten.ALL: "all addresses, with the letter's key",
}
_DAYS = {
    Forgotten.UNCONFIRMED: PENDING_LIFETIME.days,
    Forgotten.UNASKED: KEPT_AFTER_CLOSING.days,
    Forgotten.ALL: None,
}


@dataclass(frozen=True)
class Kept:
    """Rows that are kept for a time.

    `letter`: its slug, empty where rows belong to no letter; `days`: for how long, None where that
    is until a date; `kept`: how many there are; `due`: how many of them are past their time;
    `next`: when the next ones will be, None where that is not known yet.
    """

    letter: str
    what: str
    days: int | None
    kept: int
    due: int
    next: datetime | None


def survey(now: datetime) -> list[Kept]:
    """What is kept for a time, by letter, then the rest. Changes nothing."""
    settled = Message.objects.exclude(state=MessageState.QUEUED)
    settled = settled.exclude(series__in=series_going_on())
    return [
        *(kept for letter in _letters() for kept in _of_letter(letter, now)),
        _kept(settled, "queued_at", SETTLED_LIFETIME, now, what="rows of mail that was dealt with"),
        _kept(Allowance.objects.all(), "at", WEEK, now, what="marks of addresses that were mailed"),
        _kept(
            Suppression.objects.filter(reason=Reason.HARD),
            "at",
            HARD_LIFETIME,
            now,
            what="marks of mailboxes that are gone",
        ),
    ]


def forget_due(keys: WorkerKeys, now: datetime) -> None:
    """Forget what is past its time. A running worker need not be stopped."""
    forget_addresses(keys, now)
    forget_told(now)
    forget_mail(now)


def _letters() -> QuerySet[Letter]:
    return Letter.objects.defer("logo").order_by("slug")


def _of_letter(letter: Letter, now: datetime) -> Iterator[Kept]:
    for due in calendar(letter, now):
        if due.count:
            yield Kept(
                letter=letter.slug,
                what=_WHAT[due.what],
                days=_DAYS[due.what],
                kept=due.count,
                due=due.past,
                next=None if due.past == due.count else due.at,
            )
    told = told_and_repeated().filter(partner__letter=letter)
    what = "addresses that partners were told to erase"
    row = _kept(told, "told_at", REPEATED_FOR, now, what=what)
    if row.kept:
        yield replace(row, letter=letter.slug)


def _kept(
    rows: QuerySet[Any], column: str, lifetime: timedelta, now: datetime, *, what: str
) -> Kept:
    coming = rows.filter(**{f"{column}__gt": now - lifetime}).aggregate(first=Min(column))["first"]
    return Kept(
        letter="",
        what=what,
        days=lifetime.days,
        kept=rows.aggregate(total=Count("pk"))["total"],
        due=rows.filter(**{f"{column}__lte": now - lifetime}).count(),
        next=coming + lifetime if coming else None,
    )
