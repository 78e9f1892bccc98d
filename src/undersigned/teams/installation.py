"""The installation's own keys: for mail to staff, and for what the worker shows the studio.

- *Mail key*: private half with the worker (`keys/letters/<INSTALLATION>`). The web seals mail to
  staff and look-ups to it.
- *Studio key*: private half with the web (`web/studio_key`), outside the database and its
  backups. The worker seals to it what moderators have to see: names in the queue, results of
  look-ups. A stolen database shows none of it.
"""

from __future__ import annotations

import logging
import uuid
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from undersigned.teams.models import Installation
from undersigned.vault.keys import KeyMissing, Keyring, read_key, write_key_once
from undersigned.vault.open import Opener
from undersigned.vault.seal import Sealer

log = logging.getLogger(__name__)

INSTALLATION = uuid.UUID(int=1)
STUDIO_KEY = "studio_key"


def prepare_mail_key(keyring: Keyring) -> None:
    """Make the worker's key for the installation unless there is one; the public half is stored."""
    public = keyring.create_letter_key(INSTALLATION)
    Installation.objects.update_or_create(pk=1, defaults={"mail_key": public})


def prepare_studio_key(web_folder: Path) -> None:
    """Make the web's key unless there is one, and store its public half.

    Where another key was known before, its private half is lost or on another machine: what the
    worker sealed to it cannot be opened here. The log says so.
    """
    private = _read_or_make(web_folder / STUDIO_KEY)
    public, before = private.public_key().public_bytes_raw(), _public("studio_key")
    if public == before:
        return
    if before is not None:
        log.warning(
            "The studio has another key than before: what moderators should see is prepared anew. "
            "Web processes on several machines must share the file %s.",
            STUDIO_KEY,
        )
    Installation.objects.update_or_create(pk=1, defaults={"studio_key": public})


def mail_sealer() -> Sealer:
    """Seals to the worker; raises vault.seal.SealingKeyMissing."""
    return Sealer(_public("mail_key"))


def studio_sealer() -> Sealer:
    """Seals to the studio: what the worker does. Raises vault.seal.SealingKeyMissing."""
    return Sealer(_public("studio_key"))


def studio_opener(web_folder: Path) -> Opener:
    """Opens what the worker sealed to the studio; raises vault.keys.KeyMissing."""
    return Opener(X25519PrivateKey.from_private_bytes(read_key(web_folder / STUDIO_KEY)))


def _public(column: str) -> bytes | None:
    key = Installation.objects.filter(pk=1).values_list(column, flat=True).first()
    return bytes(key) if key else None


def _read_or_make(path: Path) -> X25519PrivateKey:
    try:
        return X25519PrivateKey.from_private_bytes(read_key(path))
    except KeyMissing:
        write_key_once(path, X25519PrivateKey.generate().private_bytes_raw())
    return X25519PrivateKey.from_private_bytes(read_key(path))
