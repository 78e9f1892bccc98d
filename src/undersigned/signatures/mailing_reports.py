"""What became of the mails of an update: counted from the outbox while it remembers them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from undersigned.letters.models import Mailing, Update
from undersigned.mail.delivery import NOT_WANTED
from undersigned.mail.models import CameBack, Message, MessageState
from undersigned.mail.outbox import SETTLED_LIFETIME


@dataclass(frozen=True)
class Report:
    """Mails of an update, all its mailings together.

    `waiting`: for their turn; `deferred`: a server asked for patience; `accepted`: taken by a
    server, and nothing came back; `bounced`, `complained`: came back; `refused`: given up;
    `stopped`: no longer wanted when they were to leave. `unsubscribed`: people who asked for no
    more updates after it.
    """

    waiting: int = 0
    deferred: int = 0
    accepted: int = 0
    bounced: int = 0
    complained: int = 0
    refused: int = 0
    stopped: int = 0
    unsubscribed: int = 0

    @property
    def left(self) -> int:
        """How many a server has taken."""
        return self.accepted + self.bounced + self.complained


def report_of(update: Update) -> Report:
    """As it stands; or as it stood when the outbox last knew of every mail."""
    now = _counted(update)
    gone = update.mailings.aggregate(Sum("unsubscribed"))["unsubscribed__sum"] or 0
    kept = Counter[str]()
    for report in update.mailings.exclude(report={}).order_by("ordered_at").values_list("report"):
        kept = Counter(report[0])
    counts = now if now.total() >= kept.total() else kept
    return Report(**{**counts, "unsubscribed": gone})


def keep_reports(now: datetime) -> None:
    """Before the outbox forgets: write down what it knows. To be called daily, before it does."""
    lately = Q(ended_at=None) | Q(ended_at__gt=now - 2 * SETTLED_LIFETIME)
    for mailing in Mailing.objects.filter(lately, started_at__lte=now).select_related("update"):
        counts = _counted(mailing.update)
        if counts.total() >= sum(mailing.report.values()):
            Mailing.objects.filter(pk=mailing.pk).update(report=dict(counts))


def _counted(update: Update) -> Counter[str]:
    found = Message.objects.filter(series=update.pk).order_by()
    sent = Q(state=MessageState.SENT)
    queued, failed = Q(state=MessageState.QUEUED), Q(state=MessageState.FAILED)
    kinds = {
        "waiting": queued & Q(attempts=0),
        "deferred": queued & Q(attempts__gt=0),
        "accepted": sent & Q(came_back=""),
        "bounced": sent & Q(came_back=CameBack.BOUNCED),
        "complained": sent & Q(came_back=CameBack.COMPLAINED),
        "refused": failed & ~Q(outcome=NOT_WANTED),
        "stopped": failed & Q(outcome=NOT_WANTED),
    }
    return Counter(found.aggregate(**{name: Count("pk", filter=q) for name, q in kinds.items()}))
