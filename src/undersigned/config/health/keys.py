"""Which letters' private keys are there, and fit. Only the worker's user can look."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from undersigned.config.health.facts import KeyFacts
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.models import Signature
from undersigned.teams.installation import INSTALLATION
from undersigned.teams.models import Installation
from undersigned.vault.keys import KeyMissing, Keyring

_OVER = (LetterState.CLOSED, LetterState.ARCHIVED)


def look_at_keys(data: Path) -> KeyFacts | None:
    """None if this user may not see them."""
    folder = data / "keys"
    if folder.exists() and not os.access(folder, os.R_OK | os.X_OK):
        return None
    keyring = Keyring(folder)
    try:
        keyring.index_key()
        index = True
    except KeyMissing:
        index = False
    over = set(Letter.objects.filter(state__in=_OVER).values_list("slug", flat=True))
    missing = letters_without_key(data)
    return KeyFacts(
        index=index,
        mail=_mail_key_fits(keyring),
        missing=tuple(slug for slug in missing if slug in over),
        missing_in_use=tuple(slug for slug in missing if slug not in over),
        has_indexes=Signature.objects.exclude(address_index=None).exists(),
    )


def letters_without_key(data: Path) -> list[str]:
    """The slugs of letters whose sealed values cannot be opened with the keys that are here.

    A key that is there but belongs to another public key counts as missing.
    """
    keyring = Keyring(data / "keys")
    letters = Letter.objects.filter(sealing_key__isnull=False).order_by("slug")
    return [letter.slug for letter in letters if not _fits(keyring, letter.pk, letter.sealing_key)]


def _fits(keyring: Keyring, owner: UUID, public: bytes | memoryview | None) -> bool:
    try:
        key = keyring.letter_key(owner)
    except KeyMissing:
        return False
    return key.public_key().public_bytes_raw() == bytes(public or b"")


def _mail_key_fits(keyring: Keyring) -> bool:
    public = Installation.objects.filter(pk=1).values_list("mail_key", flat=True).first()
    return _fits(keyring, INSTALLATION, public)
