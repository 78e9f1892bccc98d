"""Not more mail a minute than the mail service takes from us, however many workers send.

One row says until when the pace is used up; a worker that claims mail moves it on in the same
transaction. Unused time is kept for a burst of a few seconds and no longer (a token bucket).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from undersigned.mail.models import Pace

BURST = timedelta(seconds=5)
# Further ahead than that, the clock was put back: mail must not wait until it is as late again.
CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True)
class Room:
    """How many may leave now: `count`; and what `take` needs to say that they did."""

    count: int
    _from: datetime
    _each: timedelta

    def take(self, count: int) -> None:
        """So many of them are about to leave."""
        Pace.objects.filter(pk=1).update(used_until=self._from + count * self._each)


def look_for_room(per_minute: int, now: datetime) -> Room:
    """To be called in the transaction that claims; others wait until it ends."""
    each = timedelta(minutes=1) / per_minute
    burst = max(BURST, each)
    pace, _ = Pace.objects.select_for_update().get_or_create(
        pk=1, defaults={"used_until": now - burst}
    )
    used = pace.used_until if pace.used_until <= now + CLOCKS_DIFFER else now
    start = max(used, now - burst)
    return Room(count=max(0, (now - start) // each), _from=start, _each=each)
