"""Partners for tests: joined to a letter, with a key that only the test opens."""

from __future__ import annotations

from typing import Any

import pyrage

from undersigned.letters.models import Letter, Partner
from undersigned.letters.partnering import By, confirm_key, join, set_key

ANA = By("Ana", 1)
BO = By("Bo", 2)


def joined(letter: Letter, slug: str = "green", **changes: Any) -> Partner:
    """A partner on the letter's form, with words in the letter's own language."""
    options: dict[str, Any] = {
        "name": "Green Union",
        "privacy_url": "https://green.example/privacy",
        "words": {letter.source_language: f"Let {slug} write to me"},
        "actor": "Ana",
        **changes,
    }
    return join(letter, slug=slug, **options)


def recipient() -> str:
    """A public key whose private one nobody has kept."""
    return str(pyrage.x25519.Identity.generate().to_public())


def with_key(partner: Partner) -> Any:
    """Give it a confirmed key; returns the identity that opens what is written to it."""
    identity = pyrage.x25519.Identity.generate()
    key = str(identity.to_public())
    set_key(partner, key, ANA)
    confirm_key(partner, key, BO)
    partner.refresh_from_db()
    return identity
