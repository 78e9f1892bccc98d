"""How mail leaves this installation, from what the host has set."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.core.mail import mailers
from django.db import connection

from undersigned.mail.delivery import (
    KeyOutOfReach,
    Open,
    Terms,
    Transport,
    Undeliverable,
    deliver_due,
)
from undersigned.mail.models import Message
from undersigned.mail.pacing import Limits
from undersigned.signatures import notices, wanting_updates
from undersigned.signatures.envelopes import envelopes
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing, Keyring
from undersigned.vault.open import CannotOpen, Opener
from undersigned.vault.panics import panics_as_faults

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.3
AFTER_A_FAULT_SECONDS = 5.0


def post(transport: Transport, keys: WorkerKeys) -> int:
    """Send what is due; returns how many left. Raises vault.keys.KeyMissing without the keys."""
    terms = Terms(
        envelopes=envelopes(keys, settings.BOUNCE_ADDRESS),
        limits=Limits(
            per_minute=settings.MAIL_PER_MINUTE,
            per_hour=settings.MAIL_PER_HOUR,
            per_day=settings.MAIL_PER_DAY,
        ),
        wanted_among=_wanted_among,
    )
    return deliver_due(transport, _opening(keys), terms)


def _wanted_among(messages: Collection[Message]) -> set[UUID]:
    return wanting_updates.wanted_among(messages) & notices.wanted_among(messages)


def _opening(keys: WorkerKeys) -> Open:
    openers: dict[UUID, Opener] = {}  # for this batch: each time it is looked whether it stands

    def open_sealed(letter: UUID, message: UUID, purpose: str, sealed: bytes) -> bytes:
        try:
            if letter not in openers:
                openers[letter] = keys.opener(letter)
            return openers[letter].open(message, purpose, sealed)
        except KeyMissing as error:
            raise KeyOutOfReach from error
        except CannotOpen as error:
            raise Undeliverable from error

    return open_sealed


class PostThread:
    """One more connection to the mail server, until told to stop. Keys of its own."""

    def __init__(self, keyring: Keyring, transport: Transport | None = None) -> None:
        self._keys = WorkerKeys(keyring)
        self._transport = transport or mailers.default
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="post", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Wait for the message in hand."""
        self._stop.set()
        self._thread.join(timeout=30)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with panics_as_faults():
                    sent = post(self._transport, self._keys)
            except Exception:
                log.exception("Mail could not be delivered and is tried again.")
                connection.close()
                self._stop.wait(AFTER_A_FAULT_SECONDS)
            else:
                if not sent:
                    self._stop.wait(IDLE_SECONDS)
        self._transport.close()
        connection.close()
