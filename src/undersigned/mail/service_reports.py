"""What a mail service reports: the web keeps it, the worker takes it in.

The web cannot tell whether a token is one of ours, and need not: it keeps the token, and no
address. As everything that came back, a report counts once, and only for a message that left.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.db import transaction
from django.utils import timezone

from undersigned.mail.envelopes import Envelopes, is_token
from undersigned.mail.models import Happened, Message, Reason, ServiceReport
from undersigned.mail.returning import note_return
from undersigned.mail.statuses import read_status, reason_of

METADATA = "undersigned"  # under this name a message carries its token
BATCH = 200
# A service may report what we have not yet noted as sent.
PATIENCE = timedelta(hours=1)
_BY_POLICY = frozenset({RejectReason.SPAM, RejectReason.BLOCKED})
_GONE = frozenset({RejectReason.INVALID, RejectReason.BOUNCED})
# As RFC 3463 would have it: refused by policy, whoever the mailbox.
_ABOUT_US = "5.7.1"


def keep_report(sender: Any, event: AnymailTrackingEvent, **_: object) -> None:
    """A receiver of anymail's signal: keep what matters of an event."""
    token = (event.metadata or {}).get(METADATA)
    status = read_status(event.mta_response or "")
    happened = _what_happened(event, status)
    if happened is None or not is_token(token):
        return
    if happened == Happened.SOFT and event.reject_reason in _BY_POLICY:
        status = status or _ABOUT_US
    ServiceReport.objects.create(token=token, happened=happened, status=status, at=timezone.now())


def take_reports(
    envelopes: Envelopes, unsubscribe: Callable[[Message], object], now: datetime
) -> int:
    """Take in a batch; returns how many. `unsubscribe`: for whoever a message went to."""
    # In any order, so that those which wait for their message keep no others waiting.
    reports = list(ServiceReport.objects.order_by("?")[:BATCH])
    done = [
        report.pk
        for report in reports
        if _take(report, envelopes, unsubscribe) or report.at <= now - PATIENCE
    ]
    ServiceReport.objects.filter(pk__in=done).delete()
    return len(done)


def _take(
    report: ServiceReport, envelopes: Envelopes, unsubscribe: Callable[[Message], object]
) -> bool:
    """Whether it is dealt with."""
    number = envelopes.read_token(report.token)
    if number is None:
        return True
    if report.happened == Happened.UNSUBSCRIBED:
        with transaction.atomic():
            message = Message.objects.filter(pk=number).first()
            if message is not None:
                unsubscribe(message)
        return message is not None
    return note_return(number, Reason(report.happened), report.status, envelopes, report.at)


def _what_happened(event: AnymailTrackingEvent, status: str) -> Happened | None:
    match event.event_type:
        case EventType.COMPLAINED:
            return Happened.COMPLAINT
        case EventType.UNSUBSCRIBED:
            return Happened.UNSUBSCRIBED
        case EventType.REJECTED if event.reject_reason == RejectReason.SPAM:
            return Happened.COMPLAINT  # an earlier one, which the service remembers
        case EventType.REJECTED if event.reject_reason == RejectReason.UNSUBSCRIBED:
            return Happened.UNSUBSCRIBED
        case EventType.BOUNCED | EventType.REJECTED if status:
            return Happened(reason_of(status))
        case EventType.BOUNCED | EventType.REJECTED:
            return Happened.HARD if event.reject_reason in _GONE else Happened.SOFT
        case _:
            return None
