"""Evidence that was found is noted with the signature; weaker evidence never replaces stronger."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.authority.levels import (
    AUTHORITY_FIELDS,
    NO_EVIDENCE,
    Evidence,
    StatedBy,
    is_stronger,
)
from undersigned.signatures.deciding import By
from undersigned.signatures.models import Case, Kind, Level, Signature, State, Visibility
from undersigned.signatures.reading import Read
from undersigned.signatures.rules import STANDING

# What an organisation must have shown before it can vouch for others: something of its own.
MAY_VOUCH = (Level.MAILBOX, Level.DNS, Level.WELL_KNOWN)
MOST_VOUCHERS = 3


class CannotBeRaised(Exception):
    """No organisation's signature that stands, or there is stronger evidence already."""


class CannotVouch(Exception):
    """Only listed organisations that showed who they are vouch, and MOST_VOUCHERS at most."""


def note_mailbox(opened: Read) -> None:
    """In memory: a mailbox at the claimed domain was confirmed, on the day of confirming."""
    row = opened.row
    if row.kind != Kind.ORGANISATION or row.authority or not opened.common_domain:
        return
    if row.visibility != Visibility.PUBLIC:
        return  # its domain would name in clear who chose not to be named
    row.authority = Level.MAILBOX
    row.authority_domain = opened.common_domain
    row.authority_on = row.confirmed_at.date() if row.confirmed_at else None


@transaction.atomic
def raise_authority(signature: uuid.UUID, level: Level, domain: str, on: date) -> bool:
    """Note that control of a domain was seen; False if there is as good evidence already."""
    return _raise(signature, level, domain=domain, on=on)


@transaction.atomic
def see(by: By, signature: uuid.UUID) -> None:
    """A moderator looked at who signs, and found it right; raises CannotBeRaised."""
    _raise_by(by, signature, Level.SEEN)


@transaction.atomic
def vouch(by: By, signature: uuid.UUID, vouchers: Collection[uuid.UUID]) -> None:
    """Listed organisations vouch, as a moderator was told; raises CannotVouch, CannotBeRaised."""
    names = list(
        Signature.objects.filter(
            pk__in=list(vouchers),
            letter__team=by.letter.team_id,
            kind=Kind.ORGANISATION,
            state=State.LISTED,
            visibility=Visibility.PUBLIC,
            authority__in=MAY_VOUCH,
        )
        .exclude(pk=signature)
        .order_by("sort_key")
        .values_list("name", flat=True)
    )
    if not names or len(names) != len(set(vouchers)) or len(names) > MOST_VOUCHERS:
        raise CannotVouch
    _raise_by(by, signature, Level.VOUCHED, vouchers="\n".join(names))


def evidence_of(row: Signature) -> Evidence:
    """What is known of a signature's authority, ready to be told."""
    return evidence(row.authority, row.authority_domain, row.authority_on, row.authority_by)


def evidence(level: str, domain: str, on: date | None, vouchers: str) -> Evidence:
    """The same from the columns, in the order of AUTHORITY_FIELDS."""
    if not level:
        return NO_EVIDENCE
    return Evidence(
        Level(level), on, domain, StatedBy.SIGNATORY, tuple(filter(None, vouchers.split("\n")))
    )


def _raise_by(by: By, signature: uuid.UUID, level: Level, vouchers: str = "") -> None:
    if not by.letter.signatures.filter(pk=signature).exists() or not _raise(
        signature, level, on=timezone.now().date(), vouchers=vouchers
    ):
        raise CannotBeRaised
    LetterEvent.objects.create(
        letter=by.letter,
        actor=by.actor,
        act="note authority",
        details={"signature": str(signature), "level": str(level)},
    )


def _raise(
    signature: uuid.UUID, level: Level, *, on: date, domain: str = "", vouchers: str = ""
) -> bool:
    row = (
        Signature.objects.select_for_update()
        .filter(pk=signature, kind=Kind.ORGANISATION, state__in=STANDING)
        .first()
    )
    if row is None or not is_stronger(level, row.authority):
        return False
    row.authority, row.authority_domain = level, domain
    row.authority_on, row.authority_by = on, vouchers
    row.save(update_fields=AUTHORITY_FIELDS)
    Case.objects.filter(signature=row).update(is_stale=True)
    if row.state == State.LISTED:
        Letter.objects.filter(pk=row.letter_id).update(revision=F("revision") + 1)
    return True
