"""Decide on signatures, one or many at once: each decision is one row, and can be undone.

Everything happens in one transaction. Each signature is changed only if it still is what the
decision is for; whoever lost such a race is left out, and said. Trail and events hold no signer's
data. What takes much off the list at once needs a second person: see `approving`.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import journal, telling
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
from undersigned.signatures.rules import STANDING, Act
from undersigned.teams.models import Person

MOST_AT_ONCE = 500
# What one person may take off the list within a day; see TooManyForOne.
VOIDED_ALONE = 20
A_DAY = timedelta(hours=24)
# Long enough to undo before anybody is told.
TOLD_AFTER = timedelta(minutes=10)
HELD_BY_PERSON = "person"

IS_HELD = Q(state=State.CONFIRMED) & ~Q(held_because="")
STANDS = Q(state__in=STANDING)


class TooMany(Exception):
    """More than MOST_AT_ONCE signatures in one decision."""


class TooManyForOne(Exception):
    """More than VOIDED_ALONE signatures of one letter within A_DAY: two people decide that."""


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
    """Who decides on signatures of which letter. `person`: None for the command line."""

    letter: Letter
    actor: str
    person: int | None = None


@transaction.atomic
def accept(by: By, signatures: Collection[uuid.UUID]) -> Outcome:
    """Let the worker list signatures that are held."""
    rows = lock(by, signatures, IS_HELD)
    decision = note(by, "accept", rows)
    Signature.objects.filter(pk__in=[row.pk for row in rows]).update(held_because="")
    journal.note(Act.RESTORE, [row.pk for row in rows], decision.at)
    return finish(by, decision, rows, signatures)


@transaction.atomic
def decline(
    by: By, signatures: Collection[uuid.UUID], reason: str = "", words: str = ""
) -> Outcome:
    """Do not list them, or no longer; with a reason, which their owners are told.

    Raises reasons.NoSuchReason; for what is listed TooManyForOne.
    """
    found = find_reason(DECLINE_REASONS, reason, words) if reason else None
    _check_alone(by, signatures, Q(state=State.LISTED))
    rows = lock(by, signatures, STANDS)
    decision = note(by, "decline", rows, reason)
    record(rows, Act.DECLINE, decision.at)
    if found is not None:
        tell(rows, telling.DECLINED, decision, found, words)
    return finish(by, decision, rows, signatures)


@transaction.atomic
def void(by: By, signatures: Collection[uuid.UUID], reason: str, words: str = "") -> Outcome:
    """Strike them out; their owners are told. Raises reasons.NoSuchReason, TooManyForOne."""
    found = find_reason(VOID_REASONS, reason, words)
    _check_alone(by, signatures, STANDS)
    rows = lock(by, signatures, STANDS)
    decision = note(by, "void", rows, reason)
    strike_out(rows, reason, decision.at)
    tell(rows, telling.VOID, decision, found, words)
    return finish(by, decision, rows, signatures)


@transaction.atomic
def hold(by: By, signatures: Collection[uuid.UUID]) -> Outcome:
    """Have them wait for a person again; what was listed leaves the list."""
    rows = lock(by, signatures, Q(state=State.LISTED) | Q(state=State.CONFIRMED, held_because=""))
    decision = note(by, "hold", rows)
    listed = [row for row in rows if row.state == State.LISTED]
    waiting = [row.pk for row in rows if row.state != State.LISTED]
    for row in rows:
        row.held_because = HELD_BY_PERSON
    record(listed, Act.HOLD, decision.at, fields=("held_because",))
    Signature.objects.filter(pk__in=[row.pk for row in rows]).update(held_because=HELD_BY_PERSON)
    journal.note(Act.HOLD, waiting, decision.at, HELD_BY_PERSON)
    return finish(by, decision, rows, signatures)


@transaction.atomic
def merge(by: By, keep: uuid.UUID, others: Collection[uuid.UUID]) -> Outcome:
    """Strike out signatures that are the same as one that stays.

    Their owners are told, since two people may share a name. Raises NothingToKeep, TooManyForOne.
    """
    going = [other for other in others if other != keep]
    _check_alone(by, going, STANDS)
    # The one that stays is locked too: two who merge the same two crosswise must not lose both.
    standing = Signature.objects.filter(STANDS, letter=by.letter, pk__in=[keep, *going])
    found = list(standing.select_for_update().order_by("pk"))
    rows = [row for row in found if row.pk != keep]
    if len(rows) == len(found):
        raise NothingToKeep
    decision = note(by, "merge", rows, DUPLICATE)
    for row in rows:
        row.merged_into_id = keep
    strike_out(rows, DUPLICATE, decision.at, fields=("merged_into",))
    tell(rows, telling.VOID, decision, find_reason(VOID_REASONS, DUPLICATE), "")
    return finish(by, decision, rows, others)


def takes_two(by: By, signatures: Collection[uuid.UUID], going: Q = STANDS) -> bool:
    """Whether `by` cannot take these off the list alone, with what they took off within A_DAY."""
    more = by.letter.signatures.filter(going, pk__in=[*signatures]).count()
    return bool(more) and more + _taken_off(by, timezone.now() - A_DAY) > VOIDED_ALONE


def _check_alone(by: By, signatures: Collection[uuid.UUID], going: Q) -> None:
    """Raises TooMany, TooManyForOne. Two windows of one person are counted one after the other."""
    if len(signatures) > MOST_AT_ONCE:
        raise TooMany
    if by.person is not None:
        Person.objects.select_for_update().get(pk=by.person)
    if takes_two(by, signatures, going):
        raise TooManyForOne


def _taken_off(by: By, since: datetime) -> int:
    """How many signatures one person took off the letter's list alone, and nobody put back."""
    done = Q(decision__act__in=("void", "merge"))
    done |= Q(decision__act="decline", state_before=State.LISTED)
    return Decided.objects.filter(
        done,
        decision__letter=by.letter,
        decision__person=by.person,
        decision__actor=by.actor,
        decision__at__gte=since,
        decision__approved_by="",
        decision__waits=False,
        decision__undone_at=None,
    ).count()


