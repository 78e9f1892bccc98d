"""What is held of a person, to be told to them: everything, opened, in plain terms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from undersigned.letters.models import Partner
from undersigned.letters.queries import letter_titles
from undersigned.mail.models import Message
from undersigned.signatures.consents import Consent, consent_history, consents_of
from undersigned.signatures.correcting import read_details, shown
from undersigned.signatures.models import PassedOn, Signature
from undersigned.signatures.opening import open_address
from undersigned.signatures.partner_consents import partner_facts, wording_for
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen


def describe(signatures: Iterable[Signature], keys: WorkerKeys) -> list[dict[str, Any]]:
    """One JSON object for each signature; times in ISO 8601.

    What cannot be opened (its key is gone) is said under `readable`.
    """
    rows = list(signatures)
    titles = letter_titles({row.letter for row in rows})
    return [_describe(row, titles.get(row.letter_id, row.letter.slug), keys) for row in rows]


def _describe(row: Signature, title: str, keys: WorkerKeys) -> dict[str, Any]:
    return {
        "signature": str(row.pk),
        "letter": title,
        "slug": row.letter.slug,
        "state": row.state,
        "kind": row.kind,
        **_typed(row, keys),
        "visibility": row.visibility,
        "language": row.language,
        "source": row.source,
        "signed_at": row.created_at.isoformat(),
        "confirmed_at": row.confirmed_at and row.confirmed_at.isoformat(),
        "edition": row.edition.number,
        "consents": consent_facts(row),
        "consent_changes": earlier_consents(row),
        "partners": partner_facts(row),
        "handed_over": handed_over(row),
        "corrections": corrections_of(row),
        "mails": mails_about(row),
    }


def _typed(row: Signature, keys: WorkerKeys) -> dict[str, Any]:
    """What they said about themselves, with corrections; as listed where nothing is sealed."""
    blank = {"readable": False, "address": "", "name": row.name, "role": ""}
    try:
        entry = shown(row, keys)
        address = _address(row, keys)
    except (KeyMissing, CannotOpen):
        return {**blank, "title": "", "affiliation": "", "website": "", "place": "", "country": ""}
    return {
        "readable": True,
        **({"real_name": read_details(row, keys).name} if row.is_pseudonym else {}),
        "address": address,
        "name": entry.details.name,
        "title": entry.details.title,
        "affiliation": entry.details.affiliation,
        "role": entry.details.role,
        "website": entry.details.website,
        "place": entry.place,
        "country": entry.country,
    }


def _address(row: Signature, keys: WorkerKeys) -> str:
    if row.sealed_address is None:
        return ""
    return open_address(row, keys.opener(row.letter_id))


def consent_facts(row: Signature) -> list[dict[str, Any]]:
    """Each consent with the exact words that stood beside it."""
    return [_consent(one) for one in consents_of(row)]


def earlier_consents(row: Signature) -> list[dict[str, Any]]:
    """Each time that one was given or taken back, from signing on."""
    return [_consent(one) for one in consent_history(row)]


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "purpose": consent.purpose,
        "words": consent.words,
        "given": consent.is_given,
        "at": consent.at and consent.at.isoformat(),
    }


def corrections_of(row: Signature) -> list[dict[str, Any]]:
    """Each with its day and what became of it. What the entry says with them stands above."""
    return [
        {
            "at": one.at.isoformat(),
            "pseudonym": one.is_pseudonym,
            "waits": one.waits,
            "withdrawn": one.is_withdrawn,
        }
        for one in row.corrections.order_by("at", "pk")
    ]


def handed_over(row: Signature) -> list[dict[str, Any]]:
    """To which partners the address was handed, and when; not if the file was never fetched."""
    given = dict(
        PassedOn.objects.filter(signature=row.pk, given_in__fetched_at__isnull=False).values_list(
            "partner", "given_in__fetched_at"
        )
    )
    partners = Partner.objects.filter(pk__in=given).select_related("letter").order_by("position")
    return [
        {
            "partner": wording_for(partner, row.language).name,
            "at": (at := given[partner.pk]) and at.isoformat(),
        }
        for partner in partners.prefetch_related("wordings")
    ]


def mails_about(row: Signature) -> list[dict[str, Any]]:
    """Which mails were queued to them, and what became of each; what was sent is not kept."""
    about = Q(cause__contains=f" {row.pk}")
    for notice in row.notices.values_list("pk", flat=True):
        about |= Q(cause=f"notice {notice}")
    mails = Message.objects.filter(about).order_by("queued_at")
    return [
        {
            "topic": mail.topic,
            "state": mail.state,
            "queued_at": mail.queued_at.isoformat(),
            "sent_at": mail.sent_at and mail.sent_at.isoformat(),
        }
        for mail in mails
    ]
