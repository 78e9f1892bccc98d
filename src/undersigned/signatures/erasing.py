"""Erase a person from signatures, and keep the count.

What was listed goes on being counted, without a name. What was not counted yet is withdrawn, or was
over before; what nobody confirmed is deleted. An organisation that is listed stays: its name is no
person's, and only the one who signed for it is forgotten.

Backups that were made before still have it until they are deleted.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from undersigned.letters.models import Letter, LetterEvent
from undersigned.mail.models import Message, MessageState
from undersigned.signatures.changes import record, replacing
from undersigned.signatures.journal import ERASE, note
from undersigned.signatures.mailboxes import NOT_ME
from undersigned.signatures.models import (
    Case,
    ErrandState,
    Export,
    Kind,
    Signature,
    State,
    UnsubscribeLink,
    Visibility,
)
from undersigned.signatures.partner_consents import forget_for_partners
from undersigned.signatures.rules import SHOWN, TRANSITIONS, Act
from undersigned.signatures.saving import save_columns

# What a person is known by.
_PERSONAL = ("sealed_address", "sealed_details", "address_index", "consent_updates")
# What is on the page.
_ON_THE_PAGE = (
    *("name", "title", "affiliation", "website", "place", "search", "sorts_as", "sort_key"),
    *("is_featured", "position", "visibility", "consent_publication", "withdrawn_on"),
    "is_pseudonym",
    # A domain, and an entry of the registry, name whoever signed for it.
    *("authority", "authority_by", "authority_domain", "authority_on", "organisation"),
)


@dataclass(frozen=True)
class Erasure:
    """What an erasure does, or did: how many signatures are deleted, withdrawn, and so on.

    `nameless`: people who leave the list and stay counted; `organisations`: those that stay on it;
    `emptied`: entries that had ended before.
    """

    deleted: int = 0
    withdrawn: int = 0
    nameless: int = 0
    organisations: int = 0
    emptied: int = 0


def foresee(signatures: Collection[Signature]) -> Erasure:
    """What `erase` would do. Changes nothing."""
    return Erasure(**Counter(_fate(signature) for signature in signatures))


@transaction.atomic
def erase(signatures: Collection[uuid.UUID], at: datetime, *, actor: str) -> Erasure:
    """Erase the people behind signatures; to be repeated without harm.

    Leaves an event for each letter, with a number and no name.
    """
    rows = list(Signature.objects.select_for_update().filter(pk__in=[*signatures]).order_by("pk"))
    done = foresee(rows)
    note(ERASE, [row.pk for row in rows], at)
    _drop_mail(rows)
    for row in rows:
        forget_for_partners(row, at)
        _forget_around(row)
    by_fate = {fate: [row for row in rows if _fate(row) == fate] for fate in _FATES}
    Signature.objects.filter(pk__in=[row.pk for row in by_fate["deleted"]]).delete()
    for row in by_fate["nameless"] + by_fate["organisations"]:
        with replacing(row, "erase", at):
            _empty(row)
    for row in by_fate["withdrawn"]:
        fields = _clear(row)
        record([row], Act.WITHDRAW, at, fields=fields)
    for row in by_fate["emptied"]:
        _empty(row)
    for letter, count in Counter(row.letter_id for row in rows).items():
        LetterEvent.objects.create(
            letter_id=letter, actor=actor, act="erase on request", details={"signatures": count}
        )
        Letter.objects.filter(pk=letter).update(revision=F("revision") + 1)
    end_exports({row.letter_id for row in rows}, at)
    return done


_FATES = ("deleted", "withdrawn", "nameless", "organisations", "emptied")


def _fate(row: Signature) -> str:
    if row.state == State.PENDING:
        return "deleted"
    if row.state == State.LISTED:
        return "organisations" if _stays_shown(row) else "nameless"
    if (State(row.state), Act.WITHDRAW) in TRANSITIONS:
        return "withdrawn"
    return "emptied"


def _stays_shown(row: Signature) -> bool:
    """An organisation on the list: its name is no person's."""
    is_shown = row.state == State.LISTED and row.visibility in SHOWN
    return is_shown and row.kind == Kind.ORGANISATION


def _empty(row: Signature) -> None:
    save_columns([row], _clear(row))


def _clear(row: Signature) -> Sequence[str]:
    """Empty the columns in memory; returns which."""
    row.sealed_address = row.sealed_details = None
    row.consent_updates = False
    if row.void_because != NOT_ME:
        # "This wasn't me" keeps its mark: it is what stops the next mail, and shows no address.
        row.address_index = None
    if _stays_shown(row):
        return _PERSONAL
    row.name = row.title = row.affiliation = row.website = row.place = ""
    row.search = row.sorts_as = ""
    row.sort_key = b""
    row.authority = row.authority_by = row.authority_domain = ""
    row.authority_on = row.organisation = row.withdrawn_on = None
    row.is_featured, row.position, row.is_pseudonym = False, 0, False
    row.visibility, row.consent_publication = Visibility.COUNTED, False
    return (*_PERSONAL, *_ON_THE_PAGE)


def _forget_around(row: Signature) -> None:
    """Everything beside the row that names its owner, or leads to them."""
    for related in (row.links, row.signer_links, row.notices, row.corrections, row.vouchings):
        related.all().delete()
    row.consent_changes.all().delete()
    row.requests.all().delete()
    Case.objects.filter(signature=row).delete()
    UnsubscribeLink.objects.filter(signature=row).delete()
    if not _stays_shown(row):
        row.authority_checks.all().delete()


def end_exports(letters: Collection[uuid.UUID], at: datetime) -> None:
    """Files that were written before would still have them: the worker removes these at once.

    One that is being written goes back to those that wait, and is begun again: its worker finds
    that it is not its own any more. These first: one that is finished meanwhile is then ready.
    """
    to_do = (ErrandState.WAITING, ErrandState.RUNNING)  # none is taken up before this is stored
    Export.objects.filter(letter__in=letters, state__in=to_do).update(state=ErrandState.WAITING)
    ready = Export.objects.filter(letter__in=letters, sealed_key__isnull=False, expires_at__gt=at)
    ready.update(expires_at=at)


def _drop_mail(rows: Sequence[Signature]) -> None:
    """What waits to be sent to them, and the mark of whom it went to of what was sent."""
    causes = [row.pk for row in rows]
    notices = [notice for row in rows for notice in row.notices.values_list("pk", flat=True)]
    about = Q()
    for cause in (*causes, *notices):
        about |= Q(cause__contains=f" {cause}")
    if about:
        Message.objects.filter(about, state=MessageState.QUEUED).delete()
        Message.objects.filter(about, recipient__isnull=False).update(recipient=None)
