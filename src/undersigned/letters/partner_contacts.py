"""Where a partner is told by mail that a file waits for it. Sealed: only the worker reads it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from undersigned.letters.models import Letter, Partner
from undersigned.letters.partnering import note
from undersigned.vault.seal import Sealer

PURPOSE = "partner contact"


@transaction.atomic
def set_contact(partner: Partner, address: str, *, actor: str) -> None:
    """Replace the address; an empty one removes it. Links that went to the one before end.

    Raises vault.seal.SealingKeyMissing before the letter has a key, and after its end.
    """
    sealed = None
    if address:
        key = Letter.objects.values_list("sealing_key", flat=True).get(pk=partner.letter_id)
        sealer = Sealer(bytes(key) if key else None)
        sealed = sealer.seal(partner.pk, PURPOSE, address.encode())
    changed = {"sealed_contact": sealed, "contact_set_at": timezone.now()}
    Partner.objects.filter(pk=partner.pk).update(**changed)
    note(partner, actor, "change partner contact", seen=False)
