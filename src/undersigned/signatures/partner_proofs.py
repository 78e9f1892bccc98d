"""Proofs that a consent to a partner is its signer's: made by the worker, without which no address
leaves.

The web writes consents. One that was taken over could write them for everybody, with a key of its
own, and have the worker open all addresses. So the worker keeps a mark (an HMAC under its index
key) for a consent that it can account for:

- one that was ticked on the form, when it answers that form for the first time;
- one that was given later, with the secret of a link that was mailed to that signer: the web passes
  it on, sealed to the letter, and has no other way to know it.

The mark is for one row, and goes once that row's consent is taken back.
"""

from __future__ import annotations

import hmac
import logging
import uuid
from collections.abc import Collection

from django.db.models import Q

from undersigned.letters.models import Letter
from undersigned.signatures.models import ConfirmationLink, PartnerConsent, SignerLink
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen
from undersigned.vault.seal import Sealer
from undersigned.vault.tokens import hash_token

log = logging.getLogger(__name__)

PURPOSE = "partner consent"
BATCH = 500


def evidence(letter: Letter, signature: uuid.UUID, token: str) -> bytes:
    """The secret of a signer's link, for the worker; raises vault.seal.SealingKeyMissing."""
    sealer = Sealer(bytes(letter.sealing_key) if letter.sealing_key else None)
    return sealer.seal(signature, PURPOSE, token.encode())


def is_proven(consent: PartnerConsent, keys: WorkerKeys) -> bool:
    """Whether the worker accounted for exactly this consent."""
    return hmac.compare_digest(bytes(consent.proof or b""), _mark(consent, keys))


def prove_ticked(signatures: Collection[uuid.UUID], keys: WorkerKeys) -> None:
    """Of forms that are answered for the first time; in the transaction that answers them."""
    ticked = PartnerConsent.objects.filter(signature__in=signatures, proof=None, taken_back_at=None)
    found = list(ticked.select_related("wording"))
    for consent in found:
        consent.proof = _mark(consent, keys)
    PartnerConsent.objects.bulk_update(found, ["proof"])


def prove_given(keys: WorkerKeys) -> int:
    """Look at the evidence of consents that were given later; returns how many were dealt with."""
    _forget_taken_back()
    waiting = PartnerConsent.objects.filter(evidence__isnull=False)
    waiting = waiting.select_related("signature", "wording")
    away = keys.out_of_reach()
    found = list(waiting.exclude(partner__letter__in=away).order_by("given_at")[:BATCH])
    done = []
    for consent in found:
        try:
            is_theirs = _is_theirs(consent, keys)
        except KeyMissing:
            continue
        if is_theirs:
            consent.proof = _mark(consent, keys)
        else:
            log.error("A consent of signature %s proves nothing.", consent.signature_id)
        consent.evidence = None
        done.append(consent)
    PartnerConsent.objects.bulk_update(done, ["proof", "evidence"])
    return len(done)


def _forget_taken_back() -> None:
    """What was taken back proves nothing any more, also if somebody writes that it was not."""
    taken_back = PartnerConsent.objects.filter(taken_back_at__isnull=False)
    has_either = Q(proof__isnull=False) | Q(evidence__isnull=False)
    taken_back.filter(has_either).update(proof=None, evidence=None)


def _is_theirs(consent: PartnerConsent, keys: WorkerKeys) -> bool:
    """Whether the evidence is the secret of a link of this signer's. Raises KeyMissing."""
    row = consent.signature
    try:
        opened = keys.opener(row.letter_id).open(row.pk, PURPOSE, bytes(consent.evidence or b""))
    except CannotOpen:
        return False
    marked = {"token_hash": hash_token(opened.decode("ascii", "replace")), "signature": row}
    links = SignerLink.objects.filter(**marked), ConfirmationLink.objects.filter(**marked)
    return any(found.exists() for found in links)


def _mark(consent: PartnerConsent, keys: WorkerKeys) -> bytes:
    """Of this row alone, and of the partner's name that was agreed to."""
    row = f"{consent.pk} {consent.signature_id} {consent.partner_id} {consent.wording_id}"
    named = f"{row} {consent.wording.name}"
    return keys.index(PURPOSE.encode(), named)
