"""List confirmed signatures: the worker opens as much of each as its owner lets be shown."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from undersigned.mail.suppression import lift
from undersigned.signatures.addresses import normalise_address
from undersigned.signatures.authority.levels import AUTHORITY_FIELDS
from undersigned.signatures.authority.raising import note_mailbox
from undersigned.signatures.changes import record
from undersigned.signatures.correcting import arrival, read_details, write_out
from undersigned.signatures.holding import hold_doubtful
from undersigned.signatures.journal import note_lifted
from undersigned.signatures.models import Signature, State
from undersigned.signatures.reading import Read, read
from undersigned.signatures.rules import Act
from undersigned.signatures.staying_hidden import keep_hidden
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen

__all__ = ["CANNOT_BE_READ", "SHOWN_FIELDS", "list_confirmed", "read_details"]

log = logging.getLogger(__name__)

BATCH = 200
CANNOT_BE_READ = "cannot be read"
SHOWN_FIELDS = ("name", "title", "affiliation", "website", "search", "sort_key")
_WRITTEN = (*SHOWN_FIELDS, *AUTHORITY_FIELDS, "sorts_as", "place", "country")


def list_confirmed(keys: WorkerKeys) -> int:
    """List up to BATCH confirmed signatures that nobody holds; returns how many were dealt with."""
    waiting = list(
        Signature.objects.filter(state=State.CONFIRMED, held_because="")
        .exclude(letter__in=keys.out_of_reach())
        .prefetch_related("corrections")
        .order_by("confirmed_at")[:BATCH]
    )
    opened = [found for row in waiting if (found := _open(row, keys)) is not None]
    held = hold_doubtful(opened)
    # These are listed in the next round, without their names.
    hidden = keep_hidden(arrival(one.row, one.entry, keys) for one in opened)
    ready = [_write_out(one) for one in opened if one.row.pk not in held | hidden]
    with transaction.atomic():
        listed = record(_unheld(ready), Act.LIST, timezone.now(), fields=_WRITTEN)
        _drop_other_attempts(listed)
        note_lifted(lift(_answered(opened, keys)))
    return len(opened)


def _answered(opened: Sequence[Read], keys: WorkerKeys) -> dict[bytes, datetime]:
    """When the owners of addresses confirmed by a link that was mailed to them."""
    return {
        keys.index(b"mail", normalise_address(one.address)): one.row.confirmed_at
        for one in opened
        if one.address and one.row.confirmed_at
    }


def _unheld(ready: Sequence[Signature]) -> list[Signature]:
    """Without those that were held, or whose owner wants to appear otherwise, meanwhile."""
    still = dict(
        Signature.objects.select_for_update()
        .filter(pk__in=[row.pk for row in ready], held_because="")
        .order_by("pk")
        .values_list("pk", "visibility")
    )
    return [row for row in ready if still.get(row.pk) == row.visibility]


def _open(signature: Signature, keys: WorkerKeys) -> Read | None:
    """One that cannot be opened is held; where only the key is missing, it waits."""
    try:
        return read(signature, keys)
    except KeyMissing:
        return None
    except CannotOpen:
        log.error("Signature %s cannot be opened; it is held.", signature.id)
        Signature.objects.filter(pk=signature.pk).update(held_because=CANNOT_BE_READ)
        return None


def _write_out(opened: Read) -> Signature:
    """Fill the clear columns with the entry as corrected, as far as the owner's choice goes."""
    write_out(opened.row, opened.entry)
    note_mailbox(opened)
    return opened.row


def _drop_other_attempts(listed: Sequence[Signature]) -> None:
    """The form may have been filled in twice with one address; the unconfirmed rest goes."""
    owners = {(signature.letter_id, bytes(signature.address_index or b"")) for signature in listed}
    attempts = Signature.objects.filter(
        letter__in={letter for letter, _ in owners},
        address_index__in=[index for _, index in owners],
        state=State.PENDING,
    ).values_list("id", "letter_id", "address_index")
    superfluous = [
        attempt for attempt, letter, index in attempts if (letter, bytes(index or b"")) in owners
    ]
    if superfluous:
        Signature.objects.filter(pk__in=superfluous, state=State.PENDING).delete()
