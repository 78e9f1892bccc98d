"""Decisions that take a second person: asked for by one, carried out when another approves.

Striking out more than `deciding.VOIDED_ALONE` signatures within a day is such a decision. Until
somebody approves, nothing has changed; what changes by itself meanwhile is left out then.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import telling
from undersigned.signatures.deciding import (
    STANDS,
    By,
    Outcome,
    finish,
    lock,
    note,
    strike_out,
    tell,
)
from undersigned.signatures.models import Decided, Decision, Kind, Signature
from undersigned.signatures.reasons import VOID_REASONS, find_reason
from undersigned.teams.installation import studio_sealer
from undersigned.vault.open import Opener

PURPOSE = "decision"
# What `Decision.act` says of decisions that were never carried out.
REFUSED = "refused"
TAKEN_BACK = "taken back"


class SamePerson(Exception):
    """Whoever asked cannot approve: that is what the second person is for."""


class NothingToApprove(Exception):
    """There is no such decision, or it was approved, refused or taken back meanwhile."""


@transaction.atomic
def ask_to_void(by: By, signatures: Collection[uuid.UUID], reason: str, words: str = "") -> Outcome:
    """Propose to strike them out.

    Raises reasons.NoSuchReason, deciding.TooMany, vault.seal.SealingKeyMissing.
    """
    find_reason(VOID_REASONS, reason, words)
    sealer = studio_sealer()
    rows = lock(by, signatures, STANDS)
    decision = note(by, "void", rows, reason, waits=True)
    sealed = sealer.seal(decision.pk, PURPOSE, words.encode())
    Decision.objects.filter(pk=decision.pk).update(sealed_words=sealed)
    return finish(by, decision, rows, signatures, act="ask to void signatures")


def waiting_decisions(letter: Letter) -> QuerySet[Decision]:
    """What waits for a second person, oldest first."""
    return letter.decisions.filter(waits=True).order_by("at")


def words_of(decision: Decision, opener: Opener) -> str:
    """What the signers are to read beside the reason; raises vault.open.CannotOpen."""
    return opener.open(decision.pk, PURPOSE, bytes(decision.sealed_words or b"")).decode()


@transaction.atomic
def approve(by: By, decision: uuid.UUID, opener: Opener) -> Outcome:
    """Carry it out. `opener` is the studio's.

    Raises SamePerson, NothingToApprove, vault.open.CannotOpen.

    Left out is what is not as it was when the decision was asked for.
    """
    row = _waiting(by, decision)
    if row.person_id is not None and row.person_id == by.person:
        raise SamePerson
    noted = list(row.decided.all())
    rows = _as_they_were(by, noted)
    kept = {signature.pk for signature in rows}
    row.decided.exclude(signature__in=kept).delete()
    words, row.sealed_words = words_of(row, opener), None
    row.waits, row.approved_by, row.at = False, by.actor, timezone.now()
    row.save(update_fields=["waits", "approved_by", "at", "sealed_words"])
    strike_out(rows, row.reason, row.at)
    tell(rows, telling.VOID, row, find_reason(VOID_REASONS, row.reason, words), words)
    _trail(by, row, "approve decision", len(rows))
    return Outcome(
        decision=row if rows else None,
        done=len(rows),
        organisations=sum(signature.kind == Kind.ORGANISATION for signature in rows),
        left_out=len(noted) - len(rows),
    )


@transaction.atomic
def refuse(by: By, decision: uuid.UUID) -> None:
    """Do not carry it out. Raises NothingToApprove."""
    row = _waiting(by, decision)
    _end(by, row, REFUSED, "refuse decision")


@transaction.atomic
def take_back(by: By, decision: uuid.UUID) -> None:
    """Whoever asked thinks better of it. Raises NothingToApprove, also for everybody else."""
    row = _waiting(by, decision)
    if row.person_id is None or row.person_id != by.person:
        raise NothingToApprove
    _end(by, row, TAKEN_BACK, "take back decision")


def _waiting(by: By, decision: uuid.UUID) -> Decision:
    """Locked: of two people who answer at once, the second one finds nothing."""
    found = by.letter.decisions.select_for_update().filter(pk=decision, waits=True).first()
    if found is None:
        raise NothingToApprove
    return found


def _end(by: By, row: Decision, act: str, event: str) -> None:
    """It stays in the trail of its signatures as something that was asked for."""
    _trail(by, row, event, row.decided.count())
    row.act, row.waits, row.sealed_words = act, False, None
    row.save(update_fields=["act", "waits", "sealed_words"])


def _as_they_were(by: By, noted: Sequence[Decided]) -> list[Signature]:
    before = {one.signature_id: (one.state_before, one.held_before) for one in noted}
    rows = lock(by, [*before], STANDS)
    return [row for row in rows if (row.state, row.held_because) == before[row.pk]]


def _trail(by: By, row: Decision, act: str, count: int) -> None:
    LetterEvent.objects.create(
        letter=by.letter,
        actor=by.actor,
        act=act,
        details={"decision": str(row.pk), "signatures": count, "what": row.act},
    )
