"""Forget addresses when their time is over: the worker's part of letters/retention.py.

After closing, `unasked`: the addresses of those who asked to hear no more. On the end date, `all`:
the letter's private key, and with it everything that was ever sealed to it, here and in every
backup; then the sealed columns themselves, what stands sealed under links, what nobody confirmed,
and mail that waits. Public names and all counts stay.

Each act is a row of Forgetting. It goes on in batches, each in one transaction with the counts of
what went: a crash loses nothing and counts nothing twice. What went is not found any more, so it
needs no place to go on from. At its end it leaves an event of the letter, with numbers and no name.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import batched

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from undersigned.letters.models import (
    OVER_STATES,
    Forgetting,
    Forgotten,
    Letter,
    LetterEvent,
    LetterState,
    Partner,
)
from undersigned.letters.retention import KEPT_AFTER_CLOSING
from undersigned.mail.models import Message, MessageState
from undersigned.signatures.changes import record
from undersigned.signatures.erasing import end_exports
from undersigned.signatures.models import (
    Case,
    Correction,
    Decision,
    Notice,
    PartnerConsent,
    PassedOn,
    Signature,
    SignerRequest,
    State,
)
from undersigned.signatures.notifying import UNREADABLE
from undersigned.signatures.partner_consents import end_files
from undersigned.signatures.rules import STANDING, Act
from undersigned.signatures.signer_links import empty_links
from undersigned.signatures.worker_keys import WorkerKeys

# Rows of one transaction: those who sign meanwhile wait for it.
BATCH = 250
# Whose ids are looked up at once, which reads all of the letter's rows; other duties wait for them.
AHEAD = 2_000
# What the web stored with the public key that it still had in memory comes in until then.
SETTLES_AFTER = timedelta(minutes=1)
# Whoever has confirmed is listed first, unless the worker cannot do it for so long.
WAITS_FOR_LISTING = timedelta(days=1)


def unasked() -> QuerySet[Signature]:
    """Whose address goes after closing: all but those who stand, and asked to hear more."""
    partner = PartnerConsent.objects.filter(
        signature=OuterRef("pk"), taken_back_at=None, partner__ended_at=None
    )
    asked = Q(consent_updates=True) | Q(Exists(partner))
    rows = Signature.objects.filter(sealed_address__isnull=False)
    return rows.exclude(state=State.PENDING).exclude(asked, state__in=STANDING)


def all_sealed(letter: uuid.UUID) -> QuerySet[Signature]:
    """What goes with the letter's key, or cannot become anything without it."""
    sealed = Q(sealed_address__isnull=False) | Q(sealed_details__isnull=False)
    waits = Q(state__in=(State.PENDING, State.CONFIRMED))
    return Signature.objects.filter(sealed | waits | Q(address_index__isnull=False), letter=letter)


def _unasked_of(letter: uuid.UUID) -> QuerySet[Signature]:
    """Nobody of one that was opened again, or whose key went meanwhile."""
    return unasked().filter(
        letter=letter, letter__state__in=OVER_STATES, letter__key_destroyed_at__isnull=True
    )


def begin_unasked(now: datetime) -> int:
    """Once a day: begin with letters that closed long enough ago; returns how many."""
    over = Letter.objects.filter(
        state__in=OVER_STATES, closed_at__lte=now - KEPT_AFTER_CLOSING, key_destroyed_at=None
    )
    begun = 0
    for letter in list(over.values_list("pk", flat=True)):
        if unasked().filter(letter=letter).exists():
            begun += _begin(letter, Forgotten.UNASKED, now)
    return begun


def begin_ended(keys: WorkerKeys, now: datetime) -> int:
    """Begin with letters whose end date has come: their keys go now. Returns how many."""
    today = now.astimezone(UTC).date()
    due = Letter.objects.filter(addresses_until__lte=today, key_destroyed_at=None)
    begun = 0
    for letter, until in due.exclude(state=LetterState.DRAFT).values_list("pk", "addresses_until"):
        listing = Signature.objects.filter(letter=letter, state=State.CONFIRMED, held_because="")
        if today - (until or today) < WAITS_FOR_LISTING and listing.exists():
            continue
        destroy_key(letter, keys, now)
        begun += 1
    return begun


