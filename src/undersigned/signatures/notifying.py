"""Answer each signature by mail: the worker opens the address, finds duplicates, queues a letter.

- nobody signed from this mailbox: *confirm*;
- somebody did, and has not confirmed yet: *confirm*, and a sentence that says so;
- it was confirmed before: *you have already signed*, and the new row goes;
- its owner said "this wasn't me", or the letter takes no signatures any more: nothing.

All within `mail.allowance`, for a mailbox however its address is spelt; the last mail that it may
get for now carries a link for every signature that waits for it, so that a flood of mail cannot
lock its owner out.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from undersigned.letters.queries import letter_path, letter_words
from undersigned.mail import outbox
from undersigned.mail.allowance import Ledger, Permit
from undersigned.signatures.addresses import normalise_address
from undersigned.signatures.changes import record
from undersigned.signatures.day_counting import count_started
from undersigned.signatures.inviting import Inviter
from undersigned.signatures.letters_by_mail import Occasion, already_signed, confirm_please
from undersigned.signatures.mailboxes import (
    Mailboxes,
    by_mailbox,
    has_begun,
    has_signed,
    is_disowned,
)
from undersigned.signatures.models import Signature, Source, State
from undersigned.signatures.opening import open_address, open_details
from undersigned.signatures.partner_proofs import prove_ticked
from undersigned.signatures.rules import Act
from undersigned.signatures.saving import save_columns
from undersigned.signatures.signer_links import SignerLinks
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen

log = logging.getLogger(__name__)

# Few enough that people who sign meanwhile never wait long for their turn to write.
BATCH = 50
UNREADABLE = "unreadable"


@dataclass(frozen=True)
class _Opened:
    """A pending row and what was sealed in it. `mailbox` is the normalised address.

    `is_first`: it was never answered before.
    """

    row: Signature
    address: str
    mailbox: str
    details: bytes
    is_first: bool


@dataclass
class _Batch:
    """What one transaction goes by, and what it will save."""

    now: datetime
    keys: WorkerKeys
    inviter: Inviter
    allowance: Ledger
    earlier: Mailboxes
    own_pages: SignerLinks
    drafts: list[outbox.Draft] = field(default_factory=list)
    superfluous: list[uuid.UUID] = field(default_factory=list)


def answer_pending(keys: WorkerKeys) -> int:
    """Answer up to BATCH pending signatures; returns how many were dealt with."""
    waiting = list(
        Signature.objects.filter(state=State.PENDING, needs_mail=True)
        .exclude(letter__in=keys.out_of_reach())
        .prefetch_related("letter__edition__translations")  # one of each, for all rows
        .order_by("created_at")[:BATCH]
    )
    opened = [found for row in waiting if (found := _open(row, keys)) is not None]
    if not opened:
        return 0
    with transaction.atomic():
        _answer_all(opened, keys, timezone.now())
    return len(opened)


def _open(row: Signature, keys: WorkerKeys) -> _Opened | None:
    """The row opened and indexed; None if it must wait for its key, or cannot be read."""
    try:
        opener = keys.opener(row.letter_id)
        address = open_address(row, opener)
        details = open_details(row, opener)
    except KeyMissing:
        return None
    except CannotOpen:
        log.error("Signature %s cannot be opened; it was altered.", row.id)
        row.void_because = UNREADABLE
        row.needs_mail = False
        record([row], Act.VOID, timezone.now(), fields=("void_because", "needs_mail"))
        return None
    mailbox = normalise_address(address)
    is_first = row.address_index is None
    row.address_index = keys.index(row.letter_id.bytes, mailbox)
    row.needs_mail = False
    return _Opened(row, address, mailbox, details, is_first)


def _answer_all(opened: Sequence[_Opened], keys: WorkerKeys, now: datetime) -> None:
    rows = [found.row for found in opened]
    # First of all, so that signatures of one mailbox find each other within a batch too.
    save_columns(rows, ("address_index", "needs_mail"))
    prove_ticked([found.row.id for found in opened if found.is_first], keys)
    batch = _Batch(
        now=now,
        keys=keys,
        inviter=Inviter(now, keys),
        allowance=Ledger([keys.index(b"mail", found.mailbox) for found in opened], now),
        earlier=_earlier(rows),
        own_pages=SignerLinks(now),
    )
    pending = _still_pending(rows)
    for found in opened:
        if found.row.id in pending:
            _answer(batch, found)
    batch.inviter.save()
    batch.own_pages.save()
    batch.allowance.save()
    outbox.queue(batch.drafts, lambda letter: keys.sealer(letter).seal, now)
    superfluous = set(batch.superfluous)
    count_started(row for row in rows if row.id in pending - superfluous)
    Signature.objects.filter(pk__in=superfluous, state=State.PENDING).delete()


def _earlier(rows: Sequence[Signature]) -> Mailboxes:
    """Signatures of the same mailboxes under the same letters, without these rows."""
    return by_mailbox(
        Signature.objects.filter(
            letter__in={row.letter_id for row in rows},
            address_index__in=[row.address_index for row in rows],
        )
        .exclude(pk__in=[row.id for row in rows])
        .select_related("letter")
        .only(
            *("letter__slug", "address_index", "state", "void_because", "sealed_details"),
        )
    )


def _still_pending(rows: Sequence[Signature]) -> set[uuid.UUID]:
    """Whose owner has not decided since they were read; held so until the mail is queued."""
    return set(
        Signature.objects.select_for_update()
        .filter(pk__in=[row.id for row in rows], state=State.PENDING)
        .values_list("id", flat=True)
    )


def _answer(batch: _Batch, found: _Opened) -> None:
    row = found.row
    same_mailbox = batch.earlier[row.letter_id, bytes(row.address_index or b"")]
    if is_disowned(same_mailbox) or not row.letter.takes_signatures(batch.now):
        return
    signed, begun = has_signed(same_mailbox), has_begun(same_mailbox)
    if signed:
        batch.superfluous.append(row.id)
    else:
        same_mailbox.append(row)
    kind = "already" if signed else "again" if begun else "confirm"
    permit = batch.allowance.ask(
        batch.keys.index(b"mail", found.mailbox),
        batch.keys.index(b"mail " + kind.encode() + row.letter_id.bytes, found.mailbox),
    )
    if permit is Permit.NO:
        return
    invitations = [] if signed else [batch.inviter.invite(row, found.details, row.language)]
    if permit is Permit.LAST:
        invitations += batch.inviter.invite_elsewhere(row, found.mailbox)
    occasion = Occasion(
        to=found.address,
        language=row.language,
        title=letter_words(row.letter, row.language).translation.title,
        letter_url=settings.SITE_URL + letter_path(row.letter, row.language),
        by_mail=row.source == Source.MAIL,
    )
    if signed:
        own_url = _own_page(batch, same_mailbox)
        mail = already_signed(occasion, invitations, own_url=own_url)
    else:
        mail = confirm_please(occasion, invitations, begun_before=begun)
    batch.drafts.append(
        outbox.Draft(
            cause=f"{kind} {row.id} {batch.now:%Y%m%d}", topic=kind, seal=row.letter_id, mail=mail
        )
    )


def _own_page(batch: _Batch, same_mailbox: Sequence[Signature]) -> str:
    """A link to the page of the signature that counts; empty if it cannot be opened."""
    row = next(one for one in same_mailbox if has_signed([one]))
    try:
        details = open_details(row, batch.keys.opener(row.letter_id))
    except (KeyMissing, CannotOpen):
        return ""
    return batch.own_pages.signer_link(row, details, "already")
