"""Write mailings out, batch by batch, into the outbox: the worker's part of sending updates.

Never far ahead of what has left, so that a pause or an end reaches nearly everything. Each person's
mail of an update has one cause: whatever is repeated after a crash, or by a second mailing, finds
it there. Each batch is a transaction with the place that it reached.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import BooleanField, F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from undersigned.letters.models import PUBLIC_STATES, Letter, Mailing, MailingState
from undersigned.letters.updates import show_update
from undersigned.mail import outbox
from undersigned.mail.models import Message, MessageState, Priority
from undersigned.mail.suppression import suppressed_among
from undersigned.signatures.addresses import normalise_address
from undersigned.signatures.audiences import Audience, members
from undersigned.signatures.models import Signature
from undersigned.signatures.opening import open_address
from undersigned.signatures.unsubscribing import keep_tokens, tokens_of
from undersigned.signatures.updates_by_mail import UpdateMails
from undersigned.signatures.wanting_updates import TOPIC, cause_of, signature_in
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen

log = logging.getLogger(__name__)

BATCH = 250
# More of them in a round than this worker sends in one, so that others have something to send too.
AT_ONCE = 4
AHEAD = 2_000
_START = uuid.UUID(int=0)
# What `members` asks anyway, word for word as in the index signature_to_update: without it, SQLite
# does not see that the index serves, and sorts everybody for each batch.
_AS_IN_THE_INDEX = RawSQL(
    "signatures_signature.consent_updates "
    "AND signatures_signature.state IN ('confirmed', 'listed')",
    (),
    output_field=BooleanField(),
)


@dataclass(frozen=True)
class _Reader:
    row: Signature
    address: str


@dataclass(frozen=True)
class _Batch:
    """What is saved together: mails, and the rows behind their links out."""

    messages: list[Message]
    tokens: dict[uuid.UUID, str]


def write_mailings(keys: WorkerKeys) -> int:
    """Some of each mailing that is due; returns how many mails were written or taken back."""
    now = timezone.now()
    done = sum(_take_back(mailing, now) for mailing in _unwanted())
    due = (
        Mailing.objects.filter(
            state__in=(MailingState.PLANNED, MailingState.RUNNING), starts_at__lte=now
        )
        .exclude(update__letter__in=keys.out_of_reach())
        .select_related("update__letter__edition")
        .prefetch_related("update__texts", "update__letter__edition__translations")
        .order_by("starts_at")
    )
    for mailing in due:
        if mailing.state == MailingState.PLANNED and not _start(mailing, now):
            continue
        for _ in range(AT_ONCE):
            written = _write(mailing, keys, now)
            done += written
            if written < BATCH:
                break
    return done


@transaction.atomic
def _start(mailing: Mailing, now: datetime) -> bool:
    """From planned to running; False if it was cancelled meanwhile."""
    total = members(mailing.update.letter, Audience.from_json(mailing.audience), now).count()
    planned = Mailing.objects.filter(pk=mailing.pk, state=MailingState.PLANNED)
    if not planned.update(state=MailingState.RUNNING, started_at=now, total=total):
        return False
    mailing.state, mailing.started_at, mailing.total = MailingState.RUNNING, now, total
    if mailing.shows and show_update(mailing.update, actor=mailing.actor):
        mailing.update.published_at = now
    return True


def _write(mailing: Mailing, keys: WorkerKeys, now: datetime) -> int:
    waiting = _waiting(mailing).filter(attempts=0).count()
    room = min(BATCH, AHEAD - waiting)
    if room <= 0:
        return 0
    rows = _next(mailing, room)
    if not rows:
        if not waiting:
            _running(mailing).update(state=MailingState.DONE, ended_at=now)
        return 0
    try:
        readers = _open(rows, keys)
    except KeyMissing:
        return 0
    batch = _prepare(mailing, readers, keys, now)
    with transaction.atomic():
        place = rows[-1].pk
        if not _reach(mailing, place):
            return 0
        keep_tokens(batch.tokens)
        outbox.save(batch.messages)
        Mailing.objects.filter(pk=mailing.pk).update(
            written=F("written") + len(batch.messages),
            passed_over=F("passed_over") + len(rows) - len(readers),
        )
    mailing.reached = place
    return len(rows)


def _next(mailing: Mailing, most: int) -> list[Signature]:
    """Who comes next, in the order of ids."""
    letter = mailing.update.letter
    fitting = members(letter, Audience.from_json(mailing.audience), mailing.started_at)
    columns = ("language", "sealed_address")
    coming = fitting.filter(_AS_IN_THE_INDEX, pk__gt=mailing.reached or _START)
    rows = list(coming.order_by("pk").only(*columns)[:most])
    for row in rows:
        row.letter = letter
    return rows


def _open(rows: Sequence[Signature], keys: WorkerKeys) -> list[_Reader]:
    """Without those whose mail does not arrive, or who cannot be read. Raises KeyMissing."""
    marks: dict[bytes, _Reader] = {}
    opener = keys.opener(rows[0].letter_id)
    for row in rows:
        try:
            address = open_address(row, opener)
        except CannotOpen:
            log.error("Signature %s cannot be opened; it gets no updates.", row.pk)
            continue
        mark = keys.index(b"mail", normalise_address(address))
        marks[mark] = _Reader(row, address)
    suppressed = suppressed_among(list(marks))
    return [reader for mark, reader in marks.items() if mark not in suppressed]


def _prepare(
    mailing: Mailing, readers: Sequence[_Reader], keys: WorkerKeys, now: datetime
) -> _Batch:
    """For those who had none of this update before. Before the transaction: others write too."""
    update, letter = mailing.update, mailing.update.letter
    causes = {cause_of(update.pk, reader.row.pk): reader for reader in readers}
    known = Message.objects.filter(cause__in=list(causes)).values_list("cause", flat=True)
    for cause in list(known):
        del causes[cause]
    tokens = tokens_of([reader.row.pk for reader in causes.values()], keys)
    mails = _mails(mailing)
    drafts = []
    for cause, reader in causes.items():
        copy = mails.copy(reader.address, reader.row.language, tokens[reader.row.pk])
        drafts.append(
            outbox.Draft(
                cause=cause,
                topic=TOPIC,
                seal=letter.pk,
                mail=copy,
                circular=copy.circular,
                priority=Priority.LATER,
                series=update.pk,
            )
        )
    messages = outbox.seal_all(drafts, lambda seal: keys.sealer(seal).seal, now)
    return _Batch(messages, tokens)


def _mails(mailing: Mailing) -> UpdateMails:
    update = mailing.update
    letter: Letter = update.letter
    is_shown = update.published_at is not None and letter.state in PUBLIC_STATES
    return UpdateMails(letter, update, is_shown)


def _reach(mailing: Mailing, place: uuid.UUID) -> bool:
    """Note the place, if the mailing still runs and nobody else moved it meanwhile."""
    return bool(_running(mailing).filter(reached=mailing.reached).update(reached=place))


def _unwanted() -> Sequence[Mailing]:
    """Paused or cancelled, with mail that may still wait."""
    return list(
        Mailing.objects.filter(
            is_taken_back=False, state__in=(MailingState.PAUSED, MailingState.CANCELLED)
        ).select_related("update")
    )


@transaction.atomic
def _take_back(mailing: Mailing, now: datetime) -> int:
    """Take what waits out of the outbox, and go back to before it; returns how many mails.

    What is being handed over just now may still leave: for seconds, see mail.delivery.
    """
    same = Mailing.objects.filter(pk=mailing.pk, state=mailing.state, is_taken_back=False)
    if not same.select_for_update().exists():
        return 0
    unclaimed = Q(claimed_until=None) | Q(claimed_until__lte=now)
    waiting = _waiting(mailing).filter(unclaimed).select_for_update()
    found = list(waiting.values_list("pk", "cause"))
    reached = mailing.reached
    if found:
        first = min(signature_in(cause) for _, cause in found)
        reached = uuid.UUID(int=first.int - 1)
        Message.objects.filter(pk__in=[pk for pk, _ in found]).delete()
    Mailing.objects.filter(pk=mailing.pk).update(
        reached=reached,
        written=F("written") - len(found),
        is_taken_back=not _waiting(mailing).exists(),
    )
    return len(found)


def _waiting(mailing: Mailing) -> QuerySet[Message]:
    return Message.objects.filter(series=mailing.update_id, state=MessageState.QUEUED)


def _running(mailing: Mailing) -> QuerySet[Mailing]:
    return Mailing.objects.filter(pk=mailing.pk, state=MailingState.RUNNING)
