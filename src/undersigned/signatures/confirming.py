"""Confirm: the owner of the mailbox says yes. Idempotent; the same link twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from undersigned.signatures.changes import record
from undersigned.signatures.models import ConfirmationLink, Kind, Signature, State, Visibility
from undersigned.signatures.rules import SHOWN, STANDING, Act, reason_to_hold
from undersigned.vault.tokens import hash_token


class Outcome(Enum):
    """What a press of the button did."""

    CONFIRMED = "confirmed"
    ALREADY = "already"  # this link, or another one of the same mailbox
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    UNWARNED = "unwarned"  # the country became one at risk while the page was open


@dataclass(frozen=True)
class Choice:
    """What was chosen on the page behind a link, and whether that warned of the country."""

    token: str
    visibility: str
    is_warned: bool = False


def confirm(choice: Choice) -> Outcome:
    """Confirm one signature, durably."""
    return confirm_all([choice])[0]


def confirm_all(choices: Sequence[Choice]) -> list[Outcome]:
    """Confirm several in one transaction; outcomes in the order of the choices."""
    try:
        return _confirm_together(choices)
    except IntegrityError:
        # Two links of one mailbox at the same moment: the constraint let one through.
        if len(choices) == 1:
            return [Outcome.ALREADY]
        return [confirm(choice) for choice in choices]


@transaction.atomic
def _confirm_together(choices: Sequence[Choice]) -> list[Outcome]:
    now = timezone.now()
    hashes = [hash_token(choice.token) for choice in choices]
    links = _find(hashes)
    taken = _addresses_taken([link.signature for link in links.values()])
    outcomes = []
    confirmed: dict[object, Signature] = {}
    for choice, token_hash in zip(choices, hashes, strict=True):
        link = links.get(token_hash)
        outcome = _judge(link, now)
        if link is not None and outcome is Outcome.CONFIRMED:
            signature = link.signature
            owner = (signature.letter_id, bytes(signature.address_index or b""))
            if signature.id in confirmed or owner in taken:
                outcome = Outcome.ALREADY
            elif _has_to_be_warned(signature, choice):
                outcome = Outcome.UNWARNED
            else:
                taken.add(owner)
                _apply(signature, choice, now)
                confirmed[signature.id] = signature
        outcomes.append(outcome)
    record(
        list(confirmed.values()),
        Act.CONFIRM,
        now,
        fields=("visibility", "consent_publication", "confirmed_at", "held_because"),
    )
    return outcomes


def _find(hashes: Sequence[bytes]) -> dict[bytes, ConfirmationLink]:
    """Links by their hash, with their signatures and letters, but for what is sealed."""
    found = (
        ConfirmationLink.objects.filter(token_hash__in=hashes)
        .select_related("signature")
        .prefetch_related("signature__letter")  # one for all, not a copy for each
        .defer("sealed_details", "signature__sealed_address", "signature__sealed_details")
    )
    return {bytes(link.token_hash): link for link in found}


def _judge(link: ConfirmationLink | None, now: datetime) -> Outcome:
    if link is None:
        return Outcome.UNKNOWN
    if link.signature.state != State.PENDING:
        return Outcome.ALREADY
    if link.expires_at <= now:
        return Outcome.EXPIRED
    if not link.signature.letter.takes_signatures(now):
        return Outcome.CLOSED
    return Outcome.CONFIRMED


def _has_to_be_warned(signature: Signature, choice: Choice) -> bool:
    """Before anything is shown of them, to whomever."""
    is_at_risk = signature.country in signature.letter.cautious_countries
    return is_at_risk and choice.visibility != Visibility.COUNTED and not choice.is_warned


def _apply(signature: Signature, choice: Choice, now: datetime) -> None:
    signature.visibility = Visibility(choice.visibility)
    # To choose one's name or initials on this page, where each is shown, is the consent.
    signature.consent_publication = signature.visibility in SHOWN
    signature.confirmed_at = now
    signature.held_because = reason_to_hold(
        kind=Kind(signature.kind),
        organisations_are_held=signature.letter.organisations_are_held,
    )


def _addresses_taken(signatures: Sequence[Signature]) -> set[tuple[UUID, bytes]]:
    """Which mailboxes of these have a signature that counts already."""
    indexes = [signature.address_index for signature in signatures if signature.address_index]
    return {
        (letter, bytes(index or b""))
        for letter, index in Signature.objects.filter(
            letter__in={signature.letter_id for signature in signatures},
            address_index__in=indexes,
            state__in=STANDING,
        ).values_list("letter_id", "address_index")
    }
