"""What signers ask the worker for: their links, a new one, to be erased. See `answering_signers`.

Whoever asks, for whichever address, gets the same answer after the same work: a row is stored, and
nothing is looked up.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from undersigned.signatures.journal import ERASE, note
from undersigned.signatures.models import SignerLink, SignerRequest
from undersigned.signatures.signer_links import OWN_PAGE_LIFETIME
from undersigned.teams.installation import mail_sealer

PURPOSE = "links"
# Beyond, somebody floods us: each costs the worker a look at every letter, and perhaps a mail.
MOST_WAITING = 2_000
WEEK = timedelta(days=7)

Act = SignerRequest.Act


class TooManyAsk(Exception):
    """More wait for an answer than the worker can give soon."""


def ask_for_links(address: str, language: str) -> None:
    """Have the links of everything that was signed with an address mailed to it.

    `address`: cleaned. `language`: of the mail. Raises TooManyAsk, vault.seal.SealingKeyMissing.
    """
    if SignerRequest.objects.filter(act=Act.LINKS).count() >= MOST_WAITING:
        raise TooManyAsk
    row = SignerRequest(act=Act.LINKS, language=language, asked_at=timezone.now())
    row.sealed_address = mail_sealer().seal(row.pk, PURPOSE, address.encode())
    row.save(force_insert=True)


def ask_for_fresh_link(signature: uuid.UUID) -> None:
    """Have a new link to a signer's own page mailed, as an old one is past its time."""
    _ask(Act.LINK, signature)


def ask_from_update(signature: uuid.UUID) -> None:
    """The same from an update, once a week: whoever it was passed on to can ask too."""
    since = timezone.now() - WEEK
    asked = SignerLink.objects.filter(
        signature=signature, purpose=Act.LINK, expires_at__gt=since + OWN_PAGE_LIFETIME
    )
    if not asked.exists():
        ask_for_fresh_link(signature)


@transaction.atomic
def ask_to_be_erased(signature: uuid.UUID) -> None:
    """Have everything about the person behind a signature erased."""
    # A restore must not forget it either, whether the worker has come to it or not.
    note(ERASE, [signature], timezone.now())
    _ask(Act.ERASE, signature)


def _ask(act: Act, signature: uuid.UUID) -> None:
    SignerRequest.objects.bulk_create(
        [SignerRequest(act=act, signature_id=signature, asked_at=timezone.now())],
        ignore_conflicts=True,  # who presses twice asks once
    )