def destroy_key(letter: uuid.UUID, keys: WorkerKeys, now: datetime) -> None:
    """For ever. First the web is told, so that it takes nothing more; then the key goes.

    A crash between them leaves a row of Forgetting that begins by destroying the key.
    """
    with transaction.atomic():
        row = Letter.objects.select_for_update(of=("self",)).defer("logo").get(pk=letter)
        today = now.astimezone(UTC).date()
        row.addresses_until = min(row.addresses_until or today, today)
        row.key_destroyed_at = row.key_destroyed_at or now
        row.sealing_key = None
        columns = ["addresses_until", "key_destroyed_at", "sealing_key"]
        if row.state == LetterState.OPEN:
            row.state, row.closed_at = LetterState.CLOSED, now
            columns += ["state", "closed_at"]
        row.save(update_fields=columns)
        Letter.objects.filter(pk=letter).update(revision=F("revision") + 1)
        _begin(letter, Forgotten.ALL, now)
    keys.destroy(letter)


def destroy_again(keys: WorkerKeys, now: datetime) -> int:
    """Once a day, and when a worker starts: what a backup brought back goes again.

    The letter's row or the mark beside the keys says what was destroyed; either is enough.
    Returns how many letters it was needed for.
    """
    gone = set(Letter.objects.exclude(key_destroyed_at=None).values_list("pk", flat=True))
    for letter in gone:
        keys.destroy(letter)
    marked = Letter.objects.filter(pk__in=keys.keyring.destroyed() - gone)
    returned = set(marked.values_list("pk", flat=True))
    returned |= {letter for letter in gone if all_sealed(letter).exists()}
    for letter in returned:
        destroy_key(letter, keys, now)
    return len(returned)


def go_on(keys: WorkerKeys, now: datetime) -> int:
    """Some batches of each act that has begun; returns how many signatures were dealt with."""
    done = 0
    runs = Forgetting.objects.filter(ended_at=None).order_by("pk")
    for key, what, letter in list(runs.values_list("pk", "what", "letter")):
        if what == Forgotten.ALL:
            keys.destroy(letter)
        act = _ACTS[Forgotten(what)]
        found = list(act.rows(letter).values_list("pk", flat=True)[:AHEAD])
        # An empty one too: where nothing is left, it ends the act.
        for batch in batched(found, BATCH) if found else [()]:
            with transaction.atomic():
                # Locked, and read again: the command line may do the same.
                for run in runs.select_for_update().filter(pk=key):
                    done += act.forget(run, _locked(act.rows(letter), batch), now)
    return done


def _begin(letter: uuid.UUID, what: Forgotten, now: datetime) -> bool:
    """False if it had begun."""
    return Forgetting.objects.get_or_create(
        letter_id=letter, what=what, ended_at=None, defaults={"started_at": now}
    )[1]


def _forget_unasked(run: Forgetting, rows: list[Signature], now: datetime) -> int:
    """Clear addresses alone: what was typed besides stays sealed until the end date.

    By it a name can be shown again or handed over; the index still tells who has signed, so that
    whoever asks from the same mailbox gets links to their own pages.
    """
    if not rows:
        if not _unasked_of(run.letter_id).exists():
            _end(run, "forget addresses after closing", now)
        return 0
    went = [row.pk for row in rows]
    mails = _drop_mail(run.letter_id, went)
    _keep_for_partners(rows)
    Signature.objects.filter(pk__in=went).update(sealed_address=None)
    _note(run, {"addresses": len(went), "mails": mails})
    return len(went)


def _forget_all(run: Forgetting, rows: list[Signature], now: datetime) -> int:
    if rows:
        _note(run, _empty(rows, now))
        return len(rows)
    mails = _forget_around(run.letter_id, now)
    is_settled = now - run.started_at >= SETTLES_AFTER and not all_sealed(run.letter_id).exists()
    _note(run, {"mails": mails})
    if is_settled:
        _end(run, "forget all addresses", now)
    return 0


