"""How often an address may be mailed by us without having asked: so that nobody is bombed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum

from undersigned.mail.models import Allowance

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
PER_DAY = 3
PER_WEEK = 6


class Permit(Enum):
    NO = "no"
    YES = "yes"
    LAST = "last"  # the last one for now: it should say everything


class Ledger:
    """The allowances of the addresses in one batch of work, read once and saved once."""

    def __init__(self, marks: Iterable[bytes], now: datetime) -> None:
        self._now = now
        self._new: list[Allowance] = []
        self._seen: dict[bytes, list[tuple[bytes, datetime]]] = defaultdict(list)
        for mark, topic, at in Allowance.objects.filter(
            mark__in=list(set(marks)), at__gt=now - WEEK
        ).values_list("mark", "topic", "at"):
            self._seen[bytes(mark)].append((bytes(topic), at))

    def ask(self, mark: bytes, topic: bytes) -> Permit:
        """May this address be mailed about this topic now? A yes is taken as used."""
        seen = self._seen[mark]
        today = [(what, at) for what, at in seen if at > self._now - DAY]
        if len(today) >= PER_DAY or len(seen) >= PER_WEEK or topic in {what for what, _ in today}:
            return Permit.NO
        seen.append((topic, self._now))
        self._new.append(Allowance(mark=mark, topic=topic, at=self._now))
        if len(today) + 1 == PER_DAY or len(seen) == PER_WEEK:
            return Permit.LAST
        return Permit.YES

    def save(self) -> None:
        """Keep what was used; to be called in the transaction that queues the mail."""
        Allowance.objects.bulk_create(self._new)


def forget_old(now: datetime) -> None:
    """Drop what no longer limits anything."""
    Allowance.objects.filter(at__lte=now - WEEK).delete()


def forget_mark(mark: bytes) -> None:
    """Drop what is known of one address: its owner asked to be forgotten."""
    Allowance.objects.filter(mark=mark).delete()
