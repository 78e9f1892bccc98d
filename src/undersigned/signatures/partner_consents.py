"""What a signer consented to with each partner of a letter: each by itself, with words and time.

Taken back and given again behind a link of their own. Taking back is effective at once: files
that wait to be fetched are removed, and the partner's next one says whom to erase.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from undersigned.letters.models import Partner, PartnerWording
from undersigned.letters.partnering import present_wordings
from undersigned.signatures.journal import NO, PARTNER, YES, note
from undersigned.signatures.models import (
    PartnerConsent,
    PartnerFile,
    PassedOn,
    Signature,
    State,
)
from undersigned.signatures.partner_proofs import evidence
from undersigned.signatures.signer_links import signature_behind
from undersigned.signatures.too_often import refuse_too_often

# In which a signature's owner may be given to a partner.
STANDING = (State.CONFIRMED, State.LISTED)


@dataclass(frozen=True)
class ConsentToPartner:
    """As it stands. `wording`: what was agreed to; else what stands beside the box at present.

    `at`: when it was given, or taken back; None if it never was.
    """

    partner: Partner
    is_given: bool
    wording: PartnerWording
    at: datetime | None


def consents_to_partners(row: Signature) -> list[ConsentToPartner]:
    """Of every partner that is on the form, or that this signer has ever agreed to."""
    latest = {
        one.partner_id: one
        for one in row.partner_consents.select_related("wording").order_by("given_at", "pk")
    }
    partners = (
        Partner.objects.filter(letter_id=row.letter_id)
        .filter(Q(ended_at=None) | Q(pk__in=latest))
        .select_related("letter")
        .prefetch_related("wordings")
        .order_by("position")
    )
    return [_consent(partner, latest.get(partner.pk), row.language) for partner in partners]


def _consent(partner: Partner, latest: PartnerConsent | None, language: str) -> ConsentToPartner:
    if latest is not None and (latest.taken_back_at is None or partner.ended_at is not None):
        wording = latest.wording
    else:
        wording = wording_for(partner, language)
    is_given = latest is not None and latest.taken_back_at is None
    at = (latest.taken_back_at or latest.given_at) if latest else None
    return ConsentToPartner(partner, is_given, wording, at)


def wording_for(partner: Partner, language: str) -> PartnerWording:
    """In a language, or else in the letter's own, in which there always is one."""
    present = present_wordings(partner)
    return present.get(language) or present[partner.letter.source_language]


def partner_facts(row: Signature) -> list[dict[str, Any]]:
    """Every consent to a partner, also those that were taken back; times in ISO 8601."""
    found = row.partner_consents.select_related("wording").order_by("given_at", "pk")
    return [
        {
            "partner": one.wording.name,
            "words": one.wording.words,
            "privacy_notice": one.wording.privacy_url,
            "given_at": one.given_at.isoformat(),
            "taken_back_at": one.taken_back_at and one.taken_back_at.isoformat(),
        }
        for one in found
    ]


@transaction.atomic
def take_back_from(token: str, partner: str) -> bool:
    """Take a consent back; to be repeated without harm. False if the link is unknown or too old.

    `partner`: its id. Raises ValueError for what is none.
    """
    now, of = timezone.now(), uuid.UUID(partner)
    signature = signature_behind(token, now)
    if signature is None:
        return False
    take_back(signature, of, now)
    return True


def take_back(signature: uuid.UUID, partner: uuid.UUID, at: datetime) -> None:
    """Within a transaction."""
    given = PartnerConsent.objects.filter(signature=signature, partner=partner, taken_back_at=None)
    if given.update(taken_back_at=at):
        note(PARTNER, [signature], at, f"{NO} {partner}")
        end_files([partner], at)


@transaction.atomic
def give_to(token: str, wording: str) -> bool:
    """Agree to the words that a page shows at present; to be repeated without harm.

    `wording`: its id. False if the link is unknown or too old, the signature does not stand, or the
    words are others meanwhile. Raises ValueError for what is no id, and too_often.TooOften.
    """
    now, number = timezone.now(), int(wording)
    key = signature_behind(token, now)
    row = (
        Signature.objects.select_for_update(of=("self",))
        .filter(pk=key, state__in=STANDING, sealed_address__isnull=False)
        .select_related("letter")
        .only("letter__sealing_key")
        .first()
        if key
        else None
    )
    if row is None:
        return False
    present = PartnerWording.objects.filter(
        pk=number,
        replaced_at=None,
        partner__letter=row.letter_id,
        partner__ended_at=None,
    ).first()
    if present is None or not row.letter.sealing_key:
        return False
    refuse_too_often(row.pk, now)
    _, is_new = PartnerConsent.objects.get_or_create(
        signature=row,
        partner_id=present.partner_id,
        taken_back_at=None,
        defaults={
            "wording": present,
            "given_at": now,
            "evidence": evidence(row.letter, row.pk, token),
        },
    )
    if is_new:
        note(PARTNER, [row.pk], now, f"{YES} {present.partner_id}")
    return True


def withdraw_from_partners(signatures: Collection[uuid.UUID], at: datetime) -> None:
    """Their owners leave: files in which they stand are removed, and the next ones say so."""
    given = PartnerConsent.objects.filter(signature__in=signatures, taken_back_at=None)
    partners = set(given.values_list("partner_id", flat=True))
    given.update(taken_back_at=at)
    if partners:
        end_files(partners, at)


def forget_for_partners(row: Signature, at: datetime) -> None:
    """Before a row is emptied: keep, sealed as it is, what tells partners whom to erase.

    Until they were told for long enough (`partner_erasures`), and no longer.
    """
    withdraw_from_partners([row.pk], at)
    given = PassedOn.objects.filter(signature=row.pk)
    given.filter(given_in__fetched_at=None).delete()
    given.filter(sealed_address=None).update(sealed_address=row.sealed_address)
    row.partner_consents.all().delete()


def end_files_naming(signatures: Collection[uuid.UUID], at: datetime) -> None:
    """Their names are hidden: files that wait may still have them. The consents stay."""
    given = PartnerConsent.objects.filter(signature__in=signatures, taken_back_at=None)
    partners = set(given.values_list("partner_id", flat=True))
    if partners:
        end_files(partners, at)


def end_files(partners: Iterable[uuid.UUID], at: datetime) -> None:
    """Files that wait hold somebody who left, or the name of who hid it: the worker removes them.

    One that is being written may hold them too: that is seen when it is done, under the same lock.
    """
    of = sorted(partners)
    list(Partner.objects.select_for_update().filter(pk__in=of).order_by("pk").values_list("pk"))
    ready = PartnerFile.objects.filter(partner__in=of, expires_at__gt=at)
    ready.filter(fetched_at=None).update(expires_at=at, is_overtaken=True)
    ready.update(expires_at=at)
