"""The worker's second thread: what takes longer than a batch, so that mail never waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from django.db import connection

from undersigned.config.bouncing import Mailbox, take_service_reports
from undersigned.config.heartbeat import Heartbeat
from undersigned.config.receiving import SignatureMailbox
from undersigned.letters.translating.drafting_by_machine import draft_by_machine
from undersigned.signatures.authority.proving import check_authority
from undersigned.signatures.exporting.writing import remove_expired, write_exports
from undersigned.signatures.hiding_sealed import hide_sealed
from undersigned.signatures.looking_up import answer_look_ups
from undersigned.signatures.organisations import register_listed
from undersigned.signatures.preparing_cases import prepare_cases
from undersigned.signatures.sweeping import sweep_signatures
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_partner_files import write_partner_files
from undersigned.vault.keys import Keyring

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
AFTER_A_FAULT_SECONDS = 10.0

# Each takes up to one order or a small batch; returns how much was done. In order of urgency.
Errand = Callable[[WorkerKeys], int]
ERRANDS: Sequence[Errand] = (
    hide_sealed,
    answer_look_ups,
    prepare_cases,
    sweep_signatures,
    check_authority,
    register_listed,
    write_exports,
    remove_expired,
    write_partner_files,
    draft_by_machine,
    Mailbox(),
    take_service_reports,
    SignatureMailbox(),
)


class ErrandThread:
    """Carries out errands until told to stop. Keys of its own: sealers are not shared.

    `data`: the directory where it shows that it is alive, which the worker's own sign says
    nothing of.
    """

    def __init__(self, keyring: Keyring, data: Path, errands: Sequence[Errand] = ERRANDS) -> None:
        self._keys = WorkerKeys(keyring)
        self._heartbeat = Heartbeat(data, "errands")
        self._errands = errands
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="errands", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Wait for the errand in hand; one that takes long is taken up again by the next worker."""
        self._stop.set()
        self._thread.join(timeout=10)

    def round(self) -> int:
        """Each kind of errand once; returns how much was done. A fault is logged, without words.

        Nothing starts the thread again, so whatever is no order to stop must not end it; a library
        that gives up (`vault.panics`) raises no Exception.
        """
        done = 0
        for errand in self._errands:
            self._heartbeat.beat()
            try:
                done += errand(self._keys)
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException:
                log.exception("An errand of the worker failed and is tried again.")
                connection.close()
                self._stop.wait(AFTER_A_FAULT_SECONDS)
        return done

    def _run(self) -> None:
        while not self._stop.is_set():
            if not self.round():
                self._stop.wait(IDLE_SECONDS)
        connection.close()
