"""When the worker forgets: begins once a minute and once a day, and goes on until all went."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.utils import timezone

from undersigned.letters.models import Letter
from undersigned.letters.retention import promise_due
from undersigned.mail.allowance import forget_old
from undersigned.mail.outbox import forget_settled
from undersigned.mail.suppression import forget_suppressed
from undersigned.signatures.expiring import forget_unconfirmed
from undersigned.signatures.forgetting import begin_ended, begin_unasked, destroy_again, go_on
from undersigned.signatures.mailing import series_going_on
from undersigned.signatures.mailing_reports import keep_reports
from undersigned.signatures.worker_keys import WorkerKeys

LOOK_EVERY_SECONDS = 60.0
GO_ON_EVERY_SECONDS = 1.0
DAILY = timedelta(days=1)


class Forgetter:
    """A duty of the worker that holds the lease. Everything at once when it starts."""

    def __init__(self, keys: WorkerKeys) -> None:
        self._keys = keys
        self._looked_at = self._went_on_at = float("-inf")
        self._swept_at: datetime | None = None
        self._is_under_way = False

    def forget(self) -> int:
        """Returns how much there was to do: another round is to follow at once if there was."""
        now, clock = timezone.now(), time.monotonic()
        if self._swept_at is None or now - self._swept_at >= DAILY:
            self._swept_at, self._looked_at = now, clock
            begin_all(self._keys, now)
        elif clock - self._looked_at >= LOOK_EVERY_SECONDS:
            self._looked_at = clock
            begin_ended(self._keys, now)
        if not self._is_under_way and clock - self._went_on_at < GO_ON_EVERY_SECONDS:
            return 0
        self._went_on_at = clock
        done = go_on(self._keys, now)
        self._is_under_way = done > 0
        return done

    def follow(self) -> int:
        """For a worker without the lease: a copy of the keys on its own machine goes too."""
        clock = time.monotonic()
        if clock - self._looked_at >= LOOK_EVERY_SECONDS:
            self._looked_at = clock
            gone = Letter.objects.exclude(key_destroyed_at=None)
            for letter in gone.values_list("pk", flat=True):
                self._keys.destroy(letter)
        return 0


def begin_all(keys: WorkerKeys, now: datetime) -> None:
    """Begin with whatever is past its time; what nobody confirmed goes at once."""
    promise_due(now)
    destroy_again(keys, now)
    begin_ended(keys, now)
    begin_unasked(now)
    forget_unconfirmed(now)


def forget_addresses(keys: WorkerKeys, now: datetime) -> None:
    """Begin, and go on for as long as there is something to forget."""
    begin_all(keys, now)
    while go_on(keys, now):
        pass


def forget_mail(now: datetime) -> None:
    """The rows of mail that was dealt with long ago, and marks of addresses that were mailed."""
    forget_old(now)
    keep_reports(now)  # first: they are counted from the rows that go
    forget_settled(now, series_going_on())
    forget_suppressed(now)