def _empty(rows: list[Signature], now: datetime) -> dict[str, int]:
    """Delete what nobody confirmed, end what was never listed, empty the rest; what went."""
    by_state: dict[str, list[Signature]] = {state: [] for state in State}
    for row in rows:
        by_state[row.state].append(row)
    pending, waiting = by_state[State.PENDING], by_state[State.CONFIRMED]
    for row in waiting:
        row.void_because = UNREADABLE
    record(waiting, Act.VOID, now, fields=("void_because",))
    stays = [row.pk for row in rows if row.state != State.PENDING]
    Signature.objects.filter(pk__in=stays).update(
        sealed_address=None, sealed_details=None, address_index=None
    )
    empty_links(Signature.objects.filter(pk__in=stays))
    Signature.objects.filter(pk__in=[row.pk for row in pending], state=State.PENDING).delete()
    return {
        "addresses": sum(row.sealed_address is not None for row in rows),
        "unconfirmed": len(pending),
        "undecided": len(waiting),
    }


def _forget_around(letter: uuid.UUID, now: datetime) -> int:
    """What else was sealed to the letter, or would ask for its key; how many mails that waited."""
    of_letter = {"signature__letter": letter}
    Correction.objects.filter(**of_letter).delete()
    # The batches emptied most of them: here are those of a mail that was just being written.
    empty_links(Signature.objects.filter(letter=letter))
    Notice.objects.filter(**of_letter, settled_at=None).delete()
    Case.objects.filter(**of_letter).delete()
    SignerRequest.objects.filter(**of_letter).exclude(act=SignerRequest.Act.ERASE).delete()
    Decision.objects.filter(letter=letter, sealed_words__isnull=False).update(sealed_words=None)
    PassedOn.objects.filter(partner__letter=letter).delete()
    Partner.objects.filter(letter=letter).update(sealed_contact=None)
    end_files(Partner.objects.filter(letter=letter).values_list("pk", flat=True), now)
    mail = Message.objects.filter(seal=letter)
    mails = mail.filter(state=MessageState.QUEUED).delete()[0]
    mail.filter(recipient__isnull=False).update(recipient=None)
    end_exports({letter}, now)
    return mails


def _keep_for_partners(rows: Collection[Signature]) -> None:
    """Whom a partner has still to be told to erase: sealed as it is, until it was told."""
    sealed = {row.pk: row.sealed_address for row in rows}
    for passed in PassedOn.objects.filter(signature__in=sealed, sealed_address=None):
        passed.sealed_address = sealed[passed.signature]
        passed.save(update_fields=["sealed_address"])


def _drop_mail(letter: uuid.UUID, signatures: Collection[uuid.UUID]) -> int:
    """What waits to be sent to some of a letter's signers; how many mails."""
    notices = Notice.objects.filter(signature__in=signatures)
    causes = {str(key) for key in signatures}
    causes |= {str(key) for key in notices.values_list("pk", flat=True)}
    queued = Message.objects.filter(seal=letter, state=MessageState.QUEUED)
    theirs = [
        key
        for key, cause in queued.values_list("pk", "cause")
        if not causes.isdisjoint(cause.split())
    ]
    notices.filter(settled_at=None).delete()
    return Message.objects.filter(pk__in=theirs).delete()[0]


def _locked(among: QuerySet[Signature], batch: Collection[uuid.UUID]) -> list[Signature]:
    """Those of a batch that are still to go."""
    # Of the row itself alone: PostgreSQL locks nothing that is only looked at beside it.
    return list(among.filter(pk__in=batch).select_for_update(of=("self",)).order_by("pk"))


def _note(run: Forgetting, went: dict[str, int]) -> None:
    run.counts = dict(Counter(run.counts) + Counter(went))
    run.save(update_fields=["counts"])


def _end(run: Forgetting, act: str, now: datetime) -> None:
    run.ended_at = now
    run.save(update_fields=["ended_at"])
    LetterEvent.objects.create(letter_id=run.letter_id, actor="worker", act=act, details=run.counts)


@dataclass(frozen=True)
class _Act:
    """`rows`: what is still to go of a letter; `forget`: some of them, or the end if none are."""

    rows: Callable[[uuid.UUID], QuerySet[Signature]]
    forget: Callable[[Forgetting, list[Signature], datetime], int]


_ACTS = {
    Forgotten.UNASKED: _Act(_unasked_of, _forget_unasked),
    Forgotten.ALL: _Act(all_sealed, _forget_all),
}
