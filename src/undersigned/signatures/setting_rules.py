"""Add rules that hold, and stop them: one, or a list at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from undersigned.letters.models import LetterEvent
from undersigned.signatures.deciding import By
from undersigned.signatures.holding_rules import Condition, RuleKind, conditions_of
from undersigned.signatures.models import HoldingRule

MOST_RULES = 2_000


class TooManyRules(Exception):
    """The letter has MOST_RULES rules."""


@dataclass(frozen=True)
class Added:
    """Rules that were added together; `left_out` of them were there before, or there twice."""

    rules: tuple[HoldingRule, ...]
    left_out: int


@transaction.atomic
def add_rules(by: By, conditions: Sequence[Condition]) -> Added:
    """Have a letter hold what fits from now on, all or none; raises TooManyRules.

    What is confirmed or listed already is found by a sweep.
    """
    in_force = conditions_of([by.letter.pk]).get(by.letter.pk, [])
    known = {_sameness(one) for one in in_force}
    wanted: dict[tuple[RuleKind, str], Condition] = {}
    for one in conditions:
        if _sameness(one) not in known:
            wanted.setdefault(_sameness(one), one)
    if wanted and len(in_force) + len(wanted) > MOST_RULES:
        raise TooManyRules
    rules = [
        HoldingRule.objects.create(
            letter=by.letter, kind=one.kind, pattern=one.pattern, created_by=by.actor
        )
        for one in wanted.values()
    ]
    _note(by, "add holding rule", rules)
    return Added(tuple(rules), len(conditions) - len(rules))


@transaction.atomic
def stop_rules(by: By, rules: Iterable[int]) -> int:
    """Hold nothing more by these; what they hold stays held. How many were not stopped before."""
    found = HoldingRule.objects.filter(pk__in=list(rules), letter=by.letter, is_active=True)
    rows = list(found.select_for_update().order_by("pk"))
    HoldingRule.objects.filter(pk__in=[row.pk for row in rows]).update(is_active=False)
    _note(by, "stop holding rule", rows)
    return len(rows)


def _sameness(condition: Condition) -> tuple[RuleKind, str]:
    """Rules that differ only here hold the same."""
    return condition.kind, condition.pattern.casefold()


def _note(by: By, act: str, rules: Sequence[HoldingRule]) -> None:
    """One event for all of a kind, without the patterns: they may be somebody's names."""
    for kind in sorted({rule.kind for rule in rules}):
        pks = [rule.pk for rule in rules if rule.kind == kind]
        details = {"rule": pks[0], "kind": kind} if len(pks) == 1 else {"rules": pks, "kind": kind}
        LetterEvent.objects.create(letter=by.letter, actor=by.actor, act=act, details=details)
