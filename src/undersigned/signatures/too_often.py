"""How often a signer may change their mind in a day: each time leaves rows, and pages are new.

Nobody is ever kept from showing less of themselves, or from taking a consent back.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from undersigned.signatures.models import ConsentChange, Correction, PartnerConsent

_DAY = timedelta(days=1)
# Rows. To hide and to appear again leaves four.
MOST_A_DAY = 40


class TooOften(Exception):
    """Enough for today. Nothing was changed."""


def refuse_too_often(signature: uuid.UUID, now: datetime) -> None:
    """To be asked before somebody shows more, agrees to something or enters a name.

    Raises TooOften.
    """
    since, of = now - _DAY, {"signature": signature}
    done = (
        ConsentChange.objects.filter(**of, at__gt=since).count()
        + Correction.objects.filter(**of, at__gt=since).count()
        + PartnerConsent.objects.filter(**of, given_at__gt=since).count()
    )
    if done >= MOST_A_DAY:
        raise TooOften
