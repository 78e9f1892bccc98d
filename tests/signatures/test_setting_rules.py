"""Rules that hold are added and stopped, one or a list, and who did it stays known."""

from __future__ import annotations

import pytest

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import setting_rules
from undersigned.signatures.deciding import By
from undersigned.signatures.holding_rules import (
    Condition,
    RuleKind,
    conditions_of,
    read_conditions,
)
from undersigned.signatures.models import HoldingRule
from undersigned.signatures.setting_rules import TooManyRules, add_rules, stop_rules


def events() -> list[tuple[str, dict[str, object]]]:
    found = LetterEvent.objects.filter(actor="Ana").order_by("pk")
    return [(event.act, event.details) for event in found]


def test_a_rule_is_added_once_and_stopped_once(letter: Letter) -> None:
    by = By(letter, "Ana")
    (rule,) = add_rules(by, read_conditions("word", "  golden   casino ")).rules
    again = add_rules(by, read_conditions("word", "Golden Casino"))

    assert (again.rules, again.left_out) == ((), 1)
    assert (rule.pattern, rule.created_by) == ("golden casino", "Ana")
    assert conditions_of([letter.pk]) == {letter.pk: [Condition(RuleKind.WORD, "golden casino")]}
    assert stop_rules(by, [rule.pk]) == 1
    assert stop_rules(by, [rule.pk]) == 0
    assert conditions_of([letter.pk]) == {}
    about = {"rule": rule.pk, "kind": "word"}
    assert events() == [("add holding rule", about), ("stop holding rule", about)]


def test_a_list_is_added_and_stopped_as_one(letter: Letter) -> None:
    by = By(letter, "Ana")
    add_rules(by, read_conditions("name", "Bo Example"))
    added = add_rules(by, read_conditions("name", "Cy Example\nBo Example\nDi Example\nCY Example"))

    assert [rule.pattern for rule in added.rules] == ["Cy Example", "Di Example"]
    assert added.left_out == 2
    numbers = [rule.pk for rule in added.rules]
    assert stop_rules(by, [*numbers, 10**9]) == 2
    about = {"rules": numbers, "kind": "name"}
    assert events()[1:] == [("add holding rule", about), ("stop holding rule", about)]


def test_rules_of_another_letter_are_left_alone(letter: Letter) -> None:
    (rule,) = add_rules(By(letter, "Ana"), read_conditions("word", "casino")).rules
    other = Letter.objects.create(slug="other", source_language="en", team=letter.team)

    assert stop_rules(By(other, "Ana"), [rule.pk]) == 0


def test_there_is_an_end_to_rules(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting_rules, "MOST_RULES", 1)
    add_rules(By(letter, "Ana"), read_conditions("word", "casino"))

    with pytest.raises(TooManyRules):
        add_rules(By(letter, "Ana"), read_conditions("country", "KE"))
    assert HoldingRule.objects.count() == 1
    assert add_rules(By(letter, "Ana"), read_conditions("word", "casino")).left_out == 1
