"""Take mail that is due, so that no other worker takes it meanwhile; and give back what stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from undersigned.mail.models import Message, MessageState, Priority
from undersigned.mail.pacing import NO_LIMITS, Limits, look_for_room, put_back

# A worker starts nothing new a while before its claim ends (delivery.py), so that a slow server
# does not lead another worker to send the same.
CLAIM = timedelta(minutes=3)
BATCH = 200
# While an hour or a day has a limit: a worker that is killed uses up what it took, sent or not.
BATCH_WITHIN_LIMITS = 20


def claim(now: datetime, limits: Limits) -> list[Message] | None:
    """Take due messages; two workers never take the same one while a claim lasts.

    None if the pace leaves room for none at the moment; nothing if it does not for longer.
    """
    due = Q(state=MessageState.QUEUED, not_before__lte=now) & (
        Q(claimed_until=None) | Q(claimed_until__lte=now)
    )
    batch: list[Message] = []
    with transaction.atomic():
        most = BATCH_WITHIN_LIMITS if limits.are_long else BATCH
        room = look_for_room(limits, most, now) if limits != NO_LIMITS else None
        if room and not room.count:
            return [] if room.is_long else None
        most = room.count if room else most
        for priority in Priority:  # one after the other: each is a range of the index
            candidates = Message.objects.filter(due, priority=priority).order_by("not_before")
            if transaction.get_connection().features.has_select_for_update_skip_locked:
                candidates = candidates.select_for_update(skip_locked=True)
            if room and priority != Priority.NOW:
                most = min(most, len(batch) + room.later)
            batch += candidates[: most - len(batch)]
        if room and batch:
            room.take(len(batch))
        Message.objects.filter(pk__in=[message.pk for message in batch]).update(
            claimed_until=now + CLAIM
        )
    return batch


def give_back(batch: list[Message], claimed_at: datetime, delay: timedelta, *, tried: int) -> None:
    """What is still claimed by us was not tried: it keeps its place, or waits for a while.

    `tried`: how many the mail service was given; the limits count no others.
    """
    if tried < len(batch):
        put_back(len(batch) - tried, claimed_at)
    untried = Message.objects.filter(
        pk__in=[message.pk for message in batch], claimed_until=claimed_at + CLAIM
    )
    untried.update(
        claimed_until=None, not_before=timezone.now() + delay if delay else F("not_before")
    )
