"""Note what came back: on the message, and for the address."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from undersigned.mail.envelopes import Envelopes
from undersigned.mail.models import CameBack, Message, MessageState, Reason
from undersigned.mail.reports import read_report
from undersigned.mail.statuses import is_about_us
from undersigned.mail.suppression import suppress


def take_returned(raw: bytes, envelopes: Envelopes, at: datetime, to: str = "") -> bool:
    """Take a mail that arrived where returned mail goes; whether it was a report of ours.

    `to`: the address it was delivered to, where the mail server says so. Anything else than a
    report that names a message of ours, by a token that we made, changes nothing.
    """
    report = read_report(raw)
    if report is None:
        return False
    for text in (to, *report.addresses):
        message = envelopes.find(text)
        if message is not None:
            return note_return(message, report.reason, report.status, envelopes, at)
    return False


def note_return(
    message: uuid.UUID, reason: Reason, status: str, envelopes: Envelopes, at: datetime
) -> bool:
    """Note it once for a message; whether that message is known.

    A complaint after a bounce is noted too, a bounce after a complaint is not.
    """
    back = CameBack.COMPLAINED if reason == Reason.COMPLAINT else CameBack.BOUNCED
    with transaction.atomic():
        row = Message.objects.select_for_update().filter(pk=message).first()
        if row is None or row.state != MessageState.SENT:
            return False
        if row.came_back in {back, CameBack.COMPLAINED}:
            return True
        row.came_back = back
        row.outcome = status
        row.save(update_fields=["came_back", "outcome"])
        if row.recipient is not None and not is_about_us(status):
            suppress(envelopes.mask(message, bytes(row.recipient)), reason, at)
    return True
