"""Sign under a pseudonym that the organisers know, and that is listed as one.

Asked for behind the signer's own link, where the letter allows it. From that moment nothing is
shown of them; a moderator sees both names and decides; then the pseudonym is listed, without the
title and affiliation that might tell who it is. The real name stays sealed as it was typed. It is
a correction like that of a name, with one difference: nobody but its owner can take it back.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from undersigned.signatures.appearing import choose, lock_standing
from undersigned.signatures.correcting import new_correction
from undersigned.signatures.models import Kind, Visibility
from undersigned.signatures.renaming import SIGNER, drop_waiting, for_moderators
from undersigned.signatures.rules import clean_name
from undersigned.signatures.signer_links import find_own_page, signature_behind
from undersigned.signatures.too_often import refuse_too_often


@transaction.atomic
def ask_for_pseudonym(token: str, text: str) -> bool:
    """False if the link is unknown or too old, or the letter or signature is not for it.

    Raises rules.NameRefused, too_often.TooOften, vault.seal.SealingKeyMissing.
    """
    page = find_own_page(token)
    now = timezone.now()
    if page is None or not page.is_fresh(now) or page.is_final:
        return False
    if not page.signature.letter.pseudonyms:
        return False
    row = lock_standing(page.signature.pk)
    if row is None or row.kind != Kind.INDIVIDUAL:
        return False
    name = clean_name(text)
    refuse_too_often(row.pk, now)
    fields = {"name": name, "title": "", "affiliation": "", "website": ""}
    correction = new_correction(row, page.signature.letter, fields, SIGNER)
    correction.waits = correction.is_pseudonym = True
    correction.sealed_for_studio = for_moderators(correction, page.details.name, name)
    choose(row, Visibility.COUNTED, now)
    drop_waiting(row)
    correction.save(force_insert=True)
    return True


@transaction.atomic
def give_pseudonym_up(token: str) -> bool:
    """Nothing is shown until its owner chooses how to appear, which is then by the real name."""
    now = timezone.now()
    key = signature_behind(token, now)
    row = lock_standing(key) if key else None
    if row is None:
        return False
    choose(row, Visibility.COUNTED, now)
    drop_waiting(row)
    row.corrections.filter(is_pseudonym=True).update(is_withdrawn=True, is_applied=True)
    row.is_pseudonym = False
    row.save(update_fields=["is_pseudonym"])
    return True
