"""Whom partners must erase: in each file for a while, since one download may come to nothing.

A file that was downloaded may be broken, may never be passed on, or somebody who reads the
partner's mail fetched it. So an erasure is told in every file until REPEATED_FOR after the first
of these was downloaded, and at least once more. Until then the address stays, sealed; then it is
forgotten.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from undersigned.letters.models import Partner
from undersigned.signatures.models import PartnerConsent, PartnerFile, PassedOn
from undersigned.signatures.rules import STANDING

# A weekly file repeats it four times, and two links that are mailed lead to it one after the other.
REPEATED_FOR = timedelta(days=30)
# Another file told it, after one that was downloaded: perhaps that one went astray.
_WAS_REPEATED = Q(
    told_at__isnull=False, told_in__ended_at__gt=F("told_at"), told_in__is_overtaken=False
)


def to_erase(partner: Partner) -> QuerySet[PassedOn]:
    """Whose address the partner has, and must not have any more."""
    standing = PartnerConsent.objects.filter(
        partner=partner, taken_back_at=None, signature__state__in=STANDING
    )
    had = PassedOn.objects.filter(partner=partner, given_in__fetched_at__isnull=False)
    return had.exclude(signature__in=standing.values("signature"))


def untold(partner: Partner, now: datetime) -> QuerySet[PassedOn]:
    """Of whom no file tells that could be fetched; nobody who was told, and repeated."""
    is_over = Q(told_in__expires_at__lte=now) | ~Q(told_in__recipient=partner.recipient)
    return to_erase(partner).filter(Q(told_in=None) | is_over & ~_WAS_REPEATED)


def told_and_repeated() -> QuerySet[PassedOn]:
    """Who goes REPEATED_FOR after `told_at`."""
    return PassedOn.objects.filter(_WAS_REPEATED)


def note_told(among: QuerySet[PassedOn]) -> None:
    """When a file that tells of them was first downloaded; before another file takes its place.

    The web hands files out, and knows not who is in them.
    """
    fetched = PartnerFile.objects.filter(pk=OuterRef("told_in")).values("fetched_at")
    told = among.filter(told_at=None, told_in__fetched_at__isnull=False)
    told.update(told_at=Subquery(fetched))


def forget_told(now: datetime) -> int:
    """What was told for long enough is forgotten; returns of how many."""
    note_told(PassedOn.objects.all())
    return told_and_repeated().filter(told_at__lte=now - REPEATED_FOR).delete()[0]


def note_signed_anew(partner: Partner, anew: Mapping[int, uuid.UUID]) -> None:
    """They left, and stand again with the same address: the partner has it by the new signature.

    `anew`: PassedOn to the signature that stands, which is noted as given to the partner. Else an
    ended partner, whose files have no contacts, would be told to erase it. Within a transaction.
    """
    for left in PassedOn.objects.filter(pk__in=list(anew)):
        given = PassedOn.objects.filter(partner=partner, signature=anew[left.pk])
        given.filter(given_in__fetched_at=None).update(given_in=left.given_in_id)
        left.delete()
