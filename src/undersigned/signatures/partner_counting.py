"""Count who came by a partner's link: in the same windows as everything else, repaired at night."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F

from undersigned.letters.models import Letter, Partner
from undersigned.signatures.models import Change, PartnerTally, Signature, State

log = logging.getLogger(__name__)


def count_partners(changes: Iterable[Change]) -> None:
    """Count changes, whose signatures were read with them, in the same transaction."""
    moved: Counter[UUID] = Counter()
    for change in changes:
        if change.signature.via_id is not None:
            step = (change.after == State.LISTED) - (change.before == State.LISTED)
            moved[change.signature.via_id] += step
    for partner, step in sorted(moved.items()):
        if step:
            _add(partner, step)


def brought_by_each(letter: Letter) -> dict[UUID, int]:
    """As `brought_by`, of all partners of a letter that brought anybody."""
    found = PartnerTally.objects.filter(partner__letter=letter)
    return dict(found.values_list("partner", "total"))


def brought_by(partner: Partner) -> int:
    """How many listed signatures came by its link, as last counted."""
    tally = PartnerTally.objects.filter(partner=partner).first()
    return tally.total if tally else 0


@transaction.atomic
def recount_partners() -> int:
    """Compare the tallies with the signatures and repair them; returns the drift repaired."""
    listed = Signature.objects.filter(via__isnull=False, state=State.LISTED).values("via_id")
    differences: Counter[UUID] = Counter(
        {one["via_id"]: one["part"] for one in listed.annotate(part=Count("id"))}
    )
    coming = Change.objects.filter(is_counted=False, signature__via__isnull=False)
    for state, sign in (("after", -1), ("before", 1)):
        found = coming.filter(**{state: State.LISTED}).values("signature__via_id")
        for change in found.annotate(part=Count("id")):
            differences[change["signature__via_id"]] += sign * change["part"]
    for tally in PartnerTally.objects.all():
        differences[tally.partner_id] -= tally.total
    drift = 0
    for partner, difference in sorted(differences.items()):
        if difference:
            log.warning("The count of partner %s was wrong and is repaired.", partner)
            _add(partner, difference)
            drift += abs(difference)
    return drift


def _add(partner: UUID, step: int) -> None:
    PartnerTally.objects.get_or_create(partner_id=partner)
    PartnerTally.objects.filter(partner_id=partner).update(total=F("total") + step)
