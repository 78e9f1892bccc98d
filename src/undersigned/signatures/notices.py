"""Write out notices: the worker opens each address, and queues the mail that was ordered.

Each has a link to the signer's own page. All within `mail.allowance`; what is too much for today
goes tomorrow. They leave behind confirmations: a new text or a launch is told to every signer.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from undersigned.letters.queries import letter_path, letter_words
from undersigned.mail import outbox
from undersigned.mail.allowance import Ledger, Permit
from undersigned.mail.models import Message, Priority
from undersigned.signatures.addresses import normalise_address
from undersigned.signatures.letters_by_mail import Occasion, notice_mail
from undersigned.signatures.models import Notice, State
from undersigned.signatures.opening import open_address, open_details
from undersigned.signatures.rules import STANDING
from undersigned.signatures.signer_links import SignerLinks
from undersigned.signatures.telling import DECLINED, FOUNDERS, RENEW, VOID, words_of
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen

log = logging.getLogger(__name__)

BATCH = 50
TRY_AGAIN_AFTER = timedelta(hours=12)
_CAUSE = "notice "
# In which states a signer is still to hear of something.
_STATES = {
    DECLINED: (State.DECLINED,),
    VOID: (State.VOID,),
    RENEW: STANDING,
    FOUNDERS: STANDING,
}


@dataclass(frozen=True)
class _Opened:
    notice: Notice
    address: str
    mailbox: str
    details: bytes
    words: str


@dataclass
class _Batch:
    now: datetime
    keys: WorkerKeys
    allowance: Ledger
    links: SignerLinks
    drafts: list[outbox.Draft] = field(default_factory=list)
    later: list[Notice] = field(default_factory=list)


def write_notices(keys: WorkerKeys) -> int:
    """Write out up to BATCH notices that are due; returns how many were dealt with."""
    now = timezone.now()
    due = list(
        Notice.objects.filter(settled_at=None, not_before__lte=now)
        .exclude(signature__letter__in=keys.out_of_reach())
        .select_related("signature")
        .prefetch_related("signature__letter__edition__translations")
        .order_by("not_before")[:BATCH]
    )
    if not due:
        return 0
    done: list[Notice] = []
    opened: list[_Opened] = []
    for notice in due:
        if not _is_wanted(notice):
            done.append(notice)
            continue
        try:
            opened.append(_open(notice, keys))
        except KeyMissing:
            continue
        except CannotOpen:
            log.error("Signature %s cannot be opened; it gets no notice.", notice.signature_id)
            done.append(notice)
    with transaction.atomic():
        opened = _still_ordered(opened)
        later = _write_all(opened, keys, now)
        done += [found.notice for found in opened if found.notice not in later]
        _update(done, settled_at=now)
        _update(later, not_before=now + TRY_AGAIN_AFTER)
    return len(done) + len(later)


def wanted_among(messages: Collection[Message]) -> set[uuid.UUID]:
    """Which mails may leave: asked directly before, as one may wait for long behind others.

    Whoever left, or was put back on the list, hears of nothing that is over.
    """
    found = {
        uuid.UUID(message.cause.removeprefix(_CAUSE)): message.pk
        for message in messages
        if message.cause.startswith(_CAUSE)
    }
    notices = Notice.objects.filter(pk__in=found).values_list("pk", "topic", "signature__state")
    over = {found[pk] for pk, topic, state in notices if state not in _states_for(topic)}
    return {message.pk for message in messages} - over


def _still_ordered(opened: Sequence[_Opened]) -> list[_Opened]:
    """Without those that somebody took back while they were opened; the others no longer can be."""
    waiting = Notice.objects.filter(pk__in=[found.notice.pk for found in opened], settled_at=None)
    still = set(waiting.select_for_update().order_by("pk").values_list("pk", flat=True))
    return [found for found in opened if found.notice.pk in still]


def _is_wanted(notice: Notice) -> bool:
    """Whether there is somebody to write to, and still something to say."""
    is_over = notice.signature.state not in _states_for(notice.topic)
    return notice.signature.sealed_address is not None and not is_over


def _states_for(topic: str) -> tuple[State, ...]:
    return _STATES.get(topic, tuple(State))


def _open(notice: Notice, keys: WorkerKeys) -> _Opened:
    row = notice.signature
    opener = keys.opener(row.letter_id)
    address = open_address(row, opener)
    details = open_details(row, opener)
    words = words_of(notice, opener)
    return _Opened(notice, address, normalise_address(address), details, words)


def _write_all(opened: Sequence[_Opened], keys: WorkerKeys, now: datetime) -> list[Notice]:
    """Queue the mails; returns those that must wait for another day."""
    marks = [keys.index(b"mail", found.mailbox) for found in opened]
    batch = _Batch(now=now, keys=keys, allowance=Ledger(marks, now), links=SignerLinks(now))
    for found in opened:
        _write(batch, found)
    batch.links.save()
    batch.allowance.save()
    outbox.queue(batch.drafts, lambda letter: keys.sealer(letter).seal, now)
    return batch.later


def _write(batch: _Batch, found: _Opened) -> None:
    notice, row = found.notice, found.notice.signature
    permit = batch.allowance.ask(
        batch.keys.index(b"mail", found.mailbox),
        batch.keys.index(b"notice " + notice.pk.bytes, found.mailbox),
    )
    if permit is Permit.NO:
        batch.later.append(notice)
        return
    occasion = Occasion(
        to=found.address,
        language=row.language,
        title=letter_words(row.letter, row.language).translation.title,
        letter_url=settings.SITE_URL + letter_path(row.letter, row.language),
    )
    url = batch.links.signer_link(row, found.details, notice.topic)
    mail = notice_mail(notice.topic, occasion, words=found.words, url=url, letter=row.letter)
    batch.drafts.append(
        outbox.Draft(
            cause=f"{_CAUSE}{notice.pk}",
            topic=notice.topic,
            seal=row.letter_id,
            mail=mail,
            priority=Priority.SOON,
        )
    )


def _update(notices: Sequence[Notice], **columns: datetime) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(**columns)
