"""The worker: opens what the web sealed, and does what nobody should wait for."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import mailers
from django.db import connection
from django.utils import timezone

from undersigned.config.errands import ErrandThread
from undersigned.config.forgetting import Forgetter, forget_mail
from undersigned.config.heartbeat import Heartbeat
from undersigned.config.journal import Journal
from undersigned.config.lease import Lease
from undersigned.config.posting import PostThread, post
from undersigned.config.sqlite.write_log import WriteLog
from undersigned.letters.closing import close_due
from undersigned.letters.keying import give_keys
from undersigned.letters.launching import launch_due
from undersigned.letters.translating.telling import tell_of_offers
from undersigned.letters.translating.volunteers import forget_ended as forget_volunteers
from undersigned.mail.delivery import Transport
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.cases import forget_cases
from undersigned.signatures.correcting import apply_corrections
from undersigned.signatures.counting import count_changes, recount
from undersigned.signatures.day_counting import recount_days
from undersigned.signatures.exporting.writing import sweep_folder
from undersigned.signatures.founding import tell_founders
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.notices import write_notices
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.partner_counting import recount_partners
from undersigned.signatures.partner_files import order_erasures, remove_leftovers
from undersigned.signatures.receiving.taking import forget_received
from undersigned.signatures.renewing import ask_to_renew
from undersigned.signatures.signer_links import forget_links
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_mailings import write_mailings
from undersigned.teams.expiring import forget_ended
from undersigned.vault.keys import Keyring
from undersigned.vault.panics import panics_as_faults

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
        self._forgetter = Forgetter(self._keys)
        self._errands = ErrandThread(self._keys.keyring, data)
        self._lease = Lease("worker", data)
        self._journal = Journal(data)
        self._write_log = WriteLog()
        self._heartbeat = Heartbeat(data)
        self._transport = transport or mailers.default
        more = 0 if transport else settings.MAIL_CONNECTIONS - 1
        self._posts = [PostThread(self._keys.keyring) for _ in range(more)]
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
        for thread in self._posts:
            thread.start()
        while not self._stop.is_set():
            faults_before = self._faults
            done = self.round()
            if self._faults > faults_before:
                self._stop.wait(AFTER_A_FAULT_SECONDS)
            elif not done:
                self._stop.wait(IDLE_SECONDS)
        self._errands.stop()
        for thread in self._posts:
            thread.stop()
        self._try(self._hang_up)
        self._lease.give_back()

    def round(self) -> int:
        """Each duty once; returns how much was done, 0 when there is nothing to do."""
        done = 0
        self._heartbeat.beat()
        if self._try(self._lease.hold):
            done += self._try(self._forgetter.forget)
            done += self._try(self._write_journal)
            done += self._try(lambda: give_keys(self._keys.keyring))
            done += self._try(lambda: answer_pending(self._keys))
            done += self._try(lambda: write_notices(self._keys))
            done += self._try(lambda: answer_signers(self._keys))
            done += self._try(lambda: list_confirmed(self._keys))
            done += self._try(lambda: apply_corrections(self._keys))
            done += self._try(self._count)
            done += self._try(lambda: tell_of_offers(timezone.now()))
            done += self._try(lambda: write_mailings(self._keys))
            self._try(self._tidy)
            self._try(self._write_log.empty)
        else:
            self._try(self._forgetter.follow)
        return done + self._try(lambda: post(self._transport, self._keys))

    def _try(self, duty: Callable[[], int]) -> int:
        """Carry out a duty; whatever stops it is logged, without its words, and counted."""
        try:
            with panics_as_faults():
                return duty()
        except Exception:
            log.exception("A duty of the worker failed and is tried again.")
            self._faults += 1
            connection.close()
            return 0

    def _write_journal(self) -> int:
        self._journal.begin(timezone.now())
        return self._journal.drain()

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
            recount_partners()
            forget_cases(now)
            forget_links(now)
            forget_received(now)
            forget_mail(now)
            sweep_folder(now)
            remove_leftovers(now)
            forget_ended(now)
            forget_volunteers(now)
            order_erasures(now)
        return 0

    def _hang_up(self) -> int:
        self._transport.close()
        return 0
