"""Renew a signature after the text was changed in substance, or ask for it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from undersigned.letters.models import TAKING_STATES, Letter
from undersigned.signatures.changes import replacing
from undersigned.signatures.models import Notice, Signature
from undersigned.signatures.rules import STANDING
from undersigned.signatures.signer_links import signature_behind
from undersigned.signatures.telling import RENEW, tell

BATCH = 500


class Renewal(Enum):
    """What a press of the button did."""

    RENEWED = "renewed"
    ALREADY = "already"
    CLOSED = "closed"  # the letter takes no signatures any more
    UNKNOWN = "unknown"


def ask_to_renew(now: datetime) -> int:
    """Queue a notice for up to BATCH signers of earlier texts; returns for how many.

    Once for each text. Whoever signed by an imported list has no address to be asked at.
    """
    asked = 0
    changed = Letter.objects.filter(state__in=TAKING_STATES, edition__text_number__gt=1)
    for letter in changed.select_related("edition"):
        assert letter.edition is not None  # noqa: S101  as filtered
        occasion = f"text {letter.edition.text_number}"
        told = Notice.objects.filter(signature=OuterRef("pk"), topic=RENEW, occasion=occasion)
        earlier = Signature.objects.filter(
            letter=letter,
            state__in=STANDING,
            sealed_address__isnull=False,
            edition__text_number__lt=letter.edition.text_number,
        ).filter(~Exists(told))
        asked += tell(list(earlier.values_list("id", flat=True)[:BATCH]), RENEW, occasion, now)
    return asked


@transaction.atomic
def renew(token: str) -> Renewal:
    """Put a signature under the present text. Idempotent."""
    key = signature_behind(token, timezone.now())
    if key is None:
        return Renewal.UNKNOWN
    signature = Signature.objects.select_for_update().get(pk=key)
    letter = Letter.objects.select_related("edition").get(pk=signature.letter_id)
    if signature.state not in STANDING or letter.edition is None:
        return Renewal.UNKNOWN
    if signature.edition_id == letter.edition_id:
        return Renewal.ALREADY
    if not letter.takes_signatures(timezone.now()):
        return Renewal.CLOSED
    with replacing(signature, "renew", timezone.now()):
        signature.edition_id = letter.edition.pk
        signature.save(update_fields=["edition"])
    Letter.objects.filter(pk=letter.pk).update(revision=F("revision") + 1)
    return Renewal.RENEWED
