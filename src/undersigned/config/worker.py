"""The worker: opens what the web sealed, and does what nobody should wait for."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.core.mail import mailers
from django.db import connection
from django.utils import timezone

from undersigned.config.errands import ErrandThread
from undersigned.config.heartbeat import Heartbeat
from undersigned.config.lease import Lease
from undersigned.letters.closing import close_due
from undersigned.letters.keying import give_keys
from undersigned.letters.launching import launch_due
from undersigned.letters.translating.telling import tell_of_offers
from undersigned.letters.translating.volunteers import forget_ended as forget_volunteers
from undersigned.mail.allowance import forget_old
from undersigned.mail.delivery import (
    KeyOutOfReach,
    Open,
    Transport,
    Undeliverable,
    deliver_due,
)
from undersigned.mail.outbox import forget_settled
from undersigned.signatures.cases import forget_cases
from undersigned.signatures.correcting import apply_corrections
from undersigned.signatures.counting import count_changes, recount
from undersigned.signatures.day_counting import recount_days
from undersigned.signatures.expiring import forget_unconfirmed
from undersigned.signatures.exporting.writing import sweep_folder
from undersigned.signatures.founding import tell_founders
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.notices import write_notices
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.renewing import ask_to_renew
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.expiring import forget_ended
from undersigned.vault.keys import KeyMissing, Keyring
from undersigned.vault.open import CannotOpen

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.3
AFTER_A_FAULT_SECONDS = 5.0
# Names appear and numbers move together, and pages are rendered at most this often.
COUNT_EVERY_SECONDS = 1.0
NIGHTLY = timedelta(days=1)


class Worker:
    """Rounds of duties until told to stop. Each duty is a batch in one transaction."""

    def __init__(self, data: Path, transport: Transport | None = None) -> None:
        self._keys = WorkerKeys(Keyring(data / "keys"))
        self._errands = ErrandThread(self._keys.keyring)
        self._lease = Lease("worker", data)
        self._heartbeat = Heartbeat(data)
        self._transport = transport or mailers.default
        self._stop = threading.Event()
        self._faults = 0
        self._counted_at = 0.0
        self._tidied_at = timezone.now() - NIGHTLY

    def stop(self, *_: object) -> None:
        """End after the batch in hand. Fit for a signal handler."""
        self._stop.set()

    def run(self) -> None:
        """Work until `stop`. A duty that fails is tried again later; the others go on."""
        self._errands.start()
        while not self._stop.is_set():
            faults_before = self._faults
            done = self.round()
            if self._faults > faults_before:
                self._stop.wait(AFTER_A_FAULT_SECONDS)
            elif not done:
                self._stop.wait(IDLE_SECONDS)
        self._errands.stop()
        self._lease.give_back()

    def round(self) -> int:
        """Each duty once; returns how much was done, 0 when there is nothing to do."""
        done = 0
        self._heartbeat.beat()
        if self._try(self._lease.hold):
            done += self._try(lambda: give_keys(self._keys.keyring))
            done += self._try(lambda: answer_pending(self._keys))
            done += self._try(lambda: write_notices(self._keys))
            done += self._try(lambda: list_confirmed(self._keys))
            done += self._try(lambda: apply_corrections(self._keys))
            done += self._try(self._count)
            done += self._try(lambda: tell_of_offers(timezone.now()))
            self._try(self._tidy)
        return done + self._try(lambda: deliver_due(self._transport, self._open_mail()))

    def _try(self, duty: Callable[[], int]) -> int:
        """Carry out a duty; whatever stops it is logged, without its words, and counted."""
        try:
            return duty()
        except Exception:
            log.exception("A duty of the worker failed and is tried again.")
            self._faults += 1
            connection.close()
            return 0

    def _count(self) -> int:
        if time.monotonic() - self._counted_at < COUNT_EVERY_SECONDS:
            return 0
        self._counted_at = time.monotonic()
        now = timezone.now()
        ask = ask_to_renew(now) + tell_founders(now)
        return ask + count_changes() + launch_due(now) + close_due(now)

    def _tidy(self) -> int:
        """Once a day: recount, and forget what is past its time."""
        now = timezone.now()
        if now - self._tidied_at >= NIGHTLY:
            self._tidied_at = now
            recount()
            recount_days()
            forget_unconfirmed(now)
            forget_cases(now)
            forget_old(now)
            forget_settled(now)
            sweep_folder(now)
            forget_ended(now)
            forget_volunteers(now)
        return 0

    def _open_mail(self) -> Open:
        def open_sealed(letter: UUID, message: UUID, purpose: str, sealed: bytes) -> bytes:
            try:
                return self._keys.opener(letter).open(message, purpose, sealed)
            except KeyMissing as error:
                raise KeyOutOfReach from error
            except CannotOpen as error:
                raise Undeliverable from error

        return open_sealed
