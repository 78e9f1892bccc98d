"""Change how a signer appears, by their own wish. To show less takes effect at once.

To show more takes the worker, which alone can open what was typed: it is asked, and the entry
stays as it is until then.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from undersigned.letters.models import Letter
from undersigned.signatures.authority.vouchers import drop_vouchers, names_that_vouch
from undersigned.signatures.changes import replacing
from undersigned.signatures.consents import note_consents
from undersigned.signatures.erasing import end_exports
from undersigned.signatures.folding import search_words, sort_key
from undersigned.signatures.hidden_groups import group_of, may_fall_under, open_hides
from undersigned.signatures.models import Decided, Signature, SignerRequest, State, Visibility
from undersigned.signatures.partner_consents import end_files_naming
from undersigned.signatures.rules import SHOWN, STANDING, initials
from undersigned.signatures.saving import save_columns
from undersigned.signatures.signer_links import signature_behind
from undersigned.signatures.too_often import refuse_too_often

# What the list shows of an entry, beside how much of it.
_ON_THE_LIST = (
    *("name", "title", "affiliation", "website", "place", "sorts_as"),
    *("search", "sort_key", "is_featured", "position"),
)
APPEARANCE = (*_ON_THE_LIST, "visibility", "consent_publication")
# From the least that is shown to the most.
_LADDER = (Visibility.COUNTED, Visibility.RECIPIENT, Visibility.INITIALS, Visibility.PUBLIC)


@transaction.atomic
def appear(token: str, visibility: str) -> bool:
    """Have a signature shown as its owner chooses; to be repeated without harm.

    False if the link is unknown or too old, the signature does not stand, or it is to be shown
    more after the letter's key was destroyed. Raises ValueError for a visibility that is none,
    and TooOften, but not if it is to be shown less.
    """
    wanted, now = Visibility(visibility), timezone.now()
    signature = signature_behind(token, now)
    row = signature and lock_standing(signature)
    if not row or (shows_more(row.visibility, wanted) and _is_forgotten(row)):
        return False
    if shows_more(row.visibility, wanted):
        refuse_too_often(row.pk, now)
    choose(row, wanted, now)
    return True


def _is_forgotten(row: Signature) -> bool:
    """Nothing is left that could be shown: it went with the letter's key."""
    return Letter.objects.filter(pk=row.letter_id, key_destroyed_at__isnull=False).exists()


def lock_standing(signature: uuid.UUID) -> Signature | None:
    """The row, until the transaction ends; None if it does not stand."""
    return (
        Signature.objects.select_for_update()
        .defer("sealed_address", "sealed_details")
        .filter(pk=signature, state__in=STANDING)
        .first()
    )


def choose(row: Signature, wanted: Visibility, now: datetime) -> None:
    """As `show_as`, by its owner: who hid it with others neither hides nor shows it any more.

    That is noted also where nobody has hidden it yet: the worker may still be looking for those of
    an organisation, and cannot know what was chosen before it came.
    """
    for decision in open_hides({row.letter_id}):
        noted = Decided.objects.filter(decision=decision, signature=row)
        if not noted.update(chose_anew=True) and may_fall_under(row, group_of(decision)):
            Decided.objects.create(
                decision=decision,
                signature=row,
                state_before=row.state,
                held_before=row.held_because,
                visibility_before=row.visibility,
                chose_anew=True,
            )
    show_as(row, wanted, now)


def show_as(row: Signature, wanted: Visibility, now: datetime) -> None:
    """Within a transaction that holds the row: hide it, or ask the worker to show it."""
    SignerRequest.objects.filter(signature=row, act=SignerRequest.Act.SHOW).delete()
    if wanted == row.visibility:
        # What organisers hid, its owner may want hidden too.
        note_consents(row, wanted, now)
        _set(row, wanted)
        save_columns([row], ("visibility", "consent_publication"))
        return
    if row.state == State.LISTED and wanted in SHOWN and shows_more(row.visibility, wanted):
        SignerRequest.objects.create(
            act=SignerRequest.Act.SHOW, signature=row, visibility=wanted, asked_at=now
        )
        return
    note_consents(row, wanted, now)
    if row.state == State.CONFIRMED:
        _set(row, wanted)
        save_columns([row], ("visibility", "consent_publication"))
        end_files_naming([row.pk], now)
        return
    vouching = names_that_vouch([row])
    with replacing(row, "appear", now):
        _set(row, wanted)
        show_less(row)
        save_columns([row], APPEARANCE)
    drop_vouchers(row.letter_id, vouching)
    # Files that were written before, and wait to be fetched, would still have the name.
    end_files_naming([row.pk], now)
    end_exports({row.letter_id}, now)
    Letter.objects.filter(pk=row.letter_id).update(revision=F("revision") + 1)


def shows_more(before: str, wanted: str) -> bool:
    """Whether `wanted` shows more than `before`."""
    return _LADDER.index(Visibility(wanted)) > _LADDER.index(Visibility(before))


def _set(row: Signature, wanted: Visibility) -> None:
    row.visibility, row.consent_publication = wanted, wanted in SHOWN


def show_less(row: Signature) -> None:
    """The clear columns, in memory: initials of what stands there, or nothing."""
    row.name = initials(row.name) if row.visibility == Visibility.INITIALS else ""
    row.title = row.affiliation = row.website = row.place = row.sorts_as = ""
    row.search = search_words(row.name, "", "")
    row.sort_key = sort_key(row.name) if row.name else b""
    row.is_featured, row.position = False, 0
