"""Not more mail than the mail service takes from us, however many workers send.

By the minute, one row says until when the pace is used up; a worker that claims mail moves it on in
the same transaction. Unused time is kept for a burst of a few seconds and no longer (a token
bucket).

By the hour and the day, what left in each minute is counted, and the last 60 minutes or 24 hours
are added up: so no hour and no day, whenever it begins, has more. Of both, a fifth is kept from
notices and updates: somebody may want to sign when they have used up the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Sum

from undersigned.mail.models import Pace, Spent

BURST = timedelta(seconds=5)
# Further ahead than that, the clock was put back: mail must not wait until it is as late again.
CLOCKS_DIFFER = timedelta(minutes=1)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# One of so many parts is for mail that somebody waits for.
KEPT_FOR_NOW = 5


@dataclass(frozen=True)
class Limits:
    """How many mails may leave, all workers together; 0 for no limit."""

    per_minute: int = 0
    per_hour: int = 0
    per_day: int = 0

    @property
    def are_long(self) -> bool:
        """Whether what leaves is counted by the hour or the day."""
        return bool(self.per_hour or self.per_day)


NO_LIMITS = Limits()


@dataclass(frozen=True)
class Room:
    """How many may leave now, `later` of them notices or updates; and what `take`
    needs to say that they did.

    `is_long`: it was used up by the hour or the day, not by the minute.
    """

    count: int
    later: int
    is_long: bool
    _limits: Limits
    _now: datetime
    _from: datetime

    def take(self, count: int) -> None:
        """So many of them are about to leave."""
        if self._limits.per_minute:
            used = self._from + count * (MINUTE / self._limits.per_minute)
            Pace.objects.filter(pk=1).update(used_until=used)
        if self._limits.are_long:
            spent, is_new = Spent.objects.get_or_create(minute=_minute(self._now))
            Spent.objects.filter(pk=spent.pk).update(count=F("count") + count)
            if is_new:
                Spent.objects.filter(minute__lt=self._now - 2 * DAY).delete()


def look_for_room(limits: Limits, most: int, now: datetime) -> Room:
    """For at most so many; to be called in the transaction that claims, others wait for its end."""
    # The row is also what others wait for.
    pace, _ = Pace.objects.select_for_update().get_or_create(
        pk=1, defaults={"used_until": now - DAY}
    )
    brief, start = most, now
    if limits.per_minute:
        each = MINUTE / limits.per_minute
        used = pace.used_until if pace.used_until <= now + CLOCKS_DIFFER else now
        start = max(used, now - max(BURST, each))
        brief = min(most, max(0, (now - start) // each))
    long = later = most
    for window, limit in ((HOUR, limits.per_hour), (DAY, limits.per_day)):
        if limit:
            left = max(0, limit - _spent(window, now))
            long, later = min(long, left), min(later, left - _kept(limit))
    count = min(brief, long)
    return Room(count, max(0, min(count, later)), long == 0, limits, now, start)


def put_back(count: int, taken_at: datetime) -> None:
    """So many of those that were taken at this time did not leave after all.

    For the hour and the day only: the pace of a minute has no memory.
    """
    Spent.objects.filter(minute=_minute(taken_at)).update(count=F("count") - count)


def _kept(limit: int) -> int:
    """At least one, or one update would do for the whole day; but a limit of one is for all."""
    return max(1, limit // KEPT_FOR_NOW) if limit > 1 else 0


def _spent(window: timedelta, now: datetime) -> int:
    """With the minute that the window begins in."""
    within = Spent.objects.filter(
        minute__gte=_minute(now - window), minute__lte=now + CLOCKS_DIFFER
    )
    return int(within.aggregate(count=Sum("count", default=0))["count"])


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
