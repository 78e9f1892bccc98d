"""What is held of a signer, as the web can tell them behind their own link: all but the address.

The address stays sealed, which only the worker opens; it is the one that the link was mailed to.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from undersigned.letters.queries import letter_title
from undersigned.signatures.held_data import (
    consent_facts,
    corrections_of,
    earlier_consents,
    mails_about,
)
from undersigned.signatures.models import PartnerFile, Signature
from undersigned.signatures.partner_consents import partner_facts
from undersigned.signatures.signer_links import OwnPage

_LISTED = ("name", "title", "affiliation", "website", "place")
ADDRESS = "sealed; only the worker can open it. It is the one that your link was mailed to."


def describe_own(page: OwnPage) -> dict[str, Any]:
    """A JSON object; times in ISO 8601. `typed`: at the form; `listed`: what the list shows."""
    row = page.signature
    until = row.letter.addresses_until if holds_address(row) else None
    return {
        "letter": letter_title(row.letter),
        "slug": row.letter.slug,
        "edition": row.edition.number,
        "state": row.state,
        "kind": row.kind,
        "typed": asdict(page.details),
        "listed": {column: getattr(row, column) for column in _LISTED},
        "address": ADDRESS if holds_address(row) else "",
        "address_kept_until": until and until.isoformat(),
        "country": row.country,
        "visibility": row.visibility,
        "language": row.language,
        "source": row.source,
        "signed_at": row.created_at.isoformat(),
        "confirmed_at": row.confirmed_at and row.confirmed_at.isoformat(),
        "consents": consent_facts(row),
        "consent_changes": earlier_consents(row),
        "partners": partner_facts(row),
        "lists_fetched": lists_fetched(row),
        "corrections": corrections_of(row),
        "mails": mails_about(row),
    }


def holds_address(row: Signature) -> bool:
    """Whether it is still there, sealed."""
    return Signature.objects.filter(pk=row.pk, sealed_address__isnull=False).exists()


def lists_fetched(row: Signature) -> list[dict[str, Any]]:
    """When a partner first fetched a list that was written while it was agreed to; ISO 8601.

    The web must not know whom partners were given; organisers find out on request (`held_data`).
    """
    found = []
    for consent in row.partner_consents.select_related("wording").order_by("given_at", "pk"):
        files = PartnerFile.objects.filter(
            partner=consent.partner_id, fetched_at__isnull=False, ended_at__gte=consent.given_at
        )
        if consent.taken_back_at:
            files = files.filter(ended_at__lte=consent.taken_back_at)
        first = files.order_by("fetched_at").values_list("fetched_at", flat=True).first()
        if first:
            found.append({"partner": consent.wording.name, "at": first.isoformat()})
    return found
