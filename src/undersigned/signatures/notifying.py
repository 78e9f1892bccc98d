"""Answer each signature by mail: the worker opens the address, finds duplicates, queues a letter.

- nobody signed from this mailbox: *confirm*;
- somebody did, and has not confirmed yet: *confirm*, and a sentence that says so;
- it was confirmed before: *you have already signed*, and the new row goes;
- its owner said "this wasn't me": nothing.

All within `mail.allowance`; the last mail that an address may get for now carries a link for every
signature that waits for it, so that a flood of mail cannot lock its owner out.
"""

from __future__ import annotations

import logging
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from undersigned.letters.models import Letter, LetterState
from undersigned.letters.queries import letter_words
from undersigned.mail import outbox
from undersigned.mail.allowance import Ledger, Permit
from undersigned.signatures.addresses import normalise_address
from undersigned.signatures.letters_by_mail import Invitation, already_signed, confirm_please
from undersigned.signatures.models import ConfirmationLink, Signature, State
from undersigned.signatures.rules import LINK_LIFETIME
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen
from undersigned.vault.tokens import hash_token, new_token, seal_under_token

log = logging.getLogger(__name__)

BATCH = 200
NOT_ME = "not me"
UNREADABLE = "unreadable"


@dataclass
class _Batch:
    """What one transaction will save."""

    now: datetime
    keys: WorkerKeys
    drafts: list[outbox.Draft] = field(default_factory=list)
    links: list[ConfirmationLink] = field(default_factory=list)
    superfluous: list[uuid.UUID] = field(default_factory=list)


def answer_pending(keys: WorkerKeys) -> int:
    """Answer up to BATCH pending signatures; returns how many were dealt with."""
    waiting = list(
        Signature.objects.filter(state=State.PENDING, needs_mail=True)
        .exclude(letter__in=keys.out_of_reach())
        .select_related("letter__edition")
        .order_by("created_at")[:BATCH]
    )
    opened = [pair for row in waiting if (pair := _open(row, keys)) is not None]
    if not opened:
        return 0
    now = timezone.now()
    with transaction.atomic():
        batch = _Batch(now=now, keys=keys)
        marks = [keys.index(b"mail", address) for _, address in opened]
        allowance = Ledger(marks, now)
        earlier = _earlier([row for row, _ in opened])
        for (row, address), mark in zip(opened, marks, strict=True):
            _answer(batch, row, address, mark, allowance, earlier)
        ConfirmationLink.objects.bulk_create(batch.links)
        allowance.save()
        outbox.queue(batch.drafts, lambda letter: keys.sealer(letter).seal, now)
        Signature.objects.bulk_update(
            [row for row, _ in opened], ["address_index", "needs_mail"]
        )
        Signature.objects.filter(pk__in=batch.superfluous, state=State.PENDING).delete()
    return len(opened)


def _open(row: Signature, keys: WorkerKeys) -> tuple[Signature, str] | None:
    """The row with its address, indexed; None if it must wait for its key, or cannot be read."""
    try:
        opener = keys.opener(row.letter_id)
        address = opener.open(row.id, "address", bytes(row.sealed_address or b"")).decode()
    except KeyMissing:
        return None
    except CannotOpen:
        log.error("Signature %s cannot be opened; it was altered.", row.id)
        Signature.objects.filter(pk=row.pk).update(
            state=State.VOID, void_because=UNREADABLE, needs_mail=False
        )
        return None
    row.address_index = keys.index(row.letter_id.bytes, normalise_address(address))
    return row, address


def _earlier(rows: Sequence[Signature]) -> dict[tuple[uuid.UUID, bytes], list[Signature]]:
    """Signatures of the same mailboxes under the same letters, without these rows."""
    found: dict[tuple[uuid.UUID, bytes], list[Signature]] = defaultdict(list)
    own = {row.id for row in rows}
    others = Signature.objects.filter(
        letter_id__in={row.letter_id for row in rows},
        address_index__in=[row.address_index for row in rows],
    ).only("letter_id", "address_index", "state", "void_because")
    for other in others:
        if other.id not in own:
            found[other.letter_id, bytes(other.address_index or b"")].append(other)
    return found


def _answer(
    batch: _Batch,
    row: Signature,
    address: str,
    mark: bytes,
    allowance: Ledger,
    earlier: dict[tuple[uuid.UUID, bytes], list[Signature]],
) -> None:
    row.needs_mail = False
    same_mailbox = earlier[row.letter_id, bytes(row.address_index or b"")]
    if any(other.void_because == NOT_ME for other in same_mailbox):
        return
    counted = any(other.state in (State.CONFIRMED, State.LISTED) for other in same_mailbox)
    begun = any(other.state == State.PENDING for other in same_mailbox)
    if not counted:
        same_mailbox.append(row)
    else:
        batch.superfluous.append(row.id)
    kind = "already" if counted else "again" if begun else "confirm"
    topic = batch.keys.index(b"mail " + kind.encode() + row.letter_id.bytes, address)
    permit = allowance.ask(mark, topic)
    if permit is Permit.NO:
        return
    words = letter_words(row.letter, row.language)
    waiting = [] if counted else [row]
    if permit is Permit.LAST:
        waiting += _waiting_elsewhere(batch, row, address)
    invitations = [_invite(batch, pending, words_language=row.language) for pending in waiting]
    compose = already_signed if counted else confirm_please
    mail = compose(
        to=address,
        language=row.language,
        title=words.translation.title,
        letter_url=f"{settings.SITE_URL}/{row.letter.slug}/{row.language}/",
        begun_before=begun,
        invitations=invitations,
    )
    batch.drafts.append(
        outbox.Draft(
            cause=f"{kind} {row.id} {batch.now:%Y%m%d}", topic=kind, seal=row.letter_id, mail=mail
        )
    )


def _waiting_elsewhere(batch: _Batch, row: Signature, address: str) -> list[Signature]:
    """Everything else of this mailbox that was answered and waits for a confirmation."""
    scopes = Letter.objects.filter(state=LetterState.OPEN).values_list("id", flat=True)
    normal = normalise_address(address)
    indexes = [batch.keys.index(letter.bytes, normal) for letter in scopes]
    return list(
        Signature.objects.filter(address_index__in=indexes, state=State.PENDING)
        .exclude(pk=row.pk)
        .select_related("letter__edition")
        .order_by("created_at")
    )


def _invite(batch: _Batch, pending: Signature, *, words_language: str) -> Invitation:
    """A new link to a pending signature. Links mailed earlier go on working."""
    token = new_token()
    details = batch.keys.opener(pending.letter_id).open(
        pending.id, "details", bytes(pending.sealed_details or b"")
    )
    batch.links.append(
        ConfirmationLink(
            token_hash=hash_token(token),
            signature=pending,
            sealed_details=seal_under_token(token, pending.id, "link", details),
            expires_at=batch.now + LINK_LIFETIME,
        )
    )
    return Invitation(
        title=letter_words(pending.letter, words_language).translation.title,
        url=f"{settings.SITE_URL}/{pending.letter.slug}/confirm/{token}/",
    )
