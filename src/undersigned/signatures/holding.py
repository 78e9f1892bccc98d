"""Hold instead of list: what the worker looks at before a confirmed signature is listed.

Rules of the letter, and names that only look like a known organisation's. What a person let pass
once is not held again: they know more than a rule.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from django.db.models import Q

from undersigned.signatures.holding_rules import Rules, conditions_of
from undersigned.signatures.known_organisations import Looks, known_looks
from undersigned.signatures.models import Decided, Signature, State
from undersigned.signatures.reading import Read

RULE = "rule"
LOOKALIKE = "lookalike"

_LET_PASS = Q(decision__act="accept", decision__undone_at=None) | Q(
    decision__act__in=("hold", "decline", "void", "merge"), decision__undone_at__isnull=False
)


def hold_doubtful(opened: Sequence[Read]) -> set[uuid.UUID]:
    """Hold those that a rule or a likeness speaks against; returns which."""
    conditions = conditions_of({read.row.letter_id for read in opened})
    rules = {letter: Rules(found) for letter, found in conditions.items()}
    known = known_looks()
    doubtful: dict[str, list[uuid.UUID]] = {}
    for read in opened:
        if reason := _reason(read, rules.get(read.row.letter_id), known):
            doubtful.setdefault(reason, []).append(read.row.pk)
    passed = let_pass([one for found in doubtful.values() for one in found])
    held: set[uuid.UUID] = set()
    for reason, found in doubtful.items():
        held.update(set(found) - passed)
        Signature.objects.filter(
            pk__in=set(found) - passed, state=State.CONFIRMED, held_because=""
        ).update(held_because=reason)
    return held


def let_pass(signatures: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those that a person accepted, or put back by undoing a decision."""
    if not signatures:
        return set()
    found = Decided.objects.filter(_LET_PASS, signature__in=signatures)
    return set(found.values_list("signature", flat=True))


def _reason(read: Read, rules: Rules | None, known: Looks) -> str:
    if rules is not None and rules.match(read.seen(with_domains=rules.look_at_domains)) is not None:
        return RULE
    if known.imitates(read.entry.details.name, read.website_domain):
        return LOOKALIKE
    return ""
