"""What is held of a person, to be told to them: everything, opened, in plain terms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from undersigned.letters.models import Edition, Translation
from undersigned.letters.queries import letter_titles
from undersigned.mail.models import Message
from undersigned.signatures.correcting import shown
from undersigned.signatures.models import Signature
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
        "consents": _consents(row),
        "mails": _mails(row),
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
    return keys.opener(row.letter_id).open(row.pk, "address", bytes(row.sealed_address)).decode()


def _consents(row: Signature) -> list[dict[str, Any]]:
    """Both boxes with the exact words that stood beside them."""
    words = _words(row.edition, row.language)
    return [
        {"words": words.consent_publication if words else "", "given": row.consent_publication},
        {"words": words.consent_updates if words else "", "given": row.consent_updates},
    ]


def _words(edition: Edition, language: str) -> Translation | None:
    """Those of the page in their language, or of the letter's own where it has no such page."""
    found = {one.language: one for one in edition.translations.all()}
    return found.get(language) or found.get(edition.letter.source_language)


def _mails(row: Signature) -> list[dict[str, Any]]:
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
