"""Decide on signatures, one or many at once: each decision is one row, and can be undone.

Everything happens in one transaction. Each signature is changed only if it still is what the
decision is for; whoever lost such a race is left out, and said. Trail and events hold no signer's
data.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import telling
from undersigned.signatures.changes import record
from undersigned.signatures.models import Decided, Decision, Kind, Signature, State
from undersigned.signatures.reasons import (
    DECLINE_REASONS,
    DUPLICATE,
    VOID_REASONS,
    Reason,
    find_reason,
    told,
)
from undersigned.signatures.rules import Act

MOST_AT_ONCE = 500
# What one person may strike out in one go; see TooManyForOne.
VOIDED_ALONE = 20
# Long enough to undo before anybody is told.
TOLD_AFTER = timedelta(minutes=10)
HELD_BY_PERSON = "person"

IS_HELD = Q(state=State.CONFIRMED) & ~Q(held_because="")
STANDS = Q(state__in=(State.CONFIRMED, State.LISTED))


class TooMany(Exception):
    """More than MOST_AT_ONCE signatures in one decision."""


class TooManyForOne(Exception):
    """More than VOIDED_ALONE signatures to strike out: two people decide that, in turns."""


class NothingToKeep(Exception):
    """The signature that others are to be merged into is not there any more."""


@dataclass(frozen=True)
class Outcome:
    """What came of it. `decision` is None where nothing could be done."""

    decision: Decision | None
    done: int
    organisations: int
    left_out: int


@dataclass(frozen=True)
class By:
    """Who decides on signatures of which letter."""

    letter: Letter
    actor: str


@transaction.atomic
def accept(by: By, signatures: Collection[uuid.UUID]) -> Outcome:
    """Let the worker list signatures that are held."""
    rows = _lock(by, signatures, IS_HELD)
    decision = _decide(by, "accept", rows)
    Signature.objects.filter(pk__in=[row.pk for row in rows]).update(held_because="")
    return _finish(by, decision, rows, signatures)


@transaction.atomic
def decline(
    by: By, signatures: Collection[uuid.UUID], reason: str = "", words: str = ""
) -> Outcome:
    """Do not list them, or no longer; with a reason, which their owners are told.

    Raises reasons.NoSuchReason.
    """
    found = find_reason(DECLINE_REASONS, reason, words) if reason else None
    rows = _lock(by, signatures, STANDS)
    decision = _decide(by, "decline", rows, reason)
    record(rows, Act.DECLINE, decision.at)
    if found is not None:
        _tell(rows, telling.DECLINED, decision, found, words)
    return _finish(by, decision, rows, signatures)


@transaction.atomic
def void(by: By, signatures: Collection[uuid.UUID], reason: str, words: str = "") -> Outcome:
    """Strike them out; their owners are told. Raises reasons.NoSuchReason, TooManyForOne."""
    found = find_reason(VOID_REASONS, reason, words)
    if len(signatures) > VOIDED_ALONE:
        raise TooManyForOne
    rows = _lock(by, signatures, STANDS)
    decision = _decide(by, "void", rows, reason)
    _strike_out(rows, reason, decision.at)
    _tell(rows, telling.VOID, decision, found, words)
    return _finish(by, decision, rows, signatures)


@transaction.atomic
def hold(by: By, signatures: Collection[uuid.UUID]) -> Outcome:
    """Have them wait for a person again; what was listed leaves the list."""
    rows = _lock(by, signatures, Q(state=State.LISTED) | Q(state=State.CONFIRMED, held_because=""))
    decision = _decide(by, "hold", rows)
    listed = [row for row in rows if row.state == State.LISTED]
    for row in rows:
        row.held_because = HELD_BY_PERSON
    record(listed, Act.HOLD, decision.at, fields=("held_because",))
    Signature.objects.filter(pk__in=[row.pk for row in rows]).update(held_because=HELD_BY_PERSON)
    return _finish(by, decision, rows, signatures)


@transaction.atomic
def merge(by: By, keep: uuid.UUID, others: Collection[uuid.UUID]) -> Outcome:
    """Strike out signatures that are the same as one that stays. Raises NothingToKeep.

    Nobody is told: the signature itself stays.
    """
    if not by.letter.signatures.filter(STANDS, pk=keep).exists():
        raise NothingToKeep
    rows = _lock(by, [other for other in others if other != keep], STANDS)
    decision = _decide(by, "merge", rows, DUPLICATE)
    for row in rows:
        row.merged_into_id = keep
    _strike_out(rows, DUPLICATE, decision.at, fields=("merged_into",))
    return _finish(by, decision, rows, others)


def _lock(by: By, signatures: Collection[uuid.UUID], still: Q) -> list[Signature]:
    """Those of the letter that the decision can be about, locked until the transaction ends."""
    if len(signatures) > MOST_AT_ONCE:
        raise TooMany
    found = Signature.objects.filter(still, letter=by.letter, pk__in=[*signatures])
    return list(found.select_for_update().order_by("pk"))


def _decide(by: By, act: str, rows: Sequence[Signature], reason: str = "") -> Decision:
    """Note what each signature is before anything changes."""
    now = timezone.now()
    decision = Decision(letter=by.letter, act=act, actor=by.actor, reason=reason, at=now)
    if rows:
        decision.save(force_insert=True)
    Decided.objects.bulk_create(
        Decided(
            decision=decision,
            signature=row,
            state_before=row.state,
            held_before=row.held_because,
        )
        for row in rows
    )
    return decision


def _strike_out(
    rows: Sequence[Signature], reason: str, at: datetime, fields: Sequence[str] = ()
) -> None:
    for row in rows:
        row.void_because = reason
    record(rows, Act.VOID, at, fields=("void_because", *fields))


def _tell(
    rows: Iterable[Signature], topic: str, decision: Decision, reason: Reason, words: str
) -> None:
    """In each signer's language, once there was time to undo. Imports have nobody to write to."""
    by_language: dict[str, list[uuid.UUID]] = {}
    for row in rows:
        if row.sealed_address is not None:
            by_language.setdefault(row.language, []).append(row.pk)
    for language, found in by_language.items():
        telling.tell(
            found,
            topic,
            str(decision.pk),
            decision.at + TOLD_AFTER,
            words=told(reason, words, language),
        )


def _finish(
    by: By, decision: Decision, rows: Sequence[Signature], asked: Collection[uuid.UUID]
) -> Outcome:
    organisations = sum(row.kind == Kind.ORGANISATION for row in rows)
    if rows:
        details = {"decision": str(decision.pk), "signatures": len(rows)}
        LetterEvent.objects.create(
            letter=by.letter,
            actor=by.actor,
            act=f"{decision.act} signatures",
            details={**details, **({"reason": decision.reason} if decision.reason else {})},
        )
    return Outcome(
        decision=decision if rows else None,
        done=len(rows),
        organisations=organisations,
        left_out=len(asked) - len(rows),
    )
