"""A letter's figures, as the counter keeps them: no query here reads the signatures themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Min, Q, QuerySet, Sum

from undersigned.letters.models import Letter
from undersigned.mail.models import Message, MessageState
from undersigned.signatures.day_counting import CONFIRMED, FROM, LISTED, SHOWN_FROM, STARTED
from undersigned.signatures.models import DayCount, Signature, Source, State


@dataclass(frozen=True)
class Parts:
    """Signatures that stand, by code: how they are made up."""

    kinds: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.kinds.total()


@dataclass(frozen=True)
class Funnel:
    """Of those who handed in the form: how many confirmed, and how many of these stand."""

    started: int
    confirmed: int
    listed: int


@dataclass(frozen=True)
class Mail:
    """A letter's mail of the last 30 days, as long as it is remembered.

    `waiting`: queued and not tried yet. `delayed`: tried in vain, and tried again. `delivered`: a
    mail server took it. `failed`: given up. `oldest`: when the oldest of the queue was put there.
    """

    waiting: int
    delayed: int
    delivered: int
    failed: int
    oldest: datetime | None


@dataclass(frozen=True)
class Queue:
    """Signatures that wait for a person, and since when the first of them."""

    waiting: int
    oldest: datetime | None


def listed_by_day(letter: Letter, since: date | None = None) -> list[tuple[date, int]]:
    """Days on which signatures came that stand now, and how many; in order."""
    days = _counted(letter, LISTED, since).values_list("day")
    return [(day, total) for day, total in days.annotate(Sum("total")).order_by("day") if total > 0]


def parts_of(letter: Letter, since: date | None = None) -> Parts:
    """How the signatures that stand are made up, of those who came since a day."""
    parts = Parts()
    rows = _counted(letter, LISTED, since).values_list("kind", "language", "source")
    for kind, language, source, total in rows.annotate(Sum("total")).order_by():
        parts.kinds[kind] += total
        parts.languages[language] += total
        parts.sources[source] += total
    return parts


def funnel_of(letter: Letter, since: date | None = None) -> Funnel:
    """What became of the forms that were handed in, since a day. Without imported signatures."""
    days = DayCount.objects.filter(letter=letter, what__in=(STARTED, CONFIRMED, LISTED))
    if since is not None:
        days = days.filter(day__gte=since)
    rows = days.filter(source=Source.WEB).values_list("what").annotate(Sum("total")).order_by()
    return Funnel(**{**dict.fromkeys((STARTED, CONFIRMED, LISTED), 0), **dict(rows)})


def shown_countries_of(letter: Letter) -> Counter[str]:
    """As `countries_of`, without those who chose not to appear: for everybody to see."""
    rows = _counted(letter, SHOWN_FROM, None).values_list("country").annotate(Sum("total"))
    return Counter({country: total for country, total in rows.order_by() if total > 0})


def countries_of(letter: Letter, since: date | None = None) -> Counter[str]:
    """Signatures that stand by country, `""` where none is named, of those who came since a day."""
    # Of all time there is a smaller table: the one that the letter's page is made of.
    counts = letter.tallies.all() if since is None else _counted(letter, FROM, since)
    rows = counts.values_list("country").annotate(Sum("total")).order_by()
    return Counter({country: total for country, total in rows if total > 0})


def mail_of(letter: Letter) -> Mail:
    """See Mail."""
    queued = Q(state=MessageState.QUEUED)
    return Mail(
        **Message.objects.filter(seal=letter.pk).aggregate(
            waiting=Count("pk", filter=queued & Q(attempts=0)),
            delayed=Count("pk", filter=queued & Q(attempts__gt=0)),
            delivered=Count("pk", filter=Q(state=MessageState.SENT)),
            failed=Count("pk", filter=Q(state=MessageState.FAILED)),
            oldest=Min("queued_at", filter=queued),
        )
    )


def queue_of(letter: Letter) -> Queue:
    """See Queue."""
    held = Signature.objects.filter(letter=letter, state=State.CONFIRMED).exclude(held_because="")
    return Queue(**held.aggregate(waiting=Count("pk"), oldest=Min("confirmed_at")))


def _counted(letter: Letter, what: str, since: date | None) -> QuerySet[DayCount]:
    days = DayCount.objects.filter(letter=letter, what=what)
    return days if since is None else days.filter(day__gte=since)
