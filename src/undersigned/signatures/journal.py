"""What no backup may undo when it is restored: who left, hid, was struck out or erased.

Each act leaves a line in its own transaction. The worker writes the lines to a file outside the
database (`config.journal`); `undersigned restore` carries them out again (`replaying`). A line has
a number and a code, and nothing of a person: `subject` is a signature's id, a letter's where the
act is CAUTION or HIDE, a sheet's where it is PAPER, the keyed index of an address where it is one
of `mail.models.Reason`, or the first half of such an index where it is LIFTED.

| act | detail |
|---|---|
| ERASE | |
| SHOWN | how the signature appears now; before it `pseudonym`, where it is by one |
| an act of `rules.Act` | `openly`, or the code of the reason |
| UPDATES | `yes`, `no` |
| PARTNER | `yes` or `no`, and the partner who is to get something, or nothing more |
| PAPER | nothing where names were struck from a sheet, `undone` where it was taken back |
| LIFTED | the second half: mail reaches the address again, as of the line's time |
| CAUTION | a country where signing may be dangerous by now |
| HIDE | a country whose names are hidden, of those who sign later too |
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from undersigned.mail.models import Reason
from undersigned.signatures.models import JournalLine, Signature, State, Visibility

ERASE = "erase"
SHOWN = "shown"
UPDATES = "updates"
PARTNER = "partner"
CAUTION = "caution"
HIDE = "hide"
PAPER = "paper"
LIFTED = "lifted"

YES, NO = "yes", "no"
OPENLY = "openly"
PSEUDONYM = "pseudonym"
UNDONE = "undone"
_MARK_BYTES = 32
_HALF = _MARK_BYTES // 2
# What leads off the list, or away from it; and back, which takes an earlier line's place.
_KEPT_ACTS = ("decline", "withdraw", "void", "hold", "restore")


@dataclass(frozen=True)
class Line:
    """One line of the journal, as it stands in the file."""

    at: datetime
    act: str
    subject: str
    detail: str = ""


def is_whole(line: Line) -> bool:
    """Whether a line says something that `replaying` can carry out; False of what was cut off."""
    try:
        if line.act in Reason:
            return len(bytes.fromhex(line.subject)) == _MARK_BYTES
        uuid.UUID(line.subject)
        if line.act == SHOWN:
            return line.detail.removeprefix(f"{PSEUDONYM} ") in Visibility
        if line.act == PARTNER:
            answer, partner = line.detail.split(" ")
            uuid.UUID(partner)
            return answer in (YES, NO)
        if line.act == LIFTED:
            return len(bytes.fromhex(line.detail)) == _HALF
    except ValueError:
        return False
    return line.act in (ERASE, UPDATES, CAUTION, HIDE, PAPER, *_KEPT_ACTS)


def note(act: str, subjects: Iterable[uuid.UUID], at: datetime, detail: str = "") -> None:
    """To be called in the transaction of the act."""
    JournalLine.objects.bulk_create(
        (JournalLine(act=act, subject=subject, detail=detail, at=at) for subject in subjects),
        batch_size=500,
    )


def note_states(signatures: Sequence[Signature], act: str, at: datetime) -> None:
    """As `note`, of what `changes.record` carries out."""
    if act in _KEPT_ACTS:
        JournalLine.objects.bulk_create(
            JournalLine(act=act, subject=row.pk, detail=_reason(row), at=at) for row in signatures
        )


def note_appearance(signatures: Sequence[Signature]) -> None:
    """How signatures appear from now on, and whether by a pseudonym.

    An older backup may have the real name where a pseudonym is listed now.
    """
    now = timezone.now()
    JournalLine.objects.bulk_create(
        JournalLine(
            act=SHOWN,
            subject=row.pk,
            detail=f"{PSEUDONYM} {row.visibility}" if row.is_pseudonym else row.visibility,
            at=now,
        )
        for row in signatures
    )


def note_lifted(lifted: Mapping[bytes, datetime]) -> None:
    """Mail reaches addresses again, as their owners have shown at these times; by keyed index."""
    for mark, at in lifted.items():
        note(LIFTED, [uuid.UUID(bytes=mark[:_HALF])], at, mark[_HALF:].hex())


def lifted_mark(line: Line) -> bytes:
    """The keyed index of a line that `note_lifted` left."""
    return uuid.UUID(line.subject).bytes + bytes.fromhex(line.detail)


def _reason(row: Signature) -> str:
    match row.state:
        case State.VOID:
            return row.void_because
        case State.WITHDRAWN:
            return OPENLY if row.withdrawn_on else ""
        case _:
            return row.held_because
