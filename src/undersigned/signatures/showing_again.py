"""After a review: names that were hidden to protect people (hiding.py) are shown as they were.

Somebody else than who hid them decides. Whoever chose for themselves since is left out.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.deciding import By
from undersigned.signatures.hidden_groups import HIDE, kept_hidden, open_hides
from undersigned.signatures.hiding import CHUNK
from undersigned.signatures.models import (
    Decided,
    Decision,
    Signature,
    SignerRequest,
    State,
    Visibility,
)
from undersigned.signatures.rules import SHOWN, STANDING


class SamePerson(Exception):
    """Who hid names cannot be the one who reviews that."""


class NothingHidden(Exception):
    """There is no such decision, or it was reviewed already."""


def hidden_groups(letter: Letter) -> list[Decision]:
    """What was hidden and not reviewed since, newest first."""
    return list(letter.decisions.filter(act=HIDE, undone_at=None).order_by("-at")[:50])


def hidden_by(decision: Decision) -> int:
    """How many signatures that stand would appear again after its review."""
    return _waiting(decision).filter(signature__state__in=STANDING).count()


@transaction.atomic
def show_again(by: By, decision: uuid.UUID) -> int:
    """Have all shown again; returns how many. Raises NothingHidden, SamePerson."""
    waiting = by.letter.decisions.select_for_update(of=("self",))
    row = waiting.filter(pk=decision, act=HIDE, undone_at=None).first()
    if row is None:
        raise NothingHidden
    if row.person_id == by.person:
        raise SamePerson
    now = timezone.now()
    row.undone_at = now
    row.save(update_fields=["undone_at"])
    shown = _show(row, now)
    details = {"signatures": shown, "reason": row.reason, "decision": str(row.pk)}
    LetterEvent.objects.create(
        letter=by.letter, actor=by.actor, act="show signatures again", details=details
    )
    return shown


def _show(decision: Decision, now: datetime) -> int:
    """The worker writes those on the list out; of the others the choice is as it was.

    Whoever is hidden with another group too waits for its review. Returns how many appear again.
    """
    # Whoever chooses at this moment goes first, and is left out; or later, and it holds.
    rows = Signature.objects.select_for_update().filter(pk__in=decision.decided.values("signature"))
    list(rows.order_by("pk").values_list("pk"))
    waiting = _waiting(decision).exclude(signature__in=_hidden_otherwise(decision))
    decided = list(waiting.values_list("signature", "signature__state", "visibility_before"))
    asked = [
        SignerRequest(act=SignerRequest.Act.SHOW, signature_id=key, visibility=before, asked_at=now)
        for key, state, before in decided
        if state == State.LISTED and before in SHOWN
    ]
    SignerRequest.objects.bulk_create(asked, ignore_conflicts=True, batch_size=CHUNK)
    wanted = {request.signature_id for request in asked}
    for key, _, before in decided:
        if key not in wanted:
            Signature.objects.filter(pk=key).update(visibility=before)
    return sum(state in STANDING for _, state, _ in decided)


def _waiting(decision: Decision) -> QuerySet[Decided]:
    """Those who are hidden still and appeared before; whoever chose for themselves is left out."""
    still = Q(signature__visibility=Visibility.COUNTED, signature__sealed_details__isnull=False)
    return decision.decided.filter(still, chose_anew=False).exclude(
        visibility_before=Visibility.COUNTED
    )


def _hidden_otherwise(decision: Decision) -> Subquery:
    """Of those whom a decision hid that does not stand any more: who is hidden by another one."""
    ours = Signature.objects.filter(pk__in=decision.decided.values("signature"))
    hidden = ours.filter(kept_hidden(open_hides({decision.letter_id})))
    return Subquery(hidden.order_by().values("pk"))
