"""Give or take back a single consent, behind a link of the signer's own."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from undersigned.signatures.appearing import appear
from undersigned.signatures.consents import set_updates
from undersigned.signatures.models import Purpose, Signature, Visibility
from undersigned.signatures.rules import SHOWN
from undersigned.signatures.signer_links import signature_behind
from undersigned.signatures.too_often import refuse_too_often

# How somebody appears who takes one of these back, and who gives it.
_WITHOUT = {
    Purpose.PUBLICATION: Visibility.RECIPIENT,
    Purpose.DELIVERY: Visibility.COUNTED,
}
_WITH = {
    Purpose.PUBLICATION: Visibility.PUBLIC,
    Purpose.DELIVERY: Visibility.RECIPIENT,
}
_ENOUGH = {
    Purpose.PUBLICATION: SHOWN,
    Purpose.DELIVERY: (*SHOWN, Visibility.RECIPIENT),
}


def take_back(token: str, purpose: str) -> bool:
    """Effective at once; to be repeated without harm. False if the link is unknown or too old.

    Raises ValueError for a purpose that is none.
    """
    return _choose(token, Purpose(purpose), wanted=False)


def give(token: str, purpose: str) -> bool:
    """As `take_back`; a name that is to be shown is written out by the worker. Raises TooOften."""
    return _choose(token, Purpose(purpose), wanted=True)


@transaction.atomic
def _choose(token: str, purpose: Purpose, *, wanted: bool) -> bool:
    if purpose != Purpose.UPDATES:
        return _appear_with(token, purpose, wanted=wanted)
    key = signature_behind(token, timezone.now())
    rows = Signature.objects.select_for_update().filter(pk__in=[key] if key else [])
    if wanted:
        rows = rows.exclude(sealed_address=None)
    row = rows.only("edition_id", "language").first()
    if row is None:
        return False
    if wanted:
        refuse_too_often(row.pk, timezone.now())
    set_updates([row], timezone.now(), wanted=wanted)
    return True


def _appear_with(token: str, purpose: Purpose, *, wanted: bool) -> bool:
    """Publication is at least by initials, delivery at least for the addressee."""
    key = signature_behind(token, timezone.now())
    if key is None:
        return False
    if Signature.objects.filter(pk=key, visibility__in=_ENOUGH[purpose]).exists() == wanted:
        return True
    return appear(token, (_WITH if wanted else _WITHOUT)[purpose])