def lock(by: By, signatures: Collection[uuid.UUID], still: Q) -> list[Signature]:
    """Those of the letter that the decision can be about, locked until the transaction ends."""
    if len(signatures) > MOST_AT_ONCE:
        raise TooMany
    found = Signature.objects.filter(still, letter=by.letter, pk__in=[*signatures])
    return list(found.select_for_update().order_by("pk"))


def note(by: By, act: str, rows: Sequence[Signature], reason: str = "", **columns: Any) -> Decision:
    """Note what each signature is before anything changes. `columns`: more of the decision's."""
    decision = Decision(
        letter=by.letter,
        act=act,
        actor=by.actor,
        person_id=by.person,
        reason=reason,
        at=timezone.now(),
        **columns,
    )
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


def strike_out(
    rows: Sequence[Signature], reason: str, at: datetime, fields: Sequence[str] = ()
) -> None:
    """Void, for a reason of VOID_REASONS."""
    for row in rows:
        row.void_because = reason
    record(rows, Act.VOID, at, fields=("void_because", *fields))


def tell(
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


def finish(
    by: By,
    decision: Decision,
    rows: Sequence[Signature],
    asked: Collection[uuid.UUID],
    act: str = "",
) -> Outcome:
    """Leave an event in the trail; `act`: its name, if not that of the decision."""
    organisations = sum(row.kind == Kind.ORGANISATION for row in rows)
    if rows:
        details = {"decision": str(decision.pk), "signatures": len(rows)}
        LetterEvent.objects.create(
            letter=by.letter,
            actor=by.actor,
            act=act or f"{decision.act} signatures",
            details={**details, **({"reason": decision.reason} if decision.reason else {})},
        )
    return Outcome(
        decision=decision if rows else None,
        done=len(rows),
        organisations=organisations,
        left_out=len(asked) - len(rows),
    )
