"""Addresses that updates no longer go to: as keyed indexes, so that no list of them exists.

Everything else is still sent to them (only Priority.LATER is not): whoever wants to sign again, or
to leave before a launch, must be able to.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from undersigned.mail.models import Reason, Suppression

# After soft returns, one after another; then it counts as a mailbox that is gone.
REST = (timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=14))
SOFT_LIFETIME = timedelta(days=60)
HARD_LIFETIME = timedelta(days=365)


def suppressed_among(marks: Collection[bytes]) -> set[bytes]:
    """Which of many addresses updates must not go to, now."""
    lasting = Q(until=None) | Q(until__gt=timezone.now())
    found = Suppression.objects.filter(lasting, mark__in=marks).values_list("mark", flat=True)
    return {bytes(mark) for mark in found}


def suppress(mark: bytes, reason: Reason, at: datetime) -> None:
    """Send no updates to an address: for a while (soft), or until it is lifted.

    A complaint stays a complaint whatever follows, and a mailbox that is gone is not soft again.
    """
    with transaction.atomic():
        known, is_new = Suppression.objects.select_for_update().get_or_create(
            mark=mark, defaults={"reason": reason, "at": at, "until": _until(reason, 1, at)}
        )
        if is_new:
            return
        known.at = max(known.at, at)
        before = known.reason
        if reason == Reason.COMPLAINT or known.reason == Reason.COMPLAINT:
            known.reason = Reason.COMPLAINT
        elif reason == Reason.HARD or known.reason == Reason.HARD:
            known.reason = Reason.HARD
        else:
            known.times += 1
            if known.times > len(REST):
                known.reason = Reason.HARD
        known.until = _until(Reason(known.reason), known.times, known.at)
        known.is_in_journal = known.is_in_journal and known.reason == before
        known.save()


def lift(answered: Mapping[bytes, datetime]) -> dict[bytes, datetime]:
    """Our mail arrives: the owners of these addresses have answered one, at these times.

    What was reported later stays, and so does a complaint. Returns those of whom there was one.
    """
    found = Suppression.objects.filter(mark__in=list(answered)).exclude(reason=Reason.COMPLAINT)
    lifted = [row for row in found if row.at < answered[bytes(row.mark)]]
    if lifted:
        Suppression.objects.filter(pk__in=[row.pk for row in lifted]).delete()
    return {mark: answered[mark] for row in lifted for mark in [bytes(row.mark)]}


def forget_suppressed(now: datetime) -> None:
    """Drop what is so old that the mailbox may be back. Complaints are never forgotten."""
    Suppression.objects.filter(reason=Reason.SOFT, at__lte=now - SOFT_LIFETIME).delete()
    Suppression.objects.filter(reason=Reason.HARD, at__lte=now - HARD_LIFETIME).delete()


def _until(reason: Reason, times: int, at: datetime) -> datetime | None:
    return at + REST[times - 1] if reason == Reason.SOFT else None
