"""Take in mail that signs: an errand of the worker's, and what a mail server pipes to us."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils import timezone

from undersigned.config import bouncing
from undersigned.mail.mailbox import BATCH, MailboxOutOfReach, read_mailbox
from undersigned.mail.reports import MOST_BYTES as MOST_OF_A_REPORT
from undersigned.signatures.receiving.reading import MOST_BYTES
from undersigned.signatures.receiving.slow_domains import SlowDomains
from undersigned.signatures.receiving.taking import Outcome, take_mail
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 60.0
# After a look that found some: mail that signs comes in waves, and its authors wait for an answer.
LOOK_AGAIN_SECONDS = 15.0
# In one look, so that other errands have their turn while name servers are slow; the mail in hand
# takes some more (authentic.MOST_SECONDS).
LONGEST_LOOK_SECONDS = 10.0
# When name servers gave no answer: the mail stays unread meanwhile, then it is left to people.
AGAIN_AFTER_MINUTES = (1, 5, 20, 60)
NOT_YET_MINUTES = 5


class SignatureMailbox:
    """Looks into the mailbox for signatures, if the host has one: once a minute, or in a wave more.

    Mail that was not looked at yet comes first, so that none waits behind what waits itself.
    """

    def __init__(self) -> None:
        self._look_at = 0.0
        self._until = 0.0
        self._is_cut = False
        # Of the mail in hand.
        self._tries = 0
        self._was_tried = True
        self._slow = SlowDomains()
        # By number in the mailbox: how often it was tried, and when it is its turn again.
        self._later: dict[str, tuple[int, float]] = {}

    def __call__(self, keys: WorkerKeys) -> int:
        """Returns how many mails were dealt with. One that cannot be reached is logged."""
        if not settings.SIGN_IMAP_URL or time.monotonic() < self._look_at:
            return 0
        self._look_at = time.monotonic() + LOOK_EVERY_SECONDS
        self._until = time.monotonic() + LONGEST_LOOK_SECONDS
        try:
            url = settings.SIGN_IMAP_URL
            # One byte more, to see that a mail is longer.
            most = MOST_BYTES + 1
            looked = read_mailbox(url, lambda raw: self._take(raw, keys), most, self, (KeyMissing,))
        except MailboxOutOfReach as fault:
            log.warning("The mailbox for signatures cannot be read now (%s).", fault)
            return 0
        if self._is_cut:
            self._look_at = 0.0  # there is more
        elif looked.taken:
            self._look_at = time.monotonic() + LOOK_AGAIN_SECONDS
        return looked.taken + looked.left

    def in_turn(self, uids: Sequence[str], /) -> Iterator[str]:
        """New ones, then those whose time to wait is over; until the look took long enough."""
        self._later = {uid: self._later[uid] for uid in uids if uid in self._later}
        now = time.monotonic()
        new = [uid for uid in uids if uid not in self._later]
        due = [uid for uid, (_, again_at) in self._later.items() if again_at <= now]
        turns = [*new, *sorted(due, key=lambda uid: self._later[uid][1])]
        self._is_cut = False
        for place, uid in enumerate(turns):
            if place == BATCH or time.monotonic() > self._until:
                self._is_cut = True
                return
            self._tries, _ = self._later.pop(uid, (0, 0.0))
            yield uid

    def put_off(self, uid: str, /) -> bool:
        """One waits, longer each time; False if it was tried often enough."""
        now, tries = time.monotonic(), self._tries
        if not self._was_tried:
            self._later[uid] = tries, now + 60 * NOT_YET_MINUTES
        elif tries < len(AGAIN_AFTER_MINUTES):
            self._later[uid] = tries + 1, now + 60 * AGAIN_AFTER_MINUTES[tries]
        return uid in self._later

    def _take(self, raw: bytes, keys: WorkerKeys) -> bool | None:
        """Whether a mail can be deleted; None to leave it unread."""
        if _is_report(raw, keys):
            return True
        outcome = take(raw, keys, self._slow)
        self._was_tried = outcome is not Outcome.NOT_YET
        waits = outcome in {Outcome.LATER, Outcome.NOT_YET}
        return None if waits else outcome is Outcome.TAKEN


def take(raw: bytes, keys: WorkerKeys, slow: SlowDomains | None = None) -> Outcome:
    """Take one mail in. Raises vault.keys.KeyMissing and DatabaseError."""
    return take_mail(raw, keys, timezone.now(), slow=slow)


def _is_report(raw: bytes, keys: WorkerKeys) -> bool:
    """Where one mailbox is for both: whether it was a report of returned mail."""
    is_shared = settings.SIGN_IMAP_URL == settings.BOUNCE_IMAP_URL
    return is_shared and bouncing.take(raw[:MOST_OF_A_REPORT], keys)
