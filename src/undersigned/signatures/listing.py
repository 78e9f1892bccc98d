"""List confirmed signatures: the worker opens as much of each as its owner lets be shown."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from undersigned.signatures.changes import record
from undersigned.signatures.folding import search_words, sort_key
from undersigned.signatures.models import Signature, State, Visibility
from undersigned.signatures.rules import Act, Details, initials
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen

log = logging.getLogger(__name__)

BATCH = 200
CANNOT_BE_READ = "cannot be read"
SHOWN_FIELDS = ("name", "title", "affiliation", "website", "search", "sort_key")


def list_confirmed(keys: WorkerKeys) -> int:
    """List up to BATCH confirmed signatures that nobody holds; returns how many were dealt with."""
    waiting = list(
        Signature.objects.filter(state=State.CONFIRMED, held_because="")
        .exclude(letter__in=keys.out_of_reach())
        .order_by("confirmed_at")[:BATCH]
    )
    ready = [signature for signature in waiting if _write_out(signature, keys)]
    with transaction.atomic():
        listed = record(ready, Act.LIST, timezone.now(), fields=SHOWN_FIELDS)
        _drop_other_attempts(listed)
    return len(ready)


def read_details(signature: Signature, keys: WorkerKeys) -> Details:
    """What was typed; raises KeyMissing or CannotOpen."""
    opener = keys.opener(signature.letter_id)
    sealed = bytes(signature.sealed_details or b"")
    return Details(**json.loads(opener.open(signature.id, "details", sealed)))


def _write_out(signature: Signature, keys: WorkerKeys) -> bool:
    """Fill the clear columns, as far as the owner's choice goes."""
    try:
        details = read_details(signature, keys)
    except KeyMissing:
        return False
    except CannotOpen:
        log.error("Signature %s cannot be opened; it is held.", signature.id)
        Signature.objects.filter(pk=signature.pk).update(held_because=CANNOT_BE_READ)
        return False
    if signature.visibility == Visibility.PUBLIC:
        signature.name = details.name
        signature.title = details.title
        signature.affiliation = details.affiliation
        signature.website = details.website
    elif signature.visibility == Visibility.INITIALS:
        signature.name = initials(details.name)
    signature.search = search_words(signature.name, signature.title, signature.affiliation)
    signature.sort_key = sort_key(signature.name) if signature.name else b""
    return True


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
