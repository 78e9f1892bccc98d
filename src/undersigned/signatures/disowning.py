"""Two more things that the owner of a mailbox may ask for behind a link."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from undersigned.signatures.changes import record
from undersigned.signatures.mailboxes import NOT_ME
from undersigned.signatures.models import ConfirmationLink, Signature, State
from undersigned.signatures.partner_consents import withdraw_from_partners
from undersigned.signatures.rules import Act
from undersigned.vault.tokens import hash_token


@transaction.atomic
def disown(token: str) -> bool:
    """ "This wasn't me": void a pending signature, forget what was typed, write no more.

    False if the link is unknown or the signature is no longer pending.
    """
    link = _link(token)
    if link is None or link.signature.state != State.PENDING:
        return False
    return void_disowned(link.signature, timezone.now())


def void_disowned(signature: Signature, now: datetime) -> bool:
    """Within a transaction. False if somebody else has changed its state meanwhile."""
    signature.void_because = NOT_ME
    signature.sealed_address = None
    signature.sealed_details = None
    fields = ("void_because", "sealed_address", "sealed_details")
    if not record([signature], Act.VOID, now, fields=fields):
        return False  # confirmed at the same moment, by another link
    ConfirmationLink.objects.filter(signature=signature).delete()
    withdraw_from_partners([signature.pk], now)
    return True


def ask_for_new_link(token: str) -> bool:
    """An expired link: have the worker mail a new one. False if there is nothing to confirm."""
    link = _link(token)
    if link is None or not link.signature.letter.takes_signatures(timezone.now()):
        return False
    return bool(
        Signature.objects.filter(pk=link.signature_id, state=State.PENDING).update(needs_mail=True)
    )


def _link(token: str) -> ConfirmationLink | None:
    return (
        ConfirmationLink.objects.filter(token_hash=hash_token(token))
        .select_related("signature__letter")
        .first()
    )
