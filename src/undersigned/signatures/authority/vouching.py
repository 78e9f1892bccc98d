"""Organisations of the list vouch for another one: noted with who said so, and taken back.

Who told the moderator may be a person's name: it stands sealed to the studio, and is shown to
moderators only. The page shows which organisations vouch, and the day.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.authority import raising
from undersigned.signatures.authority.levels import AUTHORITY_FIELDS
from undersigned.signatures.authority.raising import (
    MAY_VOUCH,
    CannotBeRaised,
)
from undersigned.signatures.cases import renew_cases
from undersigned.signatures.deciding import By
from undersigned.signatures.folding import fold
from undersigned.signatures.models import Kind, Level, Signature, State, Visibility, Vouching
from undersigned.teams.installation import studio_sealer
from undersigned.vault.open import CannotOpen, Opener

PURPOSE = "vouching"


class NothingToTakeBack(Exception):
    """There is no such vouching, or it was taken back already."""


def who_may_vouch(letter: Letter, signature: uuid.UUID, words: str = "") -> QuerySet[Signature]:
    """Listed organisations of the letter that showed who they are, by name."""
    found = letter.signatures.filter(
        kind=Kind.ORGANISATION,
        state=State.LISTED,
        visibility=Visibility.PUBLIC,
        authority__in=MAY_VOUCH,
    ).exclude(pk=signature)
    for word in fold(words).split():
        found = found.filter(search__contains=word)
    return found.order_by("sort_key", "pk")


@transaction.atomic
def vouch(by: By, signature: uuid.UUID, vouchers: Collection[uuid.UUID], told_by: str) -> Vouching:
    """Note that they vouch. `told_by`: who told the moderator, and how.

    Raises raising.CannotVouch, raising.CannotBeRaised, vault.seal.SealingKeyMissing.
    """
    sealer = studio_sealer()
    before = by.letter.signatures.filter(pk=signature).first()
    if before is None:
        raise CannotBeRaised
    raising.vouch(by, signature, vouchers)
    row = Vouching(
        signature=before,
        names=Signature.objects.values_list("authority_by", flat=True).get(pk=signature),
        level_before=before.authority,
        domain_before=before.authority_domain,
        on_before=before.authority_on,
        actor=by.actor,
        at=timezone.now(),
    )
    row.sealed = sealer.seal(row.pk, PURPOSE, told_by.encode())
    row.save(force_insert=True)
    return row


@transaction.atomic
def take_back(by: By, vouching: uuid.UUID) -> Vouching:
    """Show again what was known before, unless better evidence came since.

    Raises NothingToTakeBack.
    """
    found = Vouching.objects.select_for_update().select_related("signature")
    row = found.filter(pk=vouching, signature__letter=by.letter, taken_back_at=None).first()
    if row is None:
        raise NothingToTakeBack
    row.taken_back_at = timezone.now()
    row.save(update_fields=["taken_back_at"])
    signature = row.signature
    if signature.authority == Level.VOUCHED:
        signature.authority, signature.authority_domain = row.level_before, row.domain_before
        signature.authority_on, signature.authority_by = row.on_before, ""
        signature.save(update_fields=AUTHORITY_FIELDS)
        Letter.objects.filter(pk=by.letter.pk).update(revision=F("revision") + 1)
    renew_cases([signature.pk])
    LetterEvent.objects.create(
        letter=by.letter,
        actor=by.actor,
        act="take vouching back",
        details={"signature": str(signature.pk)},
    )
    return row


def who_told(row: Vouching, opener: Opener) -> str:
    """Who said so, or nothing where it cannot be opened. `opener` is the studio's."""
    try:
        return opener.open(row.pk, PURPOSE, bytes(row.sealed)).decode()
    except CannotOpen:
        return ""
