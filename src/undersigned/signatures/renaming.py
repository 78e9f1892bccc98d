"""A signer corrects how their name is written; a person looks where it could become another one.

Accents, capitals and hyphens are the signer's own affair. Other letters, those of another script
too, words that divide otherwise, signs, and every name of an organisation wait: somebody who was
accepted under one name must not turn into another.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import Enum

from django.db import transaction
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.appearing import lock_standing, show_as
from undersigned.signatures.correcting import PURPOSE, CannotCorrect, new_correction
from undersigned.signatures.deciding import By
from undersigned.signatures.hidden_groups import HIDE
from undersigned.signatures.models import (
    ConfirmationLink,
    Correction,
    Decided,
    Kind,
    Signature,
    SignerLink,
    State,
    Visibility,
)
from undersigned.signatures.rules import STANDING, clean_name
from undersigned.signatures.signer_links import OwnPage, find_own_page
from undersigned.signatures.spelling import same_letters
from undersigned.signatures.too_often import refuse_too_often
from undersigned.teams.installation import studio_sealer
from undersigned.vault.open import CannotOpen, Opener
from undersigned.vault.tokens import hash_token, seal_under_token

SIGNER = "signer"


class Renaming(Enum):
    """What became of the wish."""

    DONE = "done"
    WAITS = "waits"
    SAME = "same"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Wish:
    """A correction that waits, opened for a moderator."""

    id: uuid.UUID
    signature: Signature
    before: str
    after: str
    at: datetime
    is_pseudonym: bool = False


@transaction.atomic
def rename(token: str, text: str) -> Renaming:
    """Correct the name of a signature behind its owner's link.

    Raises rules.NameRefused, too_often.TooOften, vault.seal.SealingKeyMissing.
    """
    page = find_own_page(token)
    if page is None or not page.is_fresh(timezone.now()) or page.is_final:
        return Renaming.UNKNOWN
    row = lock_standing(page.signature.pk)
    if row is None or row.is_pseudonym:
        return Renaming.UNKNOWN
    name, before = clean_name(text, kind=row.kind), name_of(page)
    refuse_too_often(row.pk, timezone.now())
    drop_waiting(row)
    if name == before:
        return Renaming.SAME
    correction = new_correction(row, page.signature.letter, {"name": name}, SIGNER)
    if row.kind == Kind.ORGANISATION or not same_letters(before, name):
        correction.waits = True
        correction.sealed_for_studio = for_moderators(correction, before, name)
    else:
        _write_into_link(token, page, name)
    correction.save(force_insert=True)
    return Renaming.WAITS if correction.waits else Renaming.DONE


def for_moderators(correction: Correction, before: str, after: str) -> bytes:
    """Both names, sealed to the studio; raises vault.seal.SealingKeyMissing."""
    both = json.dumps({"before": before, "after": after}).encode()
    return studio_sealer().seal(correction.pk, PURPOSE, both)


def appear_as_pseudonym(signature: uuid.UUID) -> None:
    """A moderator knows who it is: the worker writes the pseudonym out, and nothing else.

    Whoever was hidden with others since they asked stays hidden as long as these.
    """
    row = Signature.objects.select_for_update().get(pk=signature)
    row.is_pseudonym = True
    row.save(update_fields=["is_pseudonym"])
    hidden = Decided.objects.filter(decision__act=HIDE, decision__undone_at=None, chose_anew=False)
    if hidden.filter(signature=row).update(visibility_before=Visibility.PUBLIC):
        return
    if row.state in STANDING:
        show_as(row, Visibility.PUBLIC, timezone.now())


def name_of(page: OwnPage) -> str:
    """As the list has it, with what organisers corrected; of hidden ones as it was typed."""
    row = page.signature
    is_whole = row.state == State.LISTED and row.visibility == Visibility.PUBLIC
    return (row.name if is_whole and not row.is_pseudonym else "") or page.details.name


def waits_for_name(signature: Signature) -> bool:
    """Whether somebody has still to look at a name that the signer entered."""
    return signature.corrections.filter(waits=True).exists()


def count_waiting_names(letter: Letter) -> int:
    """How many wait for a moderator."""
    return Correction.objects.filter(waits=True, signature__letter=letter).count()


def waiting_names(letter: Letter, opener: Opener) -> list[Wish]:
    """Those that wait, oldest first; the web opens them for moderators."""
    found = []
    waiting = Correction.objects.filter(waits=True, signature__letter=letter)
    for row in waiting.select_related("signature").order_by("at")[:100]:
        try:
            names = json.loads(opener.open(row.pk, PURPOSE, bytes(row.sealed_for_studio or b"")))
        except CannotOpen:
            names = {"before": "", "after": ""}
        found.append(
            Wish(row.pk, row.signature, names["before"], names["after"], row.at, row.is_pseudonym)
        )
    return found


@transaction.atomic
def settle_name(by: By, correction: uuid.UUID, *, accept: bool) -> None:
    """Let it through, for the worker to apply, or leave the name as it was.

    Raises correcting.CannotCorrect if it waits no more.
    """
    waiting = Correction.objects.filter(pk=correction, signature__letter=by.letter, waits=True)
    found = waiting.select_related("signature").first()
    settled = {"is_applied": not accept, "is_withdrawn": not accept}
    if not waiting.update(waits=False, sealed_for_studio=None, **settled):
        raise CannotCorrect
    if accept and found is not None and found.is_pseudonym:
        appear_as_pseudonym(found.signature_id)
    LetterEvent.objects.create(
        letter=by.letter,
        actor=by.actor,
        act="accept corrected name" if accept else "refuse corrected name",
        details={"signature": str(found and found.signature_id)},
    )


def drop_waiting(row: Signature) -> None:
    """One wish at a time: the latest."""
    row.corrections.filter(waits=True).update(
        waits=False, is_withdrawn=True, is_applied=True, sealed_for_studio=None
    )


def _write_into_link(token: str, page: OwnPage, name: str) -> None:
    """So that the page shows it: what is behind the link is sealed under its own secret."""
    details = json.dumps(asdict(replace(page.details, name=name)), ensure_ascii=False)
    sealed = seal_under_token(token, page.signature.pk, "link", details.encode())
    for table in (SignerLink, ConfirmationLink):
        table.objects.filter(token_hash=hash_token(token)).update(sealed_details=sealed)
