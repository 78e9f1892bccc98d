"""Leave: the owner of a signature takes it back, behind a link in our mail.

Without a trace, or listed as withdrawn with the name and the day: the letter says which, or leaves
it to its owner (`letters.models.Withdrawals`). A name that was not shown in full leaves no trace.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from undersigned.letters.models import Letter, Withdrawals
from undersigned.signatures import journal
from undersigned.signatures.authority.vouchers import drop_vouchers, names_that_vouch
from undersigned.signatures.changes import record
from undersigned.signatures.erasing import end_exports
from undersigned.signatures.listing import SHOWN_FIELDS
from undersigned.signatures.models import Signature, SignerRequest, State, Visibility
from undersigned.signatures.partner_consents import withdraw_from_partners
from undersigned.signatures.rules import TRANSITIONS, Act
from undersigned.signatures.signer_links import signature_behind

# What the list showed, and the place, which organisers may have written.
_EMPTIED = (*SHOWN_FIELDS, "place", "sorts_as")


def may_be_listed(signature: Signature, letter: Letter) -> bool:
    """Whether a withdrawal can, or will, be listed with the name."""
    is_whole = signature.state == State.LISTED and signature.visibility == Visibility.PUBLIC
    return is_whole and letter.withdrawals != Withdrawals.QUIET


@transaction.atomic
def leave(token: str, *, openly: bool = False) -> bool:
    """Withdraw a signature and empty what the list showed of it. Idempotent.

    `openly`: list it as withdrawn, where the letter leaves that to its signers.

    False if the link is unknown or too old, or the signature is none that could be withdrawn.
    """
    now = timezone.now()
    key = signature_behind(token, now)
    signature = key and Signature.objects.get(pk=key)
    if not signature:
        return False
    if signature.state == State.WITHDRAWN:
        return True
    if (State(signature.state), Act.WITHDRAW) not in TRANSITIONS:
        return False
    letter = Letter.objects.get(pk=signature.letter_id)
    is_told = may_be_listed(signature, letter) and (
        openly or letter.withdrawals == Withdrawals.OPEN
    )
    return withdraw(signature, now, openly=is_told)


def withdraw(signature: Signature, now: datetime, *, openly: bool) -> bool:
    """Within a transaction. False if somebody else has changed its state meanwhile."""
    name, vouching = signature.name, names_that_vouch([signature])
    hide(signature)
    if openly:
        signature.name, signature.withdrawn_on = name, now.date()
    SignerRequest.objects.filter(signature=signature, act=SignerRequest.Act.SHOW).delete()
    drop_vouchers(signature.letter_id, vouching)
    # This locks the signature, and what follows its partners: in that order, as every act does.
    has_left = bool(record([signature], Act.WITHDRAW, now, fields=(*_EMPTIED, "withdrawn_on")))
    end_exports({signature.letter_id}, now)
    withdraw_from_partners([signature.pk], now)
    return has_left


@transaction.atomic
def unlist(token: str) -> bool:
    """Take the name of who left openly off the list of those who withdrew, for good.

    False if the link is unknown or too old, or no name is listed there.
    """
    now = timezone.now()
    key = signature_behind(token, now)
    left = Signature.objects.filter(state=State.WITHDRAWN, withdrawn_on__isnull=False)
    row = left.select_for_update().only("letter").filter(pk=key).first() if key else None
    if row is None:
        return False
    Signature.objects.filter(pk=row.pk).update(name="", withdrawn_on=None)
    journal.note(Act.WITHDRAW, [row.pk], now)
    Letter.objects.filter(pk=row.letter_id).update(revision=F("revision") + 1)
    end_exports({row.letter_id}, now)
    return True


def hide(signature: Signature) -> None:
    """Empty the clear columns in memory."""
    for name in _EMPTIED:
        setattr(signature, name, b"" if name == "sort_key" else "")
