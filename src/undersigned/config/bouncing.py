"""Take in what came back: errands of the worker's, and what a mail server pipes to us."""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.utils import timezone

from undersigned.mail.mailbox import BATCH, MailboxOutOfReach, read_mailbox
from undersigned.mail.models import ServiceReport
from undersigned.mail.returning import take_returned
from undersigned.mail.service_reports import take_reports
from undersigned.signatures.envelopes import envelopes
from undersigned.signatures.unsubscribing import unsubscribe_from
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 60.0


class Mailbox:
    """Looks into the mailbox for returned mail, if the host has one, once a minute."""

    def __init__(self) -> None:
        self._look_at = 0.0

    def __call__(self, keys: WorkerKeys) -> int:
        """Returns how many mails were dealt with. One that cannot be reached is logged."""
        shared = settings.BOUNCE_IMAP_URL == settings.SIGN_IMAP_URL  # read by receiving.py
        if not settings.BOUNCE_IMAP_URL or shared or time.monotonic() < self._look_at:
            return 0
        self._look_at = time.monotonic() + LOOK_EVERY_SECONDS
        try:
            looked = read_mailbox(
                settings.BOUNCE_IMAP_URL, lambda raw: take(raw, keys), faults=(KeyMissing,)
            )
        except MailboxOutOfReach as fault:
            log.warning("The mailbox for returned mail cannot be read now (%s).", fault)
            return 0
        dealt = looked.taken + looked.left
        if dealt == BATCH:
            self._look_at = 0.0  # there may be more
        return dealt


def take_service_reports(keys: WorkerKeys) -> int:
    """What the mail service reported; returns how much was dealt with."""
    if not ServiceReport.objects.exists():
        return 0
    return take_reports(envelopes(keys, ""), unsubscribe_from, timezone.now())


def take(raw: bytes, keys: WorkerKeys, to: str = "") -> bool:
    """Take one mail in; whether it was a report of ours. Raises vault.keys.KeyMissing."""
    return take_returned(raw, envelopes(keys, settings.BOUNCE_ADDRESS), timezone.now(), to)
