"""Carry out once more, on a database that was restored, what a journal has of the time since.

Nothing of it needs a private key, and all of it may be repeated. Whoever was not in the backup, or
is in it as they asked, is left alone. Where several lines are about the same, the last one holds.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import batched

from django.db import transaction

from undersigned.letters.models import Letter
from undersigned.mail.models import Reason
from undersigned.mail.suppression import lift
from undersigned.mail.suppression import suppress as suppress_address
from undersigned.signatures.appearing import show_as, shows_more
from undersigned.signatures.cautious_countries import be_cautious
from undersigned.signatures.changes import record
from undersigned.signatures.consents import set_updates
from undersigned.signatures.deciding import HELD_BY_PERSON, By, strike_out
from undersigned.signatures.disowning import void_disowned
from undersigned.signatures.erasing import end_exports, erase
from undersigned.signatures.hidden_groups import Group, Shared
from undersigned.signatures.hiding import hide_group, seal_clear
from undersigned.signatures.journal import (
    CAUTION,
    ERASE,
    HIDE,
    LIFTED,
    NO,
    OPENLY,
    PAPER,
    PARTNER,
    PSEUDONYM,
    SHOWN,
    UNDONE,
    UPDATES,
    Line,
    lifted_mark,
)
from undersigned.signatures.leaving import may_be_listed, withdraw
from undersigned.signatures.mailboxes import NOT_ME
from undersigned.signatures.models import (
    ConfirmationLink,
    Decision,
    PaperSheet,
    Signature,
    State,
    Visibility,
)
from undersigned.signatures.paper import strike_names, take_sheet_back
from undersigned.signatures.partner_consents import take_back
from undersigned.signatures.rules import SHOWN as SHOWN_BY_NAME
from undersigned.signatures.rules import STANDING, TRANSITIONS, Act
from undersigned.vault.seal import SealingKeyMissing

CHUNK = 200


@dataclass
class _Wishes:
    """What the journal has of one signature. `state`: an act of rules.Act, and its detail.

    `is_pseudonym`: how it is `shown` is about another name than a backup from before has.
    """

    shown: Visibility | None = None
    is_pseudonym: bool = False
    state: tuple[Act, str] | None = None
    updates: str = ""
    partners: dict[uuid.UUID, str] = field(default_factory=dict)
    is_erased: bool = False


def replay(lines: Iterable[Line], now: datetime) -> Counter[str]:
    """Carry the lines out, oldest first; returns for how many there was something to do, by act.

    `lines`: whole ones, see `journal.is_whole`.
    """
    done: Counter[str] = Counter()
    wishes: dict[uuid.UUID, _Wishes] = {}
    for line in sorted(lines, key=lambda line: line.at):
        if line.act in Reason:
            suppress_address(bytes.fromhex(line.subject), Reason(line.act), line.at)
            done[line.act] += 1
        elif line.act == LIFTED:
            done[LIFTED] += len(lift({lifted_mark(line): line.at}))
        elif line.act == PAPER:
            done.update(_correct_paper(uuid.UUID(line.subject), line.detail))
        elif line.act in (CAUTION, HIDE):
            done.update(_protect(uuid.UUID(line.subject), line))
        else:
            _fold(wishes.setdefault(uuid.UUID(line.subject), _Wishes()), line)
    for some in batched(sorted(wishes), CHUNK):
        with transaction.atomic():
            found = Signature.objects.select_for_update(of=("self",)).filter(pk__in=some)
            for row in found.select_related("letter").order_by("pk"):
                done.update(_carry_out(row, wishes[row.pk], now))
    return done


def _protect(letter: uuid.UUID, line: Line) -> list[str]:
    """A country; returns the act if something came of it."""
    row = Letter.objects.filter(pk=letter).first()
    if row is None:
        return []
    if line.act == CAUTION:
        return [CAUTION] if be_cautious(row, line.detail) else []
    if _had(row, line):
        return []
    # Without the letter's key, imported entries wait for its return: lines of their own hide them.
    with suppress(SealingKeyMissing):
        if hide_group(By(row, "restore"), Group(Shared.COUNTRY, line.detail)):
            return [HIDE]
    return []


def _had(letter: Letter, line: Line) -> bool:
    """Whether the backup has this hide, with what came of it: choices anew, or a review."""
    second = line.at.replace(microsecond=0)
    return Decision.objects.filter(
        letter=letter,
        act=HIDE,
        reason=line.detail,
        at__gte=second,
        at__lt=second + timedelta(seconds=1),
    ).exists()


def _fold(wishes: _Wishes, line: Line) -> None:
    if line.act == ERASE:
        wishes.is_erased = True
    elif line.act == SHOWN:
        wishes.is_pseudonym = line.detail.startswith(PSEUDONYM)
        wishes.shown = Visibility(line.detail.removeprefix(f"{PSEUDONYM} "))
    elif line.act == UPDATES:
        wishes.updates = line.detail
    elif line.act == PARTNER:
        answer, partner = line.detail.split(" ")
        wishes.partners[uuid.UUID(partner)] = answer
    else:
        wishes.state = (Act(line.act), line.detail)


def _carry_out(row: Signature, wishes: _Wishes, now: datetime) -> list[str]:
    """Returns the acts of which something came."""
    if wishes.is_erased:
        erase([row.pk], now, actor="restore")
        return [ERASE]
    done = []
    is_other_name = wishes.is_pseudonym and not row.is_pseudonym
    shown = Visibility.COUNTED if is_other_name else wishes.shown
    if shown and _show(row, shown, now):
        done.append(SHOWN)
    act, detail = wishes.state or (Act.RESTORE, "")
    if act in _STATES and _STATES[act](row, detail, now):
        end_exports({row.letter_id}, now)
        done.append(act)
    if wishes.updates == NO and set_updates([row], now, wanted=False):
        done.append(UPDATES)
    for partner, answer in wishes.partners.items():
        if answer == NO:
            take_back(row.pk, partner, now)
    return done


def _correct_paper(sheet: uuid.UUID, detail: str) -> list[str]:
    row = PaperSheet.objects.filter(pk=sheet, undone_at=None).first()
    if row is None:
        return []
    if detail == UNDONE:
        take_sheet_back(row, actor="restore")
        return [PAPER]
    return [PAPER] if strike_names(row, actor="restore") else []


def _show(row: Signature, wanted: Visibility, now: datetime) -> bool:
    """Never more than the backup has: that would take the worker, and its owner can ask for it."""
    if row.state not in (State.PENDING, *STANDING) or not shows_more(wanted, row.visibility):
        return False
    if row.state == State.PENDING:  # its link may be pressed once more
        row.visibility, row.consent_publication = wanted, wanted in SHOWN_BY_NAME
        row.save(update_fields=["visibility", "consent_publication"])
        return True
    if row.letter.sealing_key:  # what imported entries said would be lost otherwise
        seal_clear([row], row.letter)
        row.save(update_fields=["sealed_details"])
    show_as(row, wanted, now)
    return True


def _withdraw(row: Signature, detail: str, now: datetime) -> bool:
    if (State(row.state), Act.WITHDRAW) in TRANSITIONS:
        return withdraw(row, now, openly=detail == OPENLY and may_be_listed(row, row.letter))
    if row.state == State.PENDING:
        return _end_links(row)
    if row.withdrawn_on is None or detail == OPENLY:
        return False
    row.name, row.withdrawn_on = "", None
    row.save(update_fields=["name", "withdrawn_on"])
    return True


def _void(row: Signature, reason: str, now: datetime) -> bool:
    if row.state == State.PENDING and reason == NOT_ME:
        return void_disowned(row, now)
    if (State(row.state), Act.VOID) not in TRANSITIONS:
        return False
    strike_out([row], reason, now)
    return True


def _decline(row: Signature, _: str, now: datetime) -> bool:
    if row.state == State.PENDING:
        return _end_links(row)
    return row.state in STANDING and bool(record([row], Act.DECLINE, now))


def _end_links(row: Signature) -> bool:
    """Who had yet to confirm in the backup cannot by an old link, nor is sent a new one."""
    gone, _ = ConfirmationLink.objects.filter(signature=row).delete()
    was_due, row.needs_mail = row.needs_mail, False
    row.save(update_fields=["needs_mail"])
    return bool(gone) or was_due


def _hold(row: Signature, reason: str, now: datetime) -> bool:
    if row.state not in STANDING or row.held_because:
        return False
    row.held_because = reason or HELD_BY_PERSON
    if row.state == State.CONFIRMED:
        row.save(update_fields=["held_because"])
        return True
    return bool(record([row], Act.HOLD, now, fields=("held_because",)))


_STATES: dict[Act, Callable[[Signature, str, datetime], bool]] = {
    Act.WITHDRAW: _withdraw,
    Act.VOID: _void,
    Act.DECLINE: _decline,
    Act.HOLD: _hold,
}
