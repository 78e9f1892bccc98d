"""What is known of who signs for an organisation: evidence, proofs asked for, who vouches."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from undersigned.signatures.authority.proving import outcome_sentence
from undersigned.signatures.authority.vouching import who_told
from undersigned.signatures.models import AuthorityCheck, Kind, Signature
from undersigned.studio.forms.proving import ProofForm
from undersigned.studio.signature_words import authority_words
from undersigned.teams.installation import studio_opener
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import Opener

_MOST_SHOWN = 20


def who_signs(row: Signature) -> dict[str, Any]:
    """The context of `studio/_who_signs.html`; nothing for people, who sign for themselves."""
    if row.kind != Kind.ORGANISATION:
        return {}
    return {
        "authority": authority_words(row, get_language() or "en"),
        "checks": [
            _check(check) for check in row.authority_checks.order_by("asked_at")[:_MOST_SHOWN]
        ],
        "vouchings": _vouchings(row),
    }


def _check(check: AuthorityCheck) -> dict[str, Any]:
    """A proof that was asked for, with what looking showed."""
    words = dict(ProofForm.base_fields["method"].choices)  # type: ignore[attr-defined]
    return {
        "pk": check.pk,
        "how": words[check.method],
        "domain": check.domain,
        "at": check.asked_at,
        "by": check.asked_by,
        "outcome": outcome_sentence(check),
        "looks_again": check.check_at,
    }


def _vouchings(row: Signature) -> list[dict[str, Any]]:
    found = list(row.vouchings.order_by("at")[:_MOST_SHOWN])
    opener = _opener() if found else None
    return [
        {
            "pk": one.pk,
            "names": one.names.split("\n"),
            "at": one.at,
            "by": one.actor,
            "told_by": who_told(one, opener) if opener else "",
            "is_taken_back": one.taken_back_at is not None,
        }
        for one in found
    ]


def _opener() -> Opener | None:
    try:
        return studio_opener(settings.DATA / "web")
    except KeyMissing:
        return None
