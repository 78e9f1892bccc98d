"""Tell founders when a letter will be launched, so that they can leave before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from undersigned.letters.gathering import exit_begins
from undersigned.letters.models import Letter, LetterEvent, LetterState
from undersigned.signatures.models import Signature
from undersigned.signatures.rules import STANDING
from undersigned.signatures.telling import FOUNDERS, tell


def tell_founders(now: datetime) -> int:
    """Queue the notices of letters whose exit window begins; returns how many letters."""
    planned = Letter.objects.filter(
        state=LetterState.GATHERING, launch_at__isnull=False, founders_told_at=None
    )
    due = [letter for letter in planned if (begins := exit_begins(letter)) and begins <= now]
    for letter in due:
        _tell(letter, now)
    return len(due)


@transaction.atomic
def _tell(letter: Letter, now: datetime) -> None:
    founders = Signature.objects.filter(letter=letter, state__in=STANDING)
    assert letter.launch_at is not None  # noqa: S101  `tell_founders` sees to it
    text_number = letter.edition.text_number if letter.edition else 0
    occasion = f"{text_number} {letter.launch_at:%Y%m%dT%H%M}"
    told = tell(founders.values_list("id", flat=True), FOUNDERS, occasion, now)
    Letter.objects.filter(pk=letter.pk, founders_told_at=None).update(
        # Where nobody signed yet, nobody has to be waited for.
        founders_told_at=now if told else exit_begins(letter)
    )
    LetterEvent.objects.create(
        letter=letter, actor="worker", act="tell founders", details={"founders": told}
    )
