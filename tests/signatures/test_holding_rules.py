"""Rules that hold: what they fit, in every spelling, and who made them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.holding_rules import (
    Condition,
    LinesRefused,
    PatternRefused,
    RuleKind,
    Rules,
    Seen,
    read_condition,
    read_conditions,
)


def fits(kind: RuleKind, pattern: str, seen: Seen) -> bool:
    condition = read_condition(kind, pattern)
    found = Rules([condition]).match(seen)
    assert found in (None, condition)
    return found is not None


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("casino", "Golden CASINO Group"),
        ("casino", "Golden Cásino"),
        ("casino", "Golden Саsinо"),  # Cyrillic letters
        ("casino", "Golden-casino!"),
        ("golden casino", "The Golden Casino Group"),
        ("казино", "Kazino Example"),
        ("賭場", "例示賭場協会"),
        ("ကာစီနို", "မြန်မာကာစီနို အဖွဲ့"),
        ("كازينو", "كازينو المثال"),
    ],
)
def test_words_are_found_in_every_spelling(pattern: str, name: str) -> None:
    assert fits(RuleKind.WORD, pattern, Seen(name))
    assert fits(RuleKind.WORD, pattern, Seen("Ana", words=f"Head of {name}"))


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("casino", "Casinova Example"),
        ("golden casino", "Casino Golden"),
        ("golden casino", "Golden"),
        ("casino", ""),
        ("賭場", "例示人権協会"),
    ],
)
def test_other_words_are_not(pattern: str, name: str) -> None:
    assert not fits(RuleKind.WORD, pattern, Seen(name))


@pytest.mark.parametrize("pattern", ["evil.example", "@evil.example", "https://www.EVIL.example/x"])
def test_a_domain_is_found_with_its_subdomains(pattern: str) -> None:
    def seen(*domains: str) -> Seen:
        return Seen("Ana", domains=frozenset(domains))

    assert fits(RuleKind.DOMAIN, pattern, seen("evil.example"))
    assert fits(RuleKind.DOMAIN, pattern, seen("good.example", "mail.evil.example"))
    assert not fits(RuleKind.DOMAIN, pattern, seen("notevil.example", "example"))
    assert not fits(RuleKind.DOMAIN, pattern, seen())


def test_a_country_is_found() -> None:
    assert fits(RuleKind.COUNTRY, "ke", Seen("Ana", country="KE"))
    assert not fits(RuleKind.COUNTRY, "KE", Seen("Ana", country="PE"))


def test_a_burst_is_found() -> None:
    assert fits(RuleKind.BURST, "", Seen("Ana", doubt="burst"))
    assert not fits(RuleKind.BURST, "", Seen("Ana"))


@pytest.mark.parametrize(
    "name",
    [
        "Greta Beispielberg",
        "GRETA BEISPIELBERG",
        "Beispielberg, Greta",
        "Grеta Beispielberg",  # a Cyrillic е
        "Greta Beispielburg",
        "Greta Beispielberg Foundation",
    ],
)
def test_a_prominent_name_is_found(name: str) -> None:
    assert fits(RuleKind.NAME, "Greta Beispielberg", Seen(name))


@pytest.mark.parametrize("name", ["Greta Example", "Beispielberg"])
def test_a_name_with_something_in_common_is_not(name: str) -> None:
    assert not fits(RuleKind.NAME, "Greta Beispielberg", Seen(name))


def test_the_most_particular_rule_is_told() -> None:
    rules = Rules(
        [
            Condition(RuleKind.COUNTRY, "KE"),
            Condition(RuleKind.WORD, "casino"),
            Condition(RuleKind.NAME, "Golden Casino"),
        ]
    )

    assert rules.match(Seen("Golden Casino", country="KE")) == Condition(
        RuleKind.NAME, "Golden Casino"
    )
    assert rules.match(Seen("My Casino", country="KE")) == Condition(RuleKind.WORD, "casino")
    assert rules.match(Seen("Ana", country="KE")) == Condition(RuleKind.COUNTRY, "KE")
    assert rules.match(Seen("Ana")) is None


@pytest.mark.parametrize(
    ("kind", "pattern", "sentence"),
    [
        ("colour", "red", "Choose what the rule looks at."),
        ("word", " … ", "Enter the words that the rule looks for."),
        ("domain", "nothing", "This is not a domain. It should look like example.org."),
        ("country", "XX", "Choose a country from the list."),
        ("name", "…", "Enter the name that the rule looks for."),
        (
            "word",
            "x" * 201,
            "A rule has at most 200 characters. Shorten it, or make several.",
        ),
    ],
)
def test_what_is_no_rule_is_refused(kind: str, pattern: str, sentence: str) -> None:
    with pytest.raises(PatternRefused) as refusal:
        read_condition(kind, pattern)

    assert str(refusal.value) == sentence


def test_a_list_has_a_rule_on_each_line() -> None:
    assert read_conditions("name", "Greta  Beispielberg\r\n\n Ana Example \n") == [
        Condition(RuleKind.NAME, "Greta Beispielberg"),
        Condition(RuleKind.NAME, "Ana Example"),
    ]
    assert read_conditions("burst", "what\never") == [Condition(RuleKind.BURST)]


@pytest.mark.parametrize(
    ("kind", "text", "sentences"),
    [
        ("domain", "no", ["This is not a domain. It should look like example.org."]),
        ("name", "\n", ["Enter the name that the rule looks for."]),
        (
            "name",
            "Ana\n\n…\nBo\n?",
            [
                "Line 3: Enter the name that the rule looks for.",
                "Line 5: Enter the name that the rule looks for.",
            ],
        ),
        ("name", "Ana\n" * 501, ["A list has at most 500 lines. Add the rest afterwards."]),
        (
            "name",
            "…\n" * 12,
            [f"Line {n}: Enter the name that the rule looks for." for n in range(1, 11)],
        ),
    ],
)
def test_lines_that_are_no_rules_are_named(kind: str, text: str, sentences: list[str]) -> None:
    with pytest.raises(LinesRefused) as refusal:
        read_conditions(kind, text)

    assert list(refusal.value.sentences) == sentences


@given(st.sampled_from(RuleKind), st.text(max_size=30), st.text(max_size=30))
def test_any_rule_can_be_asked_about_anything(kind: RuleKind, pattern: str, name: str) -> None:
    try:
        condition = read_condition(kind, pattern)
    except PatternRefused:
        return
    assert read_condition(condition.kind, condition.pattern) == condition
    Rules([condition]).match(Seen(name))
